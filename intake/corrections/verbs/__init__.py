"""What each verb does to a sheet, a module for each kind of fact.

Every function takes the sheet and its operation, raises `BadOperation` with the sheet as it was, or carries it out.
"""
