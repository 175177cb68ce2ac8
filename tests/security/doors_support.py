"""Doors of the directory of support: see `doors.py`. Elsa coordinates, Gaël edits."""

from .door import ANYBODY, SIGNED_IN, Door, _sent, _uuid

KEEP = frozenset({"elsa", "gael"})
TYPED = {
    **{"body": "La maison", "questions": ["money"], "source_title": "Sa page"},
    "source_url": "https://exemple.org/",
}


def _typed(scene):
    return {**TYPED, "scheme": scene["scheme"].slug, "place": scene["tilleuls"].slug}


DOORS = {
    "support:add": Door(KEEP, sees=SIGNED_IN, data=_typed),
    "support:change": Door(KEEP, sees=SIGNED_IN, where=_uuid("support"), data=_typed),
    "support:check": Door(KEEP, sees=SIGNED_IN, where=_uuid("support")),
    "support:end": Door(KEEP, sees=SIGNED_IN, where=_uuid("support"), data=_sent(end_words="Fermé.")),
    "support:report": Door(SIGNED_IN, sees=ANYBODY, where=_uuid("support"), data=_sent(words="Fermé.")),
    "support:change-scheme": Door(
        frozenset({"gael"}),
        sees=SIGNED_IN,
        where=lambda scene: {"slug": scene["scheme"].slug},
        data=_sent(**TYPED, name="Un appui", explained="Corrigé."),
    ),
}
