"""Doors of the advocacy: see `doors.py`."""

from .door import ANYBODY, SIGNED_IN, Door, _sent, _uuid

COORDINATES = frozenset({"elsa"})
HERE = frozenset({"amina", "bruno", "elsa"})
LETTER = {"addressee": "La mairie", "subject": "Une lettre", "text": "Voilà."}


def _second(scene):
    return {"number": 2}


DOORS = {
    "advocacy:enter": Door(
        frozenset({"gael"}), sees=SIGNED_IN, where=_second, data=_sent(text="Le texte.", source_page="4")
    ),
    "advocacy:echo": Door(
        frozenset({"amina"}),
        sees=SIGNED_IN,
        told=frozenset({"bruno", "hugo"}),
        where=_second,
        data=lambda scene: {"words": "Ce que nous vivons.", "organisation": scene["entraide"].slug},
    ),
    "advocacy:withdraw-echo": Door(frozenset({"amina"}), sees=ANYBODY, where=_uuid("echo")),
    "advocacy:note-state": Door(
        COORDINATES,
        sees=SIGNED_IN,
        where=_second,
        data=lambda scene: {
            **{"territory": scene["tilleuls"].slug, "state": "carried", "on": "2026-01-05"},
            **{"words": "Portée.", "source_title": "Compte rendu"},
        },
    ),
    "advocacy:write-appeal": Door(COORDINATES, sees=SIGNED_IN, where=_second, data=_sent(**LETTER)),
    "advocacy:change-appeal": Door(COORDINATES, sees=HERE, where=_uuid("letter"), data=_sent(**LETTER)),
    "advocacy:send-appeal": Door(
        COORDINATES, sees=HERE, where=_uuid("letter"), data=_sent(on="2026-01-06", channel="courrier")
    ),
    "advocacy:note-reply": Door(
        COORDINATES,
        sees=ANYBODY,
        where=_uuid("letter_sent"),
        data=_sent(on="2026-02-01", sender="La mairie", text="Oui."),
    ),
}
