"""Doors of the letters of territories: see `doors.py`. Elsa coordinates, Gaël edits."""

from .door import ANYBODY, SIGNED_IN, Door, _sent

WRITE = frozenset({"elsa", "gael"})


def _letter(scene):
    return {"slug": scene["territory_letter"].slug}


DOORS = {
    "newsletter:ask": Door(ANYBODY, data=_sent(email="nora@exemple.org"), only_shows=True),
    "newsletter:confirm": Door(ANYBODY, where=lambda scene: {"link": scene["newsletter_link"]}),
    "newsletter:compose": Door(WRITE, sees=SIGNED_IN, data=_sent(title="Novembre", words="Bonjour.")),
    "newsletter:change": Door(WRITE, where=_letter, data=_sent(title="Décembre", words="Bonjour.")),
    "newsletter:try-out": Door(WRITE, where=_letter),
    "newsletter:send": Door(WRITE, where=_letter),
}
