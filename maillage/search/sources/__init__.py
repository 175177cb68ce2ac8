"""Every kind of thing that the search finds, in the order in which a page shows them."""

from . import acting, editorial, heard, places, texts
from .base import Source, Told

SOURCES = (*places.SOURCES, *acting.SOURCES, *editorial.SOURCES, *texts.SOURCES, *heard.SOURCES)
"""A new subject adds its own here; docs/features/search.md says how."""
BY_KIND = {source.kind: source for source in SOURCES}

__all__ = ["BY_KIND", "SOURCES", "Source", "Told"]
