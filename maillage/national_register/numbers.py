"""Official numbers as they are written: RNA, SIREN, SIRET. The rule of RNA is the State's (api-subventions-asso)."""

import re

RNA = re.compile(r"W\d[A-Z\d]\d{7}", re.ASCII)
FORMER_RNA = re.compile(r"\d[A-Z\d]\d[A-Z]\d{4,12}", re.ASCII)
"""The number of an association that declared nothing since 2009: office (751P) and its own number there."""
SIREN = re.compile(r"\d{9}", re.ASCII)
SIRET = re.compile(r"\d{14}", re.ASCII)


def normalise(number):
    """``number`` in upper case, without spaces, dots or hyphens."""
    return re.sub(r"[\s.\-\u00a0\u202f]", "", number or "").upper()
