"""Doors of groups: see `doors.py`. Inside are Amina (who animates), Bruno, and Elsa, who coordinates."""

from .door import SIGNED_IN, Door, _in, _sent

RUNS = frozenset({"amina", "elsa"})
INSIDE = frozenset({"amina", "bruno", "elsa"})
SPEAKS = frozenset({"amina", "bruno"})
KNOWS = frozenset({"fatou"})
"""The prefecture is invited: it knows that the group exists."""
NEW_MEETING = _sent(title="", date=_in(31), starts_at="14:00", ends_at="16:00", place="Salle", host="")


def _group(name="group"):
    return lambda scene: {"slug": scene[name].slug}


def _row(name, group="group"):
    return lambda scene: {"slug": scene[group].slug, "pk": scene[name].pk}


def _meeting(name):
    return lambda scene: {"slug": scene[name].group.slug, "date": scene[name].date}


def _item(name):
    return lambda scene: {
        "slug": scene["group"].slug,
        "date": scene[name].meeting.date,
        "pk": scene[name].pk,
    }


def _reading(scene):
    return {"slug": scene["group"].slug, "date": scene["meeting_asked"].date, "pk": scene["reading"].pk}


def _statement(scene):
    return {"slug": scene["group"].slug, "pk": scene["objected"].pk, "statement": scene["statement"].pk}


def _own(scene):
    """The voice of whoever posts: "o" and the key of their association."""
    mine = {"amina": "entraide", "bruno": "jardins"}.get(scene["persona"])
    return f"o{scene[mine].pk}" if mine else "o0"


def _new(scene):
    carrier = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}.get(scene["persona"])
    territory = scene["boxe"].territories.get() if scene["persona"] == "hugo" else scene["tilleuls"]
    return {
        "name": "Un groupe",
        "territory": territory.pk,
        "organisation": scene[carrier].pk if carrier else "",
        "kind": "working_group",
        "founding_text": "Ici.",
        "decision_rule": "consent",
        "quorum": 0,
    }


def _edited(scene):
    return {"name": "Renommé", "kind": "working_group", "founding_text": "", "decision_rule": "vote", "quorum": 2}


def _suggested(scene):
    return {"title": "Un point de plus", "minutes_planned": 10}


DOORS = {
    "groups:new": Door(frozenset({"amina", "bruno", "elsa", "hugo"}), sees=SIGNED_IN, data=_new),
    "groups:edit": Door(RUNS, sees=SIGNED_IN & (INSIDE | KNOWS), where=_group(), data=_edited),
    "groups:close": Door(RUNS, sees=INSIDE, where=_group("quiet_group"), data=_sent(words="C’est fait.")),
    "groups:ask-to-join": Door(
        SPEAKS,
        sees=frozenset({"elsa"}),
        where=_group("open_group"),
        data=lambda scene: {"organisation": _own(scene)[1:], "words": ""},
    ),
    "groups:settle-join-request": Door(
        RUNS, sees=INSIDE | KNOWS, where=_row("join_request"), data=_sent(accept="yes")
    ),
    "groups:members": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=_group(),
        data=lambda scene: {"organisation": scene["left"].pk},
    ),
    "groups:set-member": Door(
        RUNS, sees=INSIDE | KNOWS, where=_row("third_member"), data=_sent(facilitates="on", host_order=5)
    ),
    "groups:end-member": Door(RUNS, sees=INSIDE | KNOWS, where=_row("third_member")),
    "groups:add-seat": Door(
        RUNS, sees=INSIDE | KNOWS, where=_group(), data=_sent(**{"seat-name": "Samir", "seat-email": ""})
    ),
    "groups:end-seat": Door(RUNS, sees=INSIDE | KNOWS, where=_row("seat")),
    "groups:invite-partner": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=_group(),
        data=lambda scene: {"partner-organisation": scene["city"].pk},
    ),
    "groups:end-partner": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=lambda scene: {"slug": scene["group"].slug, "pk": scene["group"].partners.get().pk},
    ),
    "groups:propose": Door(
        INSIDE,
        sees=KNOWS,
        where=_group(),
        data=_sent(kind="vote", title="Un local", proposal="Louer.", closes_on=_in(9), options="", meeting=""),
    ),
    "groups:note-decision": Door(
        INSIDE, sees=KNOWS, where=_group(), data=_sent(title="Noté", text="Oui.", meeting="")
    ),
    "groups:speak": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_row("consent"),
        data=lambda scene: {"who": _own(scene), "text": "Pourquoi ?"},
    ),
    "groups:agree": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_row("objections_asked"),
        data=lambda scene: {"who": _own(scene)},
    ),
    "groups:more-time": Door(
        RUNS, sees=INSIDE | KNOWS, where=_row("objections_asked"), data=_sent(closes_on=_in(20))
    ),
    "groups:withdraw-statement": Door(frozenset({"amina"}), sees=INSIDE | KNOWS, where=_statement),
    "groups:settle-statement": Door(
        RUNS, sees=INSIDE | KNOWS, where=_statement, data=_sent(was_integrated="no", answer="Parce que.")
    ),
    "groups:move-on": Door(RUNS, sees=INSIDE | KNOWS, where=_row("consent"), data=_sent(stage="clarifications")),
    "groups:vote": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_row("vote"),
        data=lambda scene: {"who": _own(scene), "option": scene["vote"].options.first().pk},
    ),
    "groups:decide": Door(
        RUNS, sees=INSIDE | KNOWS, where=_row("consent"), data=_sent(outcome="set_aside", words="Plus tard.")
    ),
    "groups:share-decision": Door(RUNS, sees=INSIDE | KNOWS, where=_row("noted"), data=_sent(shared="yes")),
    "groups:points": Door(INSIDE, sees=KNOWS, where=_group(), data=_sent(wording="Appeler", due_on=_in(9))),
    "groups:close-point": Door(RUNS, sees=INSIDE | KNOWS, where=_row("point"), data=_sent(done="yes", words="")),
    "groups:entrust-point": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=_row("point"),
        data=_sent(**{"confier-organisation": "", "confier-due_on": ""}),
    ),
    "groups:reopen-point": Door(RUNS, sees=INSIDE | KNOWS, where=_row("closed_point")),
    "groups:new-poll": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=_group(),
        data=_sent(
            title="Quand ?",
            place="",
            **{"date_0": _in(5), "start_0": "10:00", "end_0": "11:00"},
            **{"date_1": _in(6), "start_1": "10:00", "end_1": "11:00"},
        ),
    ),
    "groups:poll": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_row("poll"),
        data=lambda scene: {
            "who": _own(scene),
            **{f"option-{option.pk}": "yes" for option in scene["poll"].options.all()},
        },
    ),
    "groups:choose-date": Door(
        RUNS,
        sees=INSIDE | KNOWS,
        where=_row("poll"),
        data=lambda scene: {"option": scene["poll"].options.first().pk},
    ),
    "groups:plan-meeting": Door(RUNS, sees=INSIDE | KNOWS, where=_group(), data=NEW_MEETING),
    "groups:edit-meeting": Door(RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting"), data=NEW_MEETING),
    "groups:agenda": Door(RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting"), data=_suggested),
    "groups:move-item": Door(RUNS, sees=INSIDE | KNOWS, where=_item("item"), data=_sent(up="no")),
    "groups:remove-item": Door(RUNS, sees=INSIDE | KNOWS, where=_item("item")),
    "groups:invite": Door(RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting")),
    "groups:answer": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_meeting("meeting"),
        data=lambda scene: {"who": _own(scene), "answer": "comes"},
    ),
    "groups:cancel-meeting": Door(
        RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting"), data=_sent(words="La salle est prise.")
    ),
    "groups:share-meeting": Door(
        RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting_validated"), data=_sent(shared="yes")
    ),
    "groups:minutes": Door(
        INSIDE,
        sees=KNOWS,
        where=_meeting("meeting_today"),
        data=lambda scene: {
            f"notes-{scene['item_today'].pk}": "On a dit.",
            f"number-{scene['item_today'].pk}": "0",
        },
    ),
    "groups:save-notes": Door(INSIDE, sees=KNOWS, where=_item("item_today"), data=_sent(notes="On a dit.", number=0)),
    "groups:add-item": Door(INSIDE, sees=KNOWS, where=_meeting("meeting_today"), data=_sent(title="Imprévu")),
    "groups:add-point": Door(INSIDE, sees=KNOWS, where=_item("item_today"), data=_sent(wording="Appeler")),
    "groups:tick": Door(
        INSIDE,
        sees=KNOWS,
        where=_meeting("meeting_today"),
        data=lambda scene: {"who": f"o{scene['jardins'].pk}", "present": "yes"},
    ),
    "groups:hold": Door(RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting_today"), data=_sent(others_present="")),
    "groups:read-minutes": Door(
        SPEAKS,
        sees=KNOWS,
        told=frozenset({"elsa"}),
        where=_meeting("meeting_asked"),
        data=lambda scene: {"who": _own(scene), "is_right": "yes", "correction": ""},
    ),
    "groups:settle": Door(RUNS, sees=INSIDE | KNOWS, where=_reading, data=_sent(answer="Corrigé.")),
    "groups:validate": Door(RUNS, sees=INSIDE | KNOWS, where=_meeting("meeting_held")),
}
