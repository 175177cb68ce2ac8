"""What an import did."""

from dataclasses import dataclass, field


@dataclass
class ImportReport:
    """``created + changed + unchanged`` is what the file holds; ``ended`` is what it no longer holds.

    A neighbourhood that comes back counts as changed, and is named in ``revived``. ``repaired`` names the codes
    whose border crossed itself. ``notes`` are French sentences for a person.
    """

    created: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    revived: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
