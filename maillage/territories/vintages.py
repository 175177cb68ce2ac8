"""Generations of priority neighbourhoods: how their codes are made, and when each is in force.

2015: `QP`, the département on three characters, a number of three digits. In force from 2015-01-01 until the next.
2024: `QN`, the département on three characters, a number of two digits, a letter: `I` unchanged, `M` modified,
`N` new, `C` whole commune. In force in metropolitan France since 2024-01-01 (decree 2023-1314), overseas since
2025-01-01.
"""

import datetime
import re

FIRST = 2015
SECOND = 2024
OLD_CODE = re.compile(r"QP(?P<departement>\d{3}|02[AB])(?P<number>\d{3})")
NEW_CODE = re.compile(r"QN(?P<departement>\d{3}|02[AB])(?P<number>\d{2})(?P<letter>[A-Z])")
INVENTED = "QN099"
"""The start of the codes of invented neighbourhoods: no département has the number 99."""


def vintage_of(code):
    """The generation that ``code`` belongs to, None where its form does not tell."""
    if OLD_CODE.fullmatch(code):
        return FIRST
    return SECOND if NEW_CODE.fullmatch(code) else None


def departement_of(code):
    """The official code of the département of a neighbourhood (`QN01101I` → `11`) or a commune (`97101` → `971`)."""
    if code.startswith("Q"):
        part = code[2:5]
        return part[1:] if part.startswith("0") else part
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def previous_code(code):
    """The 2015 code whose number a 2024 code keeps (`QN01101I` → `QP011001`); None where it is another place.

    Letters `I` and `M` keep the number as a rule. A few départements were renumbered on the way, so the number
    alone proves nothing: see `succession.py`.
    """
    parts = NEW_CODE.fullmatch(code)
    if parts is None or parts["letter"] not in "IM":
        return None
    return f"QP{parts['departement']}{int(parts['number']):03d}"


def has_predecessors(code):
    """A 2024 neighbourhood said to be new (`N`) has none, whatever its number."""
    parts = NEW_CODE.fullmatch(code)
    return parts is not None and parts["letter"] != "N"


def _second_geography(code):
    overseas = departement_of(code).startswith(("97", "98"))
    return datetime.date(2025 if overseas else 2024, 1, 1)


def starts_on(vintage, code):
    """The first day when a neighbourhood of this vintage is in force."""
    return _second_geography(code) if vintage == SECOND else datetime.date(vintage, 1, 1)


def ends_on(vintage, code):
    """The first day when it is no longer in force: the 2015 geography ends when that of 2024 starts; else None."""
    return _second_geography(code) if vintage == FIRST else None
