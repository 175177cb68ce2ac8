"""What somebody finds. Candidates come from the index; what is shown and counted, from rows that they may see."""

import dataclasses
from functools import partial

from maillage.territories.models import Territory

from .engine import closed_entries, open_entries
from .marks import marked, passage
from .sources import BY_KIND, SOURCES
from .terms import Question, scope

MOST = 200
"""Beyond, one narrows: 'more than 200'."""
FEW = 4
"""Of each kind, on the page that shows them all."""
MOST_CHARACTERS = 100


@dataclasses.dataclass(frozen=True)
class Hit:
    """One thing found, as it is shown: ``title`` and ``passage`` are marked."""

    title: str
    url: str
    passage: str
    meta: tuple


@dataclasses.dataclass(frozen=True)
class Found:
    """Of one kind: the numbers of the rows, the nearest first, at most MOST; whether there are more. ``readable``:
    every row of this kind that the person may read.
    """

    source: object
    readable: object
    pks: list
    has_more: bool = False


@dataclasses.dataclass(frozen=True)
class Group:
    """The first ``hits`` of one kind; ``total`` that this person may see, at most MOST."""

    source: object
    hits: list
    total: int
    has_more: bool

    @property
    def is_cut(self):
        return self.total > len(self.hits)


def place_called(text):
    """The territory whose address, or else whose name, is ``text``; None where there is none."""
    text = text.strip()[:MOST_CHARACTERS]
    known = Territory.objects.filter(valid_until=None)
    return known.filter(slug=text).first() or known.matching(text).first()


def groups_for(user, text, *, place=None):
    """[`Group`] of everything that ``text`` finds for ``user``, in the order of SOURCES."""
    question = Question.of(text, place=place)
    found = [found for source in SOURCES if (found := _found(source, question, user)).pks]
    if not found and not place:
        found = [found for source in SOURCES if (found := _found_otherwise(source, user, text)).pks]
    return [Group(one.source, hits_of(one, question, one.pks[:FEW]), len(one.pks), one.has_more) for one in found]


def list_of(user, text, *, kind, place=None):
    """(`Question`, `Found`): what ``text`` finds for ``user`` of one kind."""
    question, source = Question.of(text, place=place), BY_KIND[kind]
    found = _found(source, question, user)
    if not found.pks and not place:
        found = _found_otherwise(source, user, text)
    return question, found


def hits_of(found, question, pks):
    """[`Hit`] of the rows of these numbers, in this order, as they are now and as this person may read them."""
    rows = {row.pk: row for row in found.source.with_all(found.readable.filter(pk__in=pks).order_by())}
    return [_hit(found.source.tell(rows[pk]), question) for pk in pks if pk in rows]


def _hit(told, question):
    return Hit(marked(told.title, question), told.url, passage(told.text, question), told.meta)


def _found(source, question, user):
    """A whole title first, then titles, the shortest of them first, then what changed last."""
    ranks, readable = {}, source.readable(user)
    # What is not for everybody is apart, and not even asked for who is not signed in: it takes none of their time.
    for is_open in (True, False) if source.has_closed and user.is_authenticated else (True,):
        asked = partial(_asked, source, readable, is_open=is_open)
        for tier, rows in _tiers(asked, question, scope(source, is_open=is_open)):
            for entry, pk, length in rows:
                ranks[pk] = (tier, length, -entry)
    ranked = sorted(ranks, key=lambda pk: ranks[pk])[: MOST + 1]
    seen = set(readable.filter(pk__in=ranked).order_by().values_list("pk", flat=True)) if ranked else ()
    pks = [pk for pk in ranked if pk in seen]
    return Found(source, readable, pks[:MOST], has_more=len(pks) > MOST)


def _tiers(asked, question, within):
    """(tier, rows) of one scope, the nearest tier last."""
    if not question.words:
        return
    yield 2, (anywhere := asked(question.anywhere(within)))
    if anywhere:
        yield 1, (in_title := asked(question.in_title(within)))
        if len(in_title) > MOST:
            yield 0, asked(question.whole_title(within))


def _asked(source, readable, clauses, *, is_open):
    """[(entry, row, words of its title)] that answer ``clauses``, at most MOST + 1."""
    if is_open:
        return open_entries(clauses, kind=source.kind, most=MOST + 1)
    return closed_entries(clauses, kind=source.kind, readable=readable, most=MOST + 1)


def _found_otherwise(source, user, text):
    """Where no entry answers: numbers of the State, words that are mistyped."""
    readable = source.readable(user)
    if not source.otherwise:
        return Found(source, readable, [])
    pks = list(source.otherwise(user, text).values_list("pk", flat=True)[: MOST + 1])
    return Found(source, readable, pks[:MOST], has_more=len(pks) > MOST)
