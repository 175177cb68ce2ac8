"""Doors of agreements: see `doors.py`. Amina's association and Bruno's are the parties."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.charters import PDF_SHEET

from .door import SIGNED_IN, Door, _in, _sent

PARTIES = frozenset({"amina", "bruno"})
OF = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}


def _one(name, **more):
    return lambda scene: {"uuid": scene[name].uuid, **{key: scene[row].pk for key, row in more.items()}}


def _started(scene):
    own = scene.get(OF.get(scene["persona"], ""))
    other = "jardins" if own == scene["entraide"] else "entraide"
    return {
        **{"organisation": own.pk if own else "", "kind": "equipment", "title": "Les tables"},
        **{"others": [scene[other].pk], "starts_on": _in(1)},
    }


def _facts(scene):
    draft = scene["agreement_draft"]
    return {
        **{"title": "Autrement", "starts_on": _in(2), "notice_days": 15, "amount": "30"},
        "edition": draft.edition,
    }


def _articles(scene):
    return {
        **{"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-title": "Un", "form-0-text": "Texte."},
        "edition": scene["agreement_draft"].edition,
    }


def _payments(scene):
    return {
        **{"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-due_on": _in(9), "form-0-amount": "12"},
        "edition": scene["agreement_draft"].edition,
    }


def _approved(scene):
    return {"edition": scene["agreement_review"].edition}


def _signed(scene):
    return {
        **{"sha256": scene["agreement_to_sign"].sha256, "sure": "on"},
        **{"function": "présidence", "decided_on": _in(-3)},
    }


def _file(scene):
    return {"title": "L’assurance", "file": SimpleUploadedFile("a.pdf", PDF_SHEET)}


def _piece(scene):
    return {"uuid": scene["agreement_draft"].uuid, "attachment": scene["attachment"].uuid}


DRAFT = _one("agreement_draft")
DOORS = {
    "agreements:start": Door(PARTIES, sees=SIGNED_IN, told=frozenset({"hugo"}), data=_started),
    "agreements:facts": Door(PARTIES, where=DRAFT, data=_facts),
    "agreements:clauses": Door(PARTIES, where=DRAFT, data=_articles),
    "agreements:instalments": Door(PARTIES, where=DRAFT, data=_payments),
    "agreements:parties": Door(
        PARTIES, where=DRAFT, data=lambda scene: {"organisation": scene["third_here"].pk, "role": "partner"}
    ),
    "agreements:remove-party": Door(PARTIES, where=_one("agreement_of_three", pk="third_party")),
    "agreements:attachments": Door(PARTIES, where=DRAFT, data=_file),
    "agreements:remove-attachment": Door(PARTIES, where=_piece),
    "agreements:open-review": Door(PARTIES, where=DRAFT),
    "agreements:approve": Door(PARTIES, where=_one("agreement_review"), data=_approved),
    "agreements:ask-change": Door(PARTIES, where=DRAFT, data=_sent(words="Trop cher.")),
    "agreements:settle-change": Door(
        PARTIES, where=_one("agreement_draft", pk="change_asked"), data=_sent(answer="C’est changé.")
    ),
    "agreements:take-back": Door(PARTIES, where=_one("agreement_to_sign")),
    "agreements:drop": Door(PARTIES, where=DRAFT, data=_sent(words="Plus besoin.")),
    "agreements:sign": Door(PARTIES, where=_one("agreement_to_sign"), data=_signed),
    "agreements:end": Door(
        PARTIES, where=_one("agreement_signed"), data=_sent(last_day=_in(40), words="Nous déménageons.")
    ),
    "agreements:show": Door(PARTIES, where=_one("agreement_signed"), data=_sent(shown="oui")),
    "agreements:note-payment": Door(PARTIES, where=_one("agreement_paid", pk="instalment")),
}
