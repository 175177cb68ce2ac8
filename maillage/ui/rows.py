"""For lists written in Python rather than in a template: ten times quicker, where a page has dozens of rows."""

from django.urls import reverse

_PLACE = "0" * 32
"""Matches the routes of slugs and of tokens."""


def addresses(route):
    """A function from a slug, or a token, to its address: a whole list reverses its route once."""
    before, after = reverse(route, args=[_PLACE]).split(_PLACE)
    return lambda value: f"{before}{value}{after}"
