"""How near a name is to what was typed: from 0 to 1, the same for the register and for the organisations here."""

from rapidfuzz import fuzz

from .analysis import compounds, stem, words

EXACT, SAME_STEM, BEGINS, LEAST_NEAR = 1.0, 0.95, 0.85, 70
OF_THE_QUERY = 0.7
"""The share of the words typed that are found weighs more than the share of the name that was typed."""


def likeness(query, *, name, short_name="", place=""):
    """How near ``name`` (or its acronym) in ``place`` is to ``query``, words already analysed (`query_words`)."""
    named = [*words(name), *compounds(name)]
    known = set(named)
    if short_name:
        known.update(words(short_name))
    around = set(words(place)) if place else set()
    stems = {stem(word) for word in known | around}
    found, met = 0.0, set()
    for word in query:
        if word in known or word in around:
            found += EXACT
            met.add(word)
        elif stem(word) in stems:
            found += SAME_STEM
            met.add(stem(word))
        else:
            near, score = _nearest(word, known | around)
            found += score
            met.add(near)
    told = [word for word in named if word in met or stem(word) in met]
    in_name = len(told) / len(named) if named else 0
    return OF_THE_QUERY * found / len(query) + (1 - OF_THE_QUERY) * min(1.0, in_name)


def _nearest(word, known):
    best, best_score = "", 0.0
    for other in known:
        if other.startswith(word):
            score = BEGINS
        else:
            likely = fuzz.ratio(word, other)
            score = 0.8 * likely / 100 if likely >= LEAST_NEAR else 0.0
        if score > best_score:
            best, best_score = other, score
    return best, best_score
