"""Doors of alerts: see `doors.py`. Amina's association has alerted Elsa; for everybody else there is nothing."""

from .door import SIGNED_IN, Door, _sent, _uuid

SIDES = frozenset({"amina", "elsa"})
OURS = frozenset({"amina"})
MANAGE = frozenset({"amina", "bruno"})


def _alert(scene):
    return {"kind": "funding", "words": "Ça ne va pas.", "to": f"territoire-{scene['elsas_role'].pk}"}


DOORS = {
    "alerts:send": Door(MANAGE, sees=SIGNED_IN, told=frozenset({"hugo"}), data=_alert),
    "alerts:acknowledge": Door(frozenset({"elsa"}), sees=SIDES, where=_uuid("alert")),
    "alerts:write": Door(SIDES, where=_uuid("alert"), data=_sent(words="Voilà.")),
    "alerts:close": Door(SIDES, where=_uuid("alert"), data=_sent(outcome="helped")),
    "alerts:choose-another": Door(
        OURS, sees=SIDES, where=_uuid("alert"), data=lambda scene: {"to": f"territoire-{scene['another_role'].pk}"}
    ),
}
