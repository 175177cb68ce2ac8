"""How a name becomes words to search: the same words for what is stored and for what is typed.

Done once, here, so that any search engine given these words finds the same rows.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

MOST_CHARACTERS = 300
MOST_WORDS = 16
"""What is read of a search: the rest is left aside, never refused."""

STOP_WORDS = frozenset(
    "a au aux ce ces d dans de des du elle en et l la le les leur leurs m n ne nos notre on ou par pour qu que qui"
    " s sa ses son sur t un une vos votre y".split()
)
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "assoc": "association", "asso": "association"}

_PLAIN = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"}
_SIGLE = re.compile(r"\b(?:[a-z0-9]\.){2,}(?:[a-z0-9]\b)?")
_BREAK = re.compile(r"[^a-z0-9\-]+")
_COMPOUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_stem = Stemmer.Stemmer("french", 0).stemWord


class _Letters(dict):
    """What each character that is not ASCII becomes; filled as they are met."""

    def __missing__(self, code):
        character = chr(code)
        if character in _PLAIN:
            found = _PLAIN[character]
        else:
            apart = unicodedata.normalize("NFKD", character)
            found = "".join(part for part in apart if not unicodedata.combining(part)).lower()
        self[code] = found
        return found


_LETTERS = _Letters({code: chr(code) for code in range(128)})


def fold(text):
    """``text`` in lower case, accents and ligatures undone, acronyms without dots; hyphens stay."""
    text = text.lower()
    if not text.isascii():
        text = text.translate(_LETTERS)
    if "." in text:
        text = _SIGLE.sub(lambda found: found[0].replace(".", ""), text)
    return text


def words(text):
    """The words of ``text`` in order: folded, abbreviations undone, without stop words where others are left."""
    found = _BREAK.sub(" ", fold(text)).replace("-", " ").split()
    kept = [ABBREVIATIONS.get(word, word) for word in found if word not in STOP_WORDS]
    return kept or found


@lru_cache(maxsize=50_000)
def stem(word):
    """What a French word keeps through plural and gender; the word itself where it holds a figure."""
    return _stem(word) if word.isalpha() else word


def compounds(text):
    """Hyphenated words written as one: 'mini-golf' is also found by 'minigolf'."""
    if "-" not in text:
        return []
    return [word.replace("-", "") for word in _COMPOUND.findall(fold(text))]


class _Terms(dict):
    """What is stored for one word as it is written, remembered: names are made of few different words."""

    MOST = 200_000

    def __missing__(self, written):
        if len(self) > self.MOST:
            self.clear()
        found = []
        for word in _BREAK.sub(" ", fold(written)).replace("-", " ").split():
            if word not in STOP_WORDS:
                word = ABBREVIATIONS.get(word, word)
                found += (word, stem(word))
        self[written] = found = (*found, *compounds(written))
        return found


_terms = _Terms()


def index_terms(*texts):
    """What is stored for a row that is called ``texts``: each word, its stem, compounds as one word; once each."""
    terms = {}
    for text in texts:
        before = len(terms)
        for written in text.split():
            for term in _terms[written]:
                terms[term] = None
        if len(terms) == before and text:
            terms.update(dict.fromkeys(words(text)))
    return " ".join(terms)


def length(text):
    """How many words ``text`` is made of: who types a whole name finds it before the longer ones."""
    return min(len(words(text)), MOST_WORDS)


def query_words(text):
    """The words of something typed, at most MOST_WORDS, once each; nothing in it is an operator."""
    return list(dict.fromkeys(words(text[:MOST_CHARACTERS])))[:MOST_WORDS]
