"""Finding an association in the register: by its number, or by words of its name, acronym and commune.

Every word must be found; the last one may be unfinished. Where too little is found, words may be mistyped by a letter
or two; where still nothing is, one word of three or more may be missing. What is typed is never a query language.
"""

from dataclasses import dataclass
from heapq import nlargest

from tantivy import Occur, Query

from . import nomenclature, snapshots
from .analysis import compounds, length, query_words, stem
from .names import in_sentence_case
from .numbers import FORMER_RNA, RNA, SIREN, SIRET, normalise
from .ranking import likeness

RERANKED = 40
RANKED_BY = "row, title, short_title, commune, position, last_sign"
MOST_LIMIT = 100
MOST_ENDINGS = 12
"""Endings tried for an unfinished word: the most frequent."""
FEW = 3
"""One word alone that so few hold may be mistyped."""
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
    def shown_name(self):
        return in_sentence_case(self.name)

    @property
    def dissolved_on(self):
        return snapshots.a_day(self.dissolved)

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
        """From the cheapest and surest question to the dearest, until there is enough to choose from."""
        whole = [self._term(stem(word)) for word in self.query]
        for clauses in ([*whole, self.same_length], whole):
            self._collect(clauses)
            if len(self.rows) >= self.wanted:
                return self._ranked()
        *before, last = whole
        endings = self._endings(self.query[-1])
        if endings:
            self._collect([*before, self._any([last, *endings])])
        if len(self.rows) < (1 if before else FEW):
            self._correct(before, endings)
        return self._ranked()

    def _correct(self, before, endings):
        """Nothing as typed: words that nobody has are mistyped; else the rarest; else any; else one is wrong."""
        known = [self.snapshot.searcher.doc_freq("words", stem(word)) for word in self.query]
        unknown = [not holders for holders in known]
        unknown[-1] = unknown[-1] and not endings
        rarest = [place == known.index(min(known)) for place in range(len(known))]
        for wrong in (unknown, rarest, [True] * len(self.query)):
            longest = max(
                (len(word) for word, is_wrong in zip(self.query, wrong, strict=True) if is_wrong), default=0
            )
            # Most mistakes are of one letter, and looking for two costs twice as much.
            for mistakes in (1, 2) if longest >= TWO_MISTAKES else (1,) if longest else ():
                clauses = self._clauses(wrong, mistakes, endings)
                self._collect(clauses)
                if self.rows:
                    return
        if len(self.query) > 2:
            self._collect(clauses, least=len(clauses) - 1)

    def _clauses(self, wrong, mistakes, endings):
        """One clause a word; those that are ``wrong`` may hold as many mistakes, the last one may be unfinished."""
        pairs = zip(self.query, wrong, strict=True)
        clauses = [self._mistyped(word, mistakes) if is_wrong else self._term(stem(word)) for word, is_wrong in pairs]
        if endings:
            clauses[-1] = self._any([clauses[-1], *endings])
        return clauses

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
        scores = {row["row"]: score for score, _active, _sign, row in scored[: self.limit]}
        whole = {row["row"]: row for row in self._read("*", list(scores))}
        return [_found(whole[number], score) for number, score in scores.items()]

    def _read(self, columns, numbers):
        places = ",".join("?" * len(numbers))
        query = f"SELECT {columns} FROM association WHERE row IN ({places})"  # noqa: S608  names and question marks
        return self.snapshot.rows.execute(query, numbers)

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
        self.rows.update((row["row"], row) for row in self._read(RANKED_BY, numbers))

    def _term(self, word, field="words"):
        return Query.term_query(self.snapshot.schema, field, word, "basic")

    def _any(self, queries):
        return Query.boolean_query([(Occur.Should, query) for query in queries]) if len(queries) > 1 else queries[0]

    def _endings(self, word):
        """The words that begin with ``word``, the most frequent, as queries."""
        if len(word) < 2:
            return []
        # Thousands of words begin with two letters: the index then gives some of them, in its own order.
        terms = self.snapshot.searcher.terms_with_prefix("words", word, limit=400 if len(word) < 3 else None)
        return [self._term(term) for term, _count in nlargest(MOST_ENDINGS, terms, key=lambda pair: pair[1])]

    def _mistyped(self, word, mistakes):
        if len(word) < SHORTEST_MISTYPED or word.isdigit():
            return self._term(stem(word))
        distance = mistakes if len(word) >= TWO_MISTAKES else 1
        near = Query.fuzzy_term_query(self.snapshot.schema, "words", word, distance)
        return self._any([self._term(stem(word)), near])


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
