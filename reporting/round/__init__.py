"""The round as the office sees it: who is in, whose turn it is, and one entry to read and decide."""
