"""A text of the charter opened to a group: comments, amendments, answers."""
