"""One line of a list that gathers several subjects: what waits, what is new."""

import dataclasses
import datetime

from django.utils.functional import Promise


@dataclasses.dataclass(frozen=True)
class Line:
    """``what`` it is ('Réunion à venir'), its ``title``, the ``url`` of the page where it is dealt with (a path);
    ``on``: the day that counts (closing, meeting, publication); ``detail``: one more short sentence.

    ``key`` is the same each time for the same thing, so that a letter does not tell it twice.
    """

    what: str | Promise
    title: str
    url: str
    key: str
    on: datetime.date | None = None
    detail: str = ""
