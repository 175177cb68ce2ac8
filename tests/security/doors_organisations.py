"""Doors of organisations, of networks, of one's own data: see `doors.py`."""

from .door import (
    ANYBODY,
    MEMBERS_HERE,
    SIGNED_IN,
    Door,
    _in,
    _member_list,
    _members,
    _network,
    _organisation,
    _sent,
    _uuid,
)

DOORS = {
    "dashboard:bring-list": Door(frozenset({"ines"}), where=_network, data=_members),
    "dashboard:decide-borders": Door(
        frozenset({"elsa"}),
        sees=frozenset({"amina"}),
        where=lambda scene: {"slug": scene["ended"].slug},
        data=lambda scene: {f"change-{scene['change'].pk}": scene["tilleuls"].slug},
    ),
    "dashboard:member-list": Door(frozenset({"ines"}), where=_member_list),
    "dashboard:undo-list": Door(frozenset({"ines"}), where=_member_list),
    "organisations:create": Door(SIGNED_IN - {"fatou"}, told=frozenset({"fatou"}), data=_organisation),
    "organisations:claim": Door(
        SIGNED_IN - {"fatou"},
        told=frozenset({"fatou"}),
        where=_uuid("free"),
        data=_sent(function="présidence"),
    ),
    "organisations:edit": Door(frozenset({"amina"}), sees=SIGNED_IN, where=_uuid("entraide"), data=_organisation),
    "organisations:refresh": Door(frozenset({"amina"}), sees=SIGNED_IN, where=_uuid("entraide")),
    "organisations:refresh-by-link": Door(ANYBODY, where=lambda scene: {"link": scene["profile_link"]}),
    "directory:write": Door(
        ANYBODY,
        where=lambda scene: {"slug": scene["entraide"].slug},
        data=_sent(name="Camille", writes_for="La Ville", email="camille@exemple.org", text="Un mot.\nDeux."),
    ),
    "organisations:members": Door(
        frozenset({"amina"}),
        sees=SIGNED_IN,
        where=_uuid("entraide"),
        data=_sent(email="nouvelle@exemple.org", role="member"),
    ),
    "organisations:end-membership": Door(
        frozenset({"amina"}),
        where=lambda scene: {"uuid": scene["entraide"].uuid, "pk": scene["membership"].pk},
    ),
    "organisations:hand-over": Door(
        frozenset({"amina", "elsa"}),
        sees=SIGNED_IN,
        where=_uuid("entraide"),
        data=_sent(email="suite@exemple.org", function="présidence", decided_on=_in(-5), ends_on=_in(90)),
    ),
    "organisations:my-mandate": Door(
        frozenset({"amina"}),
        sees=SIGNED_IN,
        where=_uuid("entraide"),
        data=_sent(function="présidence", decided_on=_in(-5), ends_on=_in(90)),
    ),
    "organisations:confirm": Door(MEMBERS_HERE, sees=SIGNED_IN, where=_uuid("new")),
    "organisations:confirm-mandate": Door(
        frozenset({"amina", "elsa"}),
        where=lambda scene: {"uuid": scene["entraide"].uuid, "pk": scene["mandate"].pk},
    ),
    # my data
    "privacy:forget": Door(SIGNED_IN, data=_sent(understood="on", nobody_can_take_over="on")),
    "organisations:take-over": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_uuid("left")),
}
