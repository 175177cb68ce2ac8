"""Residents' voices, and the answers they get."""
