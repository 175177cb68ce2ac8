"""Doors of the shared calendar: see `doors.py`. Amina's association announces, Bruno's is named, Elsa coordinates."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.resources import day_in

from .door import SIGNED_IN, Door, _in, _sent, _uuid

OWNER = frozenset({"amina"})
SEE = frozenset({"amina", "bruno", "elsa"})
REPRESENT = frozenset({"amina", "bruno", "hugo"})
OF = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//FR\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTAMP:20260101T000000Z\r\nDTSTART:%s\r\nSUMMARY:Le bal\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _own(scene):
    return scene.get(OF.get(scene["persona"], ""))


def _announced(scene):
    own = _own(scene)
    return {
        **{"organiser": own.pk if own else "", "title": "Le bal", "starts_on": _in(9)},
        **{"territories": [own.territories.first().pk if own else ""], "for_whom": "all", "audience": "public"},
    }


def _changed(scene):
    return {
        **{"organiser": scene["entraide"].pk, "title": "Un autre titre", "starts_on": _in(9)},
        **{"territories": [scene["tilleuls"].pk], "for_whom": "all", "audience": "space"},
        **{"edition": scene["event"].edition},
    }


def _followed(scene):
    own = _own(scene)
    moment = day_in(4).strftime("%Y%m%dT180000").encode()
    return {
        **{"name": "Notre agenda", "audience": "space", "organisation": own.pk if own else ""},
        **{"territory": own.territories.first().pk if own else scene["tilleuls"].pk},
        "file": SimpleUploadedFile("a.ics", CALENDAR % moment),
    }


def _date(days):
    return lambda scene: {"uuid": scene["series"].uuid, "day": day_in(days)}


DOORS = {
    "events:announce": Door(REPRESENT, sees=SIGNED_IN, data=_announced),
    "events:change": Door(OWNER, sees=SEE, where=_uuid("event"), data=_changed),
    "events:cancel": Door(OWNER, sees=SEE, where=_uuid("event"), data=_sent(words="Il pleut.")),
    "events:resume": Door(OWNER, sees=SEE, where=_uuid("cancelled_event")),
    "events:remove": Door(OWNER | {"elsa"}, sees=SEE, where=_uuid("event"), data=_sent(words="Annoncé deux fois.")),
    "events:name-organiser": Door(
        OWNER, sees=SEE, where=_uuid("series"), data=lambda scene: {"organisation": scene["jardins"].pk}
    ),
    "events:leave": Door(
        OWNER | {"bruno"},
        sees=SEE,
        where=lambda scene: {"uuid": scene["event"].uuid, "slug": scene["jardins"].slug},
    ),
    "events:change-date": Door(OWNER, sees=SEE, where=_date(17), data=_sent(cancelled="oui", words="Férié.")),
    "events:restore-date": Door(OWNER, sees=SEE, where=_date(10)),
    "events:give-key": Door(SIGNED_IN),
    "events:withdraw-key": Door(OWNER, told=SIGNED_IN),
    "events:follow": Door(REPRESENT | {"elsa"}, sees=SIGNED_IN, data=_followed),
    "events:read-again": Door(frozenset(), told=OWNER | {"elsa"}, where=_uuid("feed")),
    "events:stop": Door(OWNER | {"elsa"}, where=_uuid("feed")),
}
