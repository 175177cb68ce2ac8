"""Names as people type them: no accent, no ligature, no case, no punctuation."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ß": "ss"})


def fold(text):
    """``text`` in lower case, accents and ligatures undone, everything else than letters and digits a space."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()


def without_invisible(text):
    """``text`` without the characters that nobody sees, or that turn the others round: two names that look the same
    are then the same. Line breaks stay, and the joiners that some scripts and emoji are written with.
    """
    return "".join(
        character
        for character in text
        if character in "\n\r\t\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cn"}
    )
