"""销号: lists and what is typed."""
