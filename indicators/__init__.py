"""Quantitative targets and who supplies their figures."""
