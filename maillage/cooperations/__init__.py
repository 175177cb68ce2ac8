"""Associations that do something together: partners, stages, journal, what was learned."""
