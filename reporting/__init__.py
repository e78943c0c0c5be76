"""Periods, progress reports, review, evidence, closures."""
