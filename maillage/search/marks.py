"""What was typed, shown in what was found: a passage, its words marked. Everything is escaped."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from maillage.national_register.analysis import stem
from maillage.national_register.analysis import words as words_of

LONGEST_PASSAGE = 220
BEFORE = 60
MOST_READ = 20_000
_WORD = re.compile(r"\w+(?:\.\w\b)*", re.UNICODE)


def marked(text, question):
    """``text``, escaped, the words that answer ``question`` inside `<mark>`."""
    parts, end = [], 0
    for start, stop in _found(text, question):
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 — each part is escaped above


def passage(text, question):
    """A piece of ``text`` around the first word that answers, marked; its beginning where none does."""
    text = text[:MOST_READ]
    first = next(_found(text, question), (0, 0))[0]
    start = 0
    if first > BEFORE:
        start = text.rfind(" ", 0, first - BEFORE) + 1
    stop = len(text)
    if stop - start > LONGEST_PASSAGE:
        cut = text.rfind(" ", start, start + LONGEST_PASSAGE)
        stop = cut if cut > first else start + LONGEST_PASSAGE
    piece = f"{'… ' if start else ''}{text[start:stop]}{' …' if stop < len(text) else ''}"
    return marked(piece, question)


def _found(text, question):
    stems, begun = question.stems()
    for word in _WORD.finditer(text):
        forms = _forms(word[0])
        if not stems.isdisjoint(forms) or (begun and any(form.startswith(begun) for form in forms)):
            yield word.span()


@lru_cache(maxsize=20_000)
def _forms(written):
    """A written word as the index keeps it: folded, and its stem."""
    return frozenset(form for folded in words_of(written) for form in (folded, stem(folded)))
