"""Plan import: upload, review beside the source, confirm."""
