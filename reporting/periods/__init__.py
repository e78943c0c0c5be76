"""报送期 of a year: made of the plans' duties, matched to those that stand, and shown."""
