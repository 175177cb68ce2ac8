"""What a subject says so that its things are found: one `Source` each, named in `sources.SOURCES`."""

import dataclasses
from collections.abc import Callable
from functools import cached_property

from django.db import models
from django.utils.functional import Promise


@dataclasses.dataclass(frozen=True)
class Told:
    """What is told of one thing to whoever may see it: nothing else is indexed, and nothing else is shown.

    ``words``: texts in which it is found, besides its title. ``meta``: a few words under the title. ``places``:
    territories, with their communes at hand; it is found too in what holds them.
    """

    title: str
    url: str
    words: tuple = ()
    meta: tuple = ()
    places: tuple = ()

    def place_ids(self):
        """Numbers of the places, and of the communes, départements, régions that hold them."""
        found = set()
        for place in self.places:
            found |= {place.pk, place.mother_commune_id, place.epci_id, place.departement_id, place.region_id}
            found |= {commune.pk for commune in place.communes.all()}
        return found - {None}

    @cached_property
    def text(self):
        return " · ".join(" ".join(str(part).split()) for part in self.words if part)


@dataclasses.dataclass(frozen=True)
class Source:
    """One kind of thing that is found.

    ``kind``, ``letter``: never changed, each has its own (`terms.py`). ``rows``: every row that somebody may find,
    with no reader in mind. ``readable``: of them, those that a person may read: always through `.visible_to`.
    ``tell``: a row → `Told`. ``with_all``: the set with what `tell` reads at hand. ``has_closed``: some rows are not
    for everybody.
    ``beside``: {model: function of its row → numbers of the rows to tell anew}. ``links``: many-to-many fields.
    ``otherwise``: (person, text) → a set, where the index finds nothing at all.
    """

    kind: str
    letter: str
    label: str | Promise
    model: type[models.Model]
    rows: Callable
    readable: Callable
    tell: Callable
    with_all: Callable = lambda rows: rows
    has_closed: bool = False
    beside: dict = dataclasses.field(default_factory=dict)
    links: tuple = ()
    otherwise: Callable | None = None
