"""Finding an association in the register: by its number, or by words of its name, acronym and commune.

Every word must be found; the last one may be unfinished. Where too little is found, words may be mistyped by a letter
or two; where still nothing is, one word of three or more may be missing. What is typed is never a query language.
"""

from dataclasses import dataclass
from heapq import nlargest

from tantivy import Occur, Query

from . import nomenclature, snapshots
from .analysis import compounds, length, query_words, stem
from .numbers import FORMER_RNA, RNA, SIREN, SIRET, normalise
from .ranking import likeness

RERANKED = 40
MOST_LIMIT = 100
MOST_ENDINGS = 24
"""Endings tried for an unfinished word: the most frequent."""
SHORTEST_MISTYPED = 4
TWO_MISTAKES = 8
"""Letters from which a word may hold one mistake, then two."""


@dataclass(frozen=True, slots=True)
class Found:
    """One association of the register and how near it is, from 0 to 1."""

    rna: str
    siret: str
    name: str
    short_name: str
    object: str
    object_code: str
    commune_code: str
    commune: str
    postcode: str
    position: str
    created: str
    dissolved: str
    last_sign: str
    score: float

    @property
    def is_dissolved(self):
        return self.position in {"D", "S"} or bool(self.dissolved)

    @property
    def object_label(self):
        return nomenclature.object_label(self.object_code)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a search is narrowed to: INSEE code of the commune, département, family, position; '' is all."""

    commune: str = ""
    departement: str = ""
    family: str = ""
    position: str = ""

    def marks(self):
        pairs = (("c", self.commune), ("d", self.departement), ("f", self.family[:3]), ("p", self.position))
        return [mark + value.strip().upper() for mark, value in pairs if value]


def find(text, *, limit=10, narrowing=Narrowing()):
    """The associations that ``text`` names, the nearest first, at most ``limit`` (and 100).

    Raises NoRegister where nothing was imported.
    """
    snapshot = snapshots.current()
    limit = max(0, min(limit, MOST_LIMIT))
    by_number = _by_number(snapshot, text[:40], limit)
    if by_number or not limit:
        return by_number
    query = query_words(text)
    if not query:
        return []
    return _Search(snapshot, query, compounds(text[:300]), narrowing.marks(), limit).run()


def _by_number(snapshot, text, limit):
    number = normalise(text)
    if RNA.fullmatch(number) or FORMER_RNA.fullmatch(number):
        condition, values = "number = ?", (number,)
    elif SIRET.fullmatch(number):
        condition, values = "siret = ?", (number,)
    elif SIREN.fullmatch(number):
        condition, values = "siret > ? AND siret < ?", (number, number + ":")
    else:
        return []
    # The siret index is partial: the condition says again what it holds.
    if condition.startswith("siret"):
        condition = f"siret <> '' AND {condition}"
    rows = snapshot.rows.execute(f"SELECT * FROM association WHERE {condition} LIMIT ?", (*values, limit))  # noqa: S608
    return [_found(row, 1.0) for row in rows]


class _Search:
    """One search under way."""

    def __init__(self, snapshot, query, joined, marks, limit):
        self.snapshot = snapshot
        self.query = query
        self.limit = limit
        self.wanted = max(RERANKED, limit)
        self.joined = joined
        self.marks = [self._term(mark, "filters") for mark in marks]
        self.same_length = self._term(f"n{length(' '.join(query))}", "filters")
        self.rows = {}

    def run(self):
        typed = [self._as_typed(word, last=word is self.query[-1]) for word in self.query]
        self._collect([*typed, self.same_length])
        self._collect(typed)
        if len(self.rows) < min(self.limit, 3):
            mistyped = [self._mistyped(word) for word in self.query]
            self._collect(mistyped)
            if not self.rows and len(mistyped) > 2:
                self._collect(mistyped, least=len(mistyped) - 1)
        return self._ranked()

    def _ranked(self):
        scored = [
            (
                round(
                    likeness(self.query, name=row["title"], short_name=row["short_title"], place=row["commune"]), 4
                ),
                row["position"] == "A",
                row["last_sign"],
                row,
            )
            for row in self.rows.values()
        ]
        scored.sort(key=lambda item: item[:3], reverse=True)
        return [_found(row, score) for score, _active, _sign, row in scored[: self.limit]]

    def _collect(self, clauses, *, least=None):
        if least is None:
            query = Query.boolean_query([(Occur.Must, clause) for clause in clauses])
        else:
            query = Query.boolean_query([(Occur.Should, clause) for clause in clauses], least)
        if len(self.joined) == 1 and len(self.query) == 2:
            query = self._any([query, self._term(self.joined[0])])
        if self.marks:
            query = Query.boolean_query([(Occur.Must, part) for part in (query, *self.marks)])
        hits = self.snapshot.searcher.search(query, self.wanted, count=False).hits
        numbers = self.snapshot.searcher.fast_field_values("row", [address for _score, address in hits])
        numbers = [number for number in numbers if number not in self.rows]
        places = ",".join("?" * len(numbers))
        read = self.snapshot.rows.execute(f"SELECT * FROM association WHERE row IN ({places})", numbers)  # noqa: S608
        self.rows.update((row["row"], row) for row in read)

    def _term(self, word, field="words"):
        return Query.term_query(self.snapshot.schema, field, word, "basic")

    def _any(self, queries):
        return Query.boolean_query([(Occur.Should, query) for query in queries]) if len(queries) > 1 else queries[0]

    def _as_typed(self, word, *, last):
        """The word or its stem; the last one may also be the beginning of a longer word."""
        alternatives = {word: 3.0, stem(word): 1.5}
        if last and len(word) > 1:
            for ending in self._endings(word):
                alternatives.setdefault(ending, 1.0)
        return self._any([Query.boost_query(self._term(term), boost) for term, boost in alternatives.items()])

    def _endings(self, word):
        if len(word) < 3:
            # Thousands of words begin so: the index gives them in its own order.
            terms = self.snapshot.searcher.terms_with_prefix("words", word, limit=400)
        else:
            terms = self.snapshot.searcher.terms_with_prefix("words", word)
        return [term for term, _count in nlargest(MOST_ENDINGS, terms, key=lambda pair: pair[1])]

    def _mistyped(self, word):
        alternatives = [self._as_typed(word, last=word is self.query[-1])]
        if len(word) >= SHORTEST_MISTYPED and not word.isdigit():
            distance = 2 if len(word) >= TWO_MISTAKES else 1
            near = Query.fuzzy_term_query(self.snapshot.schema, "words", word, distance)
            alternatives.append(Query.boost_query(near, 0.5))
        return self._any(alternatives)


def _found(row, score):
    return Found(
        rna=row["number"],
        siret=row["siret"],
        name=row["title"],
        short_name=row["short_title"],
        object=row["object"],
        object_code=row["object_code"],
        commune_code=row["commune_code"],
        commune=row["commune"],
        postcode=row["postcode"],
        position=row["position"],
        created=row["created"],
        dissolved=row["dissolved"],
        last_sign=row["last_sign"],
        score=score,
    )
