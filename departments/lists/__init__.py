"""Lists of units and people as Excel files: reading, checking cell by cell, writing."""
