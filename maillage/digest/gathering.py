"""What waits for somebody and what is new for them: each subject says its own, this puts it together."""

import dataclasses
import datetime

from maillage.advocacy import queries as advocacy
from maillage.agreements import queries as agreements
from maillage.alerts import queries as alerts
from maillage.charters import waiting as charters
from maillage.cooperations import queries as cooperations
from maillage.drafting import queries as drafting
from maillage.editorial import queries as editorial
from maillage.evaluation import queries as evaluation
from maillage.events import queries as events
from maillage.groups import queries as groups
from maillage.organisations import queries as organisations
from maillage.participation import queries as participation
from maillage.resources import queries as resources
from maillage.support import waiting as support
from maillage.watch import queries as watch

from . import queries as own

SOURCES = (
    *(organisations, charters, groups, drafting, cooperations, resources),
    *(events, participation, agreements, alerts, evaluation, editorial, advocacy, support, watch, own),
)
"""Modules with `waiting_for(user, *, today)` and `news_for(user, *, since, until)`: a new subject is named here."""

SOON = datetime.timedelta(days=7)


@dataclasses.dataclass(frozen=True)
class Waiting:
    """What waits, what is first due first: ``late``, due within a week (``soon``), and what no date presses."""

    late: list
    soon: list
    later: list

    @property
    def total(self):
        return len(self.late) + len(self.soon) + len(self.later)

    def __iter__(self):
        return iter([*self.late, *self.soon, *self.later])


def waiting_for(user, *, today):
    """A `Waiting` of `Line`."""
    lines = sorted(_from_each(user, "waiting_for", today=today), key=_by_date)
    return Waiting(
        [line for line in lines if line.on and line.on < today],
        [line for line in lines if line.on and today <= line.on <= today + SOON],
        [line for line in lines if line.on is None or line.on > today + SOON],
    )


def news_for(user, *, since, until):
    """Lines of what happened after ``since``, until ``until``; what is newest first."""
    lines = _from_each(user, "news_for", since=since, until=until)
    return sorted(lines, key=lambda line: (line.on is not None, line.on or datetime.date.min), reverse=True)


def not_waiting(news, waiting):
    """``news`` without what waits as well: it is said once, where it can be done."""
    dealt_with = {line.url for line in waiting}
    return [line for line in news if line.url not in dealt_with]


def _from_each(user, question, **when):
    for source in SOURCES:
        app = source.__name__.split(".")[1]
        for line in getattr(source, question)(user, **when):
            # Two subjects may give the same key to two things.
            yield dataclasses.replace(line, key=f"{app}:{line.key}")


def _by_date(line):
    return (line.on is None, line.on or datetime.date.max)
