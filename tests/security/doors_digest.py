"""Doors of the letter, of first steps and of the coordination: see `doors.py`."""

from .door import ANYBODY, SIGNED_IN, Door, _sent

_COORDINATES = frozenset({"elsa"})

DOORS = {
    # The link is the key, whoever holds it.
    "digest:stop": Door(ANYBODY, where=lambda scene: {"link": scene["stop_link"]}),
    "digest:choices": Door(SIGNED_IN, data=_sent(wanted=["letter", "groups"], weekday="3")),
    "dashboard:say-contacted": Door(
        _COORDINATES, sees=SIGNED_IN, where=lambda scene: {"token": scene["wishes"].token}
    ),
    "dashboard:hand-over": Door(
        _COORDINATES,
        sees=SIGNED_IN,
        where=lambda scene: {"slug": scene["tilleuls"].slug},
        data=_sent(email="autre@exemple.org", words="", leaves="on"),
    ),
    "dashboard:withdraw-succession": Door(_COORDINATES, where=lambda scene: {"pk": scene["succession"].pk}),
    "dashboard:accept-succession": Door(ANYBODY, where=lambda scene: {"token": scene["succession_token"]}),
}
