"""Evidence: what a file is, what it is called, where else it was handed in."""
