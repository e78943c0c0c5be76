"""Ledgers that an office keeps as a table file (.xlsx, .xls, .csv, .tsv): from cells to a reading."""
