"""Pages of plan import."""
