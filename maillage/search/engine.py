"""Asking the index of the database: FTS5 on SQLite, GIN on PostgreSQL. The same question finds the same entries.

What is found comes in the order of numbers, the last changed first, so both databases stop as soon as they have
enough: a word that is everywhere costs no more than a rare one. No rank is reckoned from how many rows have a word:
it would tell something of the rows that one may not see.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from .models import Entry


def entries(clauses, *, kind, is_open):
    """Entries of one scope that answer every one of ``clauses`` (`terms.Question`), the last changed first."""
    if connection.vendor == "postgresql":
        # Said again to the table, whose own index of the scope is read in order where the words are frequent.
        here = Entry.objects.filter(kind=kind, is_open=is_open).order_by(RawSQL("-search_entry.id", ()))
        return here.extra(where=["search_entry.words @@ %s::tsquery"], params=[_tsquery(clauses)])
    # A join, which reads the index in its order; a condition on a list of numbers would make the list first.
    return Entry.objects.extra(
        tables=["search_words"],
        where=["search_words.rowid = search_entry.id", "search_words MATCH %s"],
        params=[_fts5(clauses)],
        order_by=["-search_words.rowid"],
    )


def only_seen(found, readable):
    """Of the entries ``found``, those whose row is in ``readable``: sifted in the database, before it stops."""
    rows = readable.filter(pk=OuterRef("object_id")).order_by()
    if connection.vendor == "postgresql":
        return found.filter(Exists(rows))
    # A value, asked for each entry in turn: EXISTS would be as good, IN would list every readable row first.
    return found.alias(seen=Subquery(rows.values("pk")[:1])).filter(seen__isnull=False)


def _fts5(clauses):
    return " AND ".join(
        "(" + " OR ".join(f'"{term}"*' if is_begun else f'"{term}"' for term, is_begun in clause) + ")"
        for clause in clauses
    )


def _tsquery(clauses):
    return " & ".join(
        "(" + " | ".join(f"'{term}':*" if is_begun else f"'{term}'" for term, is_begun in clause) + ")"
        for clause in clauses
    )
