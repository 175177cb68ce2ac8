"""Names as people write them: the register has nearly all of them in capitals."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
_VOWELS = set("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ")
MOST_OF_ACRONYM = 30
SHORT = 5
"""A title of so few letters is an acronym."""


def in_sentence_case(text):
    """``text``, if all in capitals, with a capital at its start only; acronyms keep theirs.

    What is between brackets, or has no vowel, or holds a figure, is taken for an acronym. Accents that the register
    left out are not guessed.
    """
    text = " ".join(text.split())
    if text != text.upper() or len(text) <= SHORT:
        return text
    lowered = "".join(_part(part) for part in re.split(r"(\([^)]*\))", text))
    first = _WORD.search(lowered)
    if first is None or first[0].isupper():
        return lowered
    return lowered[: first.start()] + lowered[first.start()].upper() + lowered[first.start() + 1 :]


def _part(part):
    if part.startswith("("):
        return part
    return _WORD.sub(lambda found: found[0] if _is_acronym(found[0]) else found[0].lower(), part)


def _is_acronym(word):
    written = re.sub("['’.]", "", word)
    letters = {letter for letter in written if letter.isalpha()}
    has_figure = any(character.isdigit() for character in written)
    return bool(letters) and len(written) > 1 and (has_figure or not _VOWELS & letters)


def acronym(short_name):
    """``short_name`` where it is one; '' where the register cut the title and wrote '...'."""
    short_name = short_name.strip()
    return "" if short_name.endswith("...") or len(short_name) > MOST_OF_ACRONYM else short_name
