"""Finding an organisation here by what people type: number, or words of its name, acronym and commune."""

from dataclasses import dataclass

from rapidfuzz import fuzz

from maillage.national_register.analysis import compounds, query_words, stem, words
from maillage.national_register.numbers import normalise
from maillage.national_register.ranking import likeness
from maillage.organisations.models import Organisation

LEAST_NEAR = 80
"""Of two words of four letters or more: one letter out of five may be wrong."""


@dataclass(frozen=True, slots=True)
class Here:
    """An organisation that is here, and how near it is to what was typed, from 0 to 1."""

    rna: str
    siret: str
    name: str
    commune: str
    score: float


def find_here(text, *, user, limit=10):
    """The organisations that ``user`` may see and that ``text`` names, the nearest first. Two queries at most.

    Each word must be found in the name, the acronym or the commune: whole, begun, or with a letter wrong.
    """
    listed = Organisation.objects.visible_to(user).listed()
    number = normalise(text[:40])
    if len(number) in {9, 10, 14}:
        exact = _by_number(listed, number)
        if exact:
            return [_here(row, 1.0) for row in exact[:limit]]
    query = query_words(text)
    if not query:
        return []
    return _by_words(listed, query, limit)


def _by_number(listed, number):
    found = listed.filter(rna=number) | listed.filter(siren=number) | listed.filter(siret=number)
    return list(_read(found))


def _read(organisations):
    return organisations.values_list("rna", "siret", "name", "acronym", "seat__name").distinct()


def _by_words(listed, query, limit):
    found = []
    for row in _read(listed).iterator():
        _rna, _siret, name, acronym, commune = row
        known = {*words(name), *compounds(name), *words(acronym), *words(commune or "")}
        if all(_is_among(word, known) for word in query):
            found.append((likeness(query, name=name, short_name=acronym, place=commune or ""), row))
    found.sort(key=lambda pair: (-pair[0], pair[1][2]))
    return [_here(row, score) for score, row in found[:limit]]


def _is_among(word, known):
    if word in known:
        return True
    stemmed = stem(word)
    return any(
        other.startswith(word)
        or stem(other) == stemmed
        or (len(word) > 3 and len(other) > 3 and fuzz.ratio(word, other) >= LEAST_NEAR)
        for other in known
    )


def _here(row, score):
    rna, siret, name, _acronym, commune = row
    return Here(rna=rna, siret=siret, name=name, commune=commune or "", score=round(score, 4))
