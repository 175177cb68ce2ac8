"""How a thing becomes terms, and how what is typed becomes a question: the same letters and stems on both sides.

A term is a letter, then what it is about: ``w`` a word of it, ``n`` a word of its title, ``x`` its whole title, ``k``
its kind, ``p`` a place where it is, ``o1`` that everybody may see it, ``o0`` that not everybody may. Only a to z and
figures are in a term, so nothing that is typed can be an operator of either database.
"""

import dataclasses

from maillage.national_register.analysis import index_terms, query_words, stem, words

LONGEST = 40
MOST_TERMS = 4_000
SHORTEST_BEGUN = 2
"""A last word of two letters or more may be unfinished."""
OPEN, CLOSED = "o1", "o0"


def terms_of(told, *, kind, is_open):
    """The terms under which ``told`` (a `sources.Told`) is kept, apart by spaces."""
    found = {f"k{kind}": None, OPEN if is_open else CLOSED: None, _whole(words(told.title)): None}
    found.update(dict.fromkeys(f"p{pk}" for pk in told.place_ids()))
    found.update(dict.fromkeys(f"n{term}" for term in _cut(told.title)))
    found.update(dict.fromkeys(f"w{term}" for term in _cut(told.title, *told.words)))
    return " ".join(list(found)[:MOST_TERMS])


def _cut(*texts):
    return [term for term in index_terms(*(str(text) for text in texts if text)).split() if len(term) <= LONGEST]


def _whole(title_words):
    return "x" + "".join(stem(word) for word in title_words)[:LONGEST]


@dataclasses.dataclass(frozen=True)
class Question:
    """What somebody looks for: ``words``, folded, in the order typed; the last may be unfinished.

    ``kind`` and ``place`` narrow it (a kind of thing; the number of a territory).
    """

    words: tuple
    kind: str = ""
    place: int | None = None

    @classmethod
    def of(cls, text, **narrowed):
        return cls(tuple(word[:LONGEST] for word in query_words(text)), **narrowed)

    def in_title(self):
        return self._with(self._each("n"))

    def anywhere(self):
        return self._with(self._each("w"))

    def whole_title(self):
        return self._with([[(_whole(self.words), False)]])

    def _each(self, letter):
        """Clauses that must all hold; in each, [(term, whether it is only the beginning of one)], one is enough."""
        clauses = []
        for rank, word in enumerate(self.words, 1):
            clause = [(f"{letter}{stem(word)}", False)]
            if rank == len(self.words) and len(word) >= SHORTEST_BEGUN:
                clause.append((f"{letter}{word}", True))
            clauses.append(clause)
        return clauses

    def _with(self, clauses):
        if self.kind:
            clauses = [*clauses, [(f"k{self.kind}", False)]]
        if self.place:
            clauses = [*clauses, [(f"p{self.place}", False)]]
        return clauses

    def stems(self):
        """(stems of its words, the beginning of a word or ""): what `marks` underlines."""
        last = self.words[-1] if self.words else ""
        return {stem(word) for word in self.words}, last if len(last) >= SHORTEST_BEGUN else ""
