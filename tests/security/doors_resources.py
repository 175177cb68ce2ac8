"""Doors of what is lent and sought: see `doors.py`. Amina's association lends, Bruno's borrows."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.resources import day_in

from .door import SIGNED_IN, Door, _in, _sent, _uuid

LENDER = frozenset({"amina"})
BORROWER = frozenset({"bruno"})
PARTIES = LENDER | BORROWER
SEE = frozenset({"amina", "bruno", "elsa"})
REPRESENT = frozenset({"amina", "bruno", "hugo"})
OF = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}


def _resource(scene):
    return {"uuid": scene["room"].uuid}


def _own(scene):
    return scene.get(OF.get(scene["persona"], ""))


def _place_of(scene):
    own = _own(scene)
    return own.territories.first().pk if own else scene["tilleuls"].pk


def _offered(scene):
    own = _own(scene)
    return {
        **{"owner": own.pk if own else "", "kind": "room", "title": "Une salle", "quantity": 1},
        **{"territories": [_place_of(scene)], "audience": "territory"},
    }


def _changed(scene):
    return {
        **{"owner": scene["entraide"].pk, "kind": "room", "title": "Un autre titre", "quantity": 2},
        **{"territories": [scene["tilleuls"].pk], "audience": "territory"},
    }


def _asked(scene):
    own = _own(scene)
    sunday = day_in((6 - day_in(0).weekday()) % 7 + 7).isoformat()
    return {
        **{"borrower": own.pk if own else "", "starts_on": sunday, "starts_time": "00:00"},
        **{"ends_on": sunday, "ends_time": "00:30"},
    }


def _photo(scene):
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "JPEG")
    return {"image": SimpleUploadedFile("p.jpg", stream.getvalue()), "words": "La salle"}


def _need(scene):
    own = _own(scene)
    return {
        **{"organisation": own.pk if own else "", "kind": "room", "title": "Une salle"},
        **{"territory": _place_of(scene), "from_on": _in(2), "to_on": _in(3)},
    }


def _ledger(name):
    return lambda scene: {"slug": scene[name].slug}


def _hours(scene):
    return {
        **{"giver": scene["entraide"].pk, "receiver": scene["jardins"].pk, "hours": "2"},
        **{"day": _in(0), "words": "Un atelier"},
    }


def _loan(state):
    return _uuid(f"loan_{state}")


WORDS = _sent(words="Des mots.")
STATE = _sent(state_noted="Propre.")
DOORS = {
    "resources:offer": Door(REPRESENT, sees=SIGNED_IN, data=_offered),
    "resources:change": Door(LENDER, sees=SEE, where=_resource, data=_changed),
    "resources:withdraw": Door(LENDER, sees=SEE, where=_resource, data=WORDS),
    "resources:add-photo": Door(LENDER, sees=SEE, where=_resource, data=_photo),
    "resources:remove-photo": Door(
        LENDER, sees=SEE, where=lambda scene: {**_resource(scene), "photo": scene["photo"].uuid}
    ),
    "resources:add-slot": Door(
        LENDER, sees=SEE, where=_resource, data=_sent(weekday=1, starts_at="09:00", ends_at="12:00")
    ),
    "resources:remove-slot": Door(LENDER, sees=SEE, where=lambda scene: {**_resource(scene), "pk": scene["slot"].pk}),
    "resources:renew-calendar": Door(LENDER, sees=SEE, where=_resource),
    "resources:ask": Door(PARTIES, sees=SEE, where=_resource, data=_asked),
    "resources:accept": Door(LENDER, sees=PARTIES, where=_loan("asked")),
    "resources:refuse": Door(LENDER, sees=PARTIES, where=_loan("asked"), data=WORDS),
    "resources:cancel": Door(PARTIES, where=_loan("accepted"), data=WORDS),
    "resources:hand-out": Door(LENDER, sees=PARTIES, where=_loan("accepted"), data=STATE),
    "resources:take-back": Door(LENDER, sees=PARTIES, where=_loan("out"), data=STATE),
    "resources:incident": Door(PARTIES, where=_loan("out"), data=WORDS),
    "resources:close-loan": Door(LENDER, sees=PARTIES, where=_loan("back"), data=WORDS),
    "resources:new-need": Door(REPRESENT, sees=SIGNED_IN, data=_need),
    "resources:need": Door(
        LENDER,
        sees=SEE,
        # He acts for another association of the neighbourhood too, and may answer for that one.
        told=BORROWER,
        where=_uuid("need"),
        data=lambda scene: {"organisation": scene["entraide"].pk, "words": "Nous en avons une."},
    ),
    "resources:close-need": Door(
        BORROWER, sees=SEE, where=_uuid("need"), data=_sent(outcome="found", words="Merci.")
    ),
    "resources:ledger": Door(PARTIES, sees=SEE, where=_ledger("tilleuls"), data=_hours),
    "resources:open-ledger": Door(frozenset({"elsa"}), where=_ledger("without_ledger"), data=WORDS),
    "resources:stop-ledger": Door(frozenset({"elsa"}), sees=SEE, where=_ledger("tilleuls"), data=WORDS),
    "resources:cancel-hours": Door(
        PARTIES,
        sees=SEE,
        where=lambda scene: {"slug": scene["tilleuls"].slug, "pk": scene["hours"].pk},
        data=WORDS,
    ),
}
