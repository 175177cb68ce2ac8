"""Asking the index of the database: FTS5 on SQLite, GIN on PostgreSQL. The same question finds the same entries.

What is found comes in the order of numbers, the last changed first, so both databases stop as soon as they have
enough: a word that is everywhere costs no more than a rare one. No rank is reckoned from how many rows have a word:
it would tell something of the rows that one may not see.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery

from .models import Entry

SQLITE = (
    "SELECT e.id, e.object_id, e.title_length FROM search_words JOIN search_entry e ON e.id = search_words.rowid"
    " WHERE search_words MATCH %s ORDER BY search_words.rowid DESC LIMIT %s"
)
# The scope is said again to the table: its own index is read in order where the words are frequent.
POSTGRESQL = (
    "SELECT e.id, e.object_id, e.title_length FROM search_entry e WHERE e.words @@ %s::tsquery"
    " AND e.kind = %s AND e.is_open ORDER BY (-e.id) LIMIT %s"
)


def open_entries(clauses, *, kind, most):
    """[(entry, row, words of its title)] that answer every one of ``clauses``, of what is for everybody."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [_tsquery(clauses), kind, most])
        else:
            cursor.execute(SQLITE, [_fts5(clauses), most])
        return cursor.fetchall()


def closed_entries(clauses, *, kind, readable, most):
    """The same of what is not for everybody, sifted by the database before it stops: only rows of ``readable``."""
    rows = readable.filter(pk=OuterRef("object_id")).order_by()
    if connection.vendor == "postgresql":
        found = Entry.objects.filter(Exists(rows), kind=kind, is_open=False)
        found = found.extra(
            where=["search_entry.words @@ %s::tsquery"], params=[_tsquery(clauses)], order_by=["-search_entry.id"]
        )
    else:
        # A join, which reads the index in its order. A value, asked for each entry in turn: the database would list
        # every readable row before it looked at the first entry.
        found = Entry.objects.extra(
            tables=["search_words"],
            where=["search_words.rowid = search_entry.id", "search_words MATCH %s"],
            params=[_fts5(clauses)],
            order_by=["-search_words.rowid"],
        )
        found = found.alias(seen=Subquery(rows.values("pk")[:1])).filter(seen__isnull=False)
    return list(found.values_list("pk", "object_id", "title_length")[:most])


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
