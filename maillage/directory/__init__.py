"""Public pages that gather: neighbourhoods, organisations, search."""
