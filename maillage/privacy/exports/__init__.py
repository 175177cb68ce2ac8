"""Everything about a person, everything about an organisation, as one file to take away."""

from .organisation import organisation_archive
from .person import person_archive

__all__ = ["organisation_archive", "person_archive"]
