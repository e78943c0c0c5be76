"""Fixtures used by more than one test file."""
