"""What a door is: an address that takes a POST; and what is sent through them."""

import dataclasses
import datetime
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from maillage.charters.queries import import_matches
from maillage.charters.views.importing import _plan
from tests.factories.charters import PDF_SHEET

ANYBODY = frozenset({"amina", "bruno", "chloe", "djibril", "elsa", "fatou", "gael", "ines", "hugo"})
SIGNED_IN = ANYBODY - {"djibril"}
MEMBERS_HERE = frozenset({"amina", "bruno", "elsa"})
PROMOTERS = frozenset({"bruno", "elsa"})


@dataclasses.dataclass(frozen=True)
class Door:
    """``may``: for whom it opens, and then something changes (unless it ``only_shows``). ``sees``: who is told that
    they may not (403); ``told``: who is told why on the page itself; everybody else, that there is nothing (404).
    """

    may: frozenset
    sees: frozenset = frozenset()
    told: frozenset = frozenset()
    where: Callable = lambda scene: {}
    data: Callable = lambda scene: {}
    only_shows: bool = False


def _text(name):
    return lambda scene: {"slug": scene[name].adaptation.slug}


def _article(name, key):
    return lambda scene: {"slug": scene[name].adaptation.slug, "key": key}


def _uuid(name):
    return lambda scene: {"uuid": scene[name].uuid}


def _signature(scene):
    return {"token": scene["national_signature"].token}


def _pair(scene):
    return {"uuid": scene["one"].uuid, "other": scene["other"].uuid}


def _sent(**fields):
    return lambda scene: fields


def _in(days):
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


WORDS = {"title": "Un titre", "text": "D’autres mots.", "kind": "value", "plain_language": "", "source": ""}
ADAPTED = {**WORDS, "treatment": "adapted", "reason": "Ici, c’est autrement."}
PERSON = {"first_name": "Camille", "last_name": "Exemple", "function": "présidence"}
SIGNING = {
    **PERSON,
    "email": "camille@exemple.org",
    "has_mandate": "on",
    "decided_on": _in(-5),
    "involvement": "sign_only",
    "is_listed": "on",
}


def _organisation(scene):
    return {
        "name": "Une toute nouvelle",
        "kind": "association",
        "legal_regime": "1901",
        "territories": [scene["tilleuls"].slug],
        "function": "présidence",
        "networks": [],
        "themes": ["youth"],
        "rna": "",
        "siret": "",
        "website": "",
        **{"publics": "toutes et tous", "opening_hours": "mardi\njeudi", "contact_email": "bureau@exemple.org"},
        **{"offer_premises": "on", "offer_premises_words": "40 places", "is_suggestible": "on"},
    }


def _idea(scene):
    carrier = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe"}.get(scene["persona"])
    return {
        "name": "Une autre idée",
        "territories": [scene["tilleuls"].slug],
        "organisation": scene[carrier].pk if carrier else "",
        "words": "Ici.",
    }


def _sheet(scene):
    scan = SimpleUploadedFile("feuille.pdf", PDF_SHEET + b"% autre\n", content_type="application/pdf")
    return {"version": scene["second"].pk, "place": "Salle", "held_on": scene["now"].date().isoformat(), "scan": scan}


def _network(scene):
    return {"slug": scene["network"].slug}


def _member_list(scene):
    return {"slug": scene["network"].slug, "pk": scene["list"].pk}


def _members(scene):
    return {"document": SimpleUploadedFile("membres.csv", b"Nom;RNA\nAssociation free;\n")}


def _file(scene):
    return {"document": SimpleUploadedFile("texte.md", b"# Un titre\n\nDes mots.\n")}


def _imported(name):
    def data(scene):
        version = scene[name]
        return {
            "article-TOTAL_FORMS": 1,
            "article-INITIAL_FORMS": 1,
            "article-0-kind": "value",
            "article-0-title": "Un article du fichier",
            "article-0-text": "Ses mots.",
            "article-0-reason": "Parce que.",
            "reason": "Parce que.",
            "mode": "complete",
            "plan": _plan(version, import_matches(version, ["Un article du fichier"])),
        }

    return data
