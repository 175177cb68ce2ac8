"""A text opened to a group, and what is said of it."""

from .amendments import Amendment, Stance
from .workshops import Comment, Workshop

__all__ = ["Amendment", "Comment", "Stance", "Workshop"]
