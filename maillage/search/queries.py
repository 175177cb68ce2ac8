"""What somebody finds. Candidates come from the index; what is shown and counted, from rows that they may see."""

import dataclasses

from django.db.models import Exists, OuterRef

from maillage.territories.models import Territory

from .engine import entries
from .marks import marked, passage
from .sources import BY_KIND, SOURCES
from .terms import CLOSED, OPEN, Question

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
class Group:
    """The first of one kind. ``total``: how many there are for this person; None where there are more than MOST
    in all.
    """

    source: object
    hits: list
    total: int | None
    has_more: bool


def place_called(text):
    """The territory whose address, or else whose name, is ``text``; None where there is none."""
    text = text.strip()[:MOST_CHARACTERS]
    known = Territory.objects.filter(valid_until=None)
    return known.filter(slug=text).first() or known.matching(text).first()


def groups_for(user, text, *, place=None):
    """[`Group`] of everything that ``text`` finds for ``user``, in the order of SOURCES."""
    question = Question.of(text, place=place.pk if place else None)
    if not question.words:
        return []
    ranked, has_more = _ranked(question, user, limit=MOST)
    if has_more:
        groups = [_first_of(source, question, user) for source in SOURCES]
    else:
        groups = [_counted(source, question, user, ranked) for source in SOURCES]
    groups = [group for group in groups if group.hits]
    return groups or ([] if place else _otherwise(question, user, text))


def list_of(user, text, *, kind, place=None):
    """(question, numbers of the rows of ``kind`` that ``text`` finds for ``user``, whether there are more)."""
    question = Question.of(text, kind=kind, place=place.pk if place else None)
    if not question.words:
        return question, [], False
    source = BY_KIND[kind]
    ranked, has_more = _ranked(question, user, limit=MOST)
    pks = _visible(source, user, [pk for _kind, pk in ranked])
    if not pks and not place and source.otherwise:
        pks = [row.pk for row in source.otherwise(user, text)[:MOST]]
    return question, pks, has_more


def hits_of(source, question, user, pks):
    """The rows of these numbers, in this order, as they are now and as ``user`` may see them."""
    rows = {row.pk: row for row in source.with_all(source.readable(user).filter(pk__in=pks).order_by())}
    return [_hit(source.tell(rows[pk]), question) for pk in pks if pk in rows]


def _hit(told, question):
    return Hit(marked(told.title, question), told.url, passage(told.text, question), told.meta)


def _visible(source, user, pks):
    seen = set(source.readable(user).filter(pk__in=pks).order_by().values_list("pk", flat=True)) if pks else set()
    return [pk for pk in pks if pk in seen]


def _counted(source, question, user, ranked):
    pks = _visible(source, user, [pk for kind, pk in ranked if kind == source.kind])
    return Group(source, hits_of(source, question, user, pks[:FEW]), len(pks), len(pks) > FEW)


def _first_of(source, question, user):
    """Of one kind, where there are more than MOST in all: as many as are shown, and whether there are others."""
    question = dataclasses.replace(question, kind=source.kind)
    ranked, _more = _ranked(question, user, limit=FEW + 1)
    pks = [pk for _kind, pk in ranked]
    return Group(source, hits_of(source, question, user, pks[:FEW]), None, len(pks) > FEW)


def _otherwise(question, user, text):
    groups = []
    for source in SOURCES:
        if source.otherwise:
            pks = [row.pk for row in source.otherwise(user, text)[: FEW + 1]]
            groups.append(Group(source, hits_of(source, question, user, pks[:FEW]), None, len(pks) > FEW))
    return [group for group in groups if group.hits]


def _ranked(question, user, *, limit):
    """([(kind, number)], whether there are more than ``limit``): titles first, the shortest first of them, then what
    changed last.

    What everybody may see and the rest are asked apart. For who is not signed in, the rest is not even asked: how
    much of it there is changes nothing, not even the time that it takes.
    """
    found, has_more = {}, False
    for tier, clauses in enumerate((question.whole_title(), question.in_title(), question.anywhere())):
        rows = _open(clauses, limit)
        if user.is_authenticated:
            rows += _closed(clauses, question, user, limit)
        for pk, kind, number, length in rows:
            found.setdefault((kind, number), (tier, length, -pk))
        if len(found) > limit:
            has_more = True
            break
    ranked = sorted(found, key=found.get)[:limit]
    return ranked, has_more


FIELDS = ("pk", "kind", "object_id", "title_length")


def _open(clauses, limit):
    return list(entries([*clauses, [(OPEN, False)]]).values_list(*FIELDS)[: limit + 1])


def _closed(clauses, question, user, limit):
    """Sifted by the database before it stops: what one may not see pushes nothing else out."""
    rows = []
    for source in SOURCES:
        if source.has_closed and question.kind in ("", source.kind):
            own = entries([*clauses, [(f"k{source.kind}", False)], [(CLOSED, False)]])
            seen = source.readable(user).filter(pk=OuterRef("object_id")).order_by()
            rows += own.filter(Exists(seen)).values_list(*FIELDS)[: limit + 1]
    return rows
