"""Annotated links."""
