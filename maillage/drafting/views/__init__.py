"""Pages of a text opened to a group, one module a subject."""
