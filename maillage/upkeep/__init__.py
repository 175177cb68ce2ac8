"""Keeping the data safe: backup, restore, and whether rows are what the code believes."""
