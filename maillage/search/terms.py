"""How a thing becomes terms, and how what is typed becomes a question: the same letters and stems on both sides.

A term is a letter, the scope, then what it is about: ``w`` a word of a thing, ``n`` a word of its title, ``x`` its
whole title, ``p`` a place where it is. The scope is the letter of its kind, then 1 where everybody may see it, else
0: each kind, and what is not for everybody, is a part of the index that the others do not slow down. Only a to z and
figures are in a term, so nothing that is typed can be an operator of either database.
"""

import dataclasses

from maillage.national_register.analysis import index_terms, query_words, stem, words

LONGEST = 40
MOST_TERMS = 4_000
SHORTEST_BEGUN = 2
"""A last word of two letters or more may be unfinished."""


def scope(source, *, is_open):
    return f"{source.letter}{1 if is_open else 0}"


def terms_of(told, within):
    """The terms under which ``told`` (a `sources.Told`) is kept in the scope ``within``, apart by spaces."""
    found = {f"x{within}{_whole(words(told.title))}": None}
    found.update(dict.fromkeys(f"p{within}{pk}" for pk in sorted(told.place_ids())))
    found.update(dict.fromkeys(f"n{within}{term}" for term in _cut(told.title)))
    found.update(dict.fromkeys(f"w{within}{term}" for term in _cut(told.title, *told.words)))
    return " ".join(list(found)[:MOST_TERMS])


def _cut(*texts):
    return [term for term in index_terms(*(str(text) for text in texts if text)).split() if len(term) <= LONGEST]


def _whole(title_words):
    return "".join(stem(word) for word in title_words)[:LONGEST]


@dataclasses.dataclass(frozen=True)
class Question:
    """What somebody looks for: ``words``, folded, in the order typed, the last perhaps unfinished; ``place``: the
    number of a territory, or None.
    """

    words: tuple
    place: int | None = None

    @classmethod
    def of(cls, text, *, place=None):
        return cls(tuple(word[:LONGEST] for word in query_words(text)), place.pk if place else None)

    def in_title(self, within):
        return self._clauses("n", within)

    def anywhere(self, within):
        return self._clauses("w", within)

    def whole_title(self, within):
        return [[(f"x{within}{_whole(self.words)}", False)], *self._here(within)]

    def _clauses(self, letter, within):
        """Clauses that must all hold; in each, [(term, whether it is only the beginning of one)], one is enough."""
        clauses = []
        for rank, word in enumerate(self.words, 1):
            clause = [(f"{letter}{within}{stem(word)}", False)]
            if rank == len(self.words) and len(word) >= SHORTEST_BEGUN:
                clause.append((f"{letter}{within}{word}", True))
            clauses.append(clause)
        return [*clauses, *self._here(within)]

    def _here(self, within):
        return [[(f"p{within}{self.place}", False)]] if self.place else []

    def stems(self):
        """(stems of its words, the beginning of a word or ""): what `marks` underlines."""
        last = self.words[-1] if self.words else ""
        return {stem(word) for word in self.words}, last if len(last) >= SHORTEST_BEGUN else ""
