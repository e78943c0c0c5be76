"""Tests with real processes on real databases."""
