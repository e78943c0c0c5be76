"""Changes to the ground's own tables."""
