"""Names as people type them: no accent, no ligature, no case, no punctuation."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ß": "ss"})


def fold(text):
    """``text`` in lower case, accents and ligatures undone, everything else than letters and digits a space."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()
