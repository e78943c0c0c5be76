"""Jurisdictions, departments with their names and groups, population, users and memberships."""
