"""Associations, collectives, networks, public partners; members, mandates, and who may see what."""
