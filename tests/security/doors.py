"""Every address that takes a POST: what is sent to it, who may, and who may know of it.

A route that takes a POST and stands neither in DOORS nor in OF_ONES_OWN fails `test_doors.py`.
"""

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


DOORS = {
    # signatures
    "charters:sign-new-organisation": Door(ANYBODY, data=_organisation),
    "charters:adaptation-sign-new-organisation": Door(ANYBODY, where=_text("adopted"), data=_organisation),
    "charters:sign-particulars": Door(ANYBODY, where=_uuid("free"), data=_sent(**SIGNING)),
    "charters:adaptation-sign-particulars": Door(
        ANYBODY,
        where=lambda scene: {"slug": scene["adopted"].adaptation.slug, "uuid": scene["free"].uuid},
        data=_sent(**SIGNING),
    ),
    "charters:signature-send-again": Door(ANYBODY, where=_uuid("request")),
    "charters:confirm-signature": Door(ANYBODY, where=lambda scene: {"token": scene["confirm_token"]}),
    "charters:renew": Door(ANYBODY, where=lambda scene: {"link": scene["renewal_link"]}),
    "charters:renew-mine": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature),
    "charters:withdraw": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature, data=_sent(reason="Non.")),
    "charters:new-version": Door(frozenset({"bruno"}), sees=SIGNED_IN, where=_signature),
    "charters:gatherings": Door(frozenset({"elsa"}), sees=SIGNED_IN, data=_sheet),
    "charters:gathering": Door(
        frozenset({"elsa"}),
        sees=SIGNED_IN,
        where=_uuid("gathering"),
        data=lambda scene: {
            **PERSON,
            "email": "p@exemple.org",
            "organisation": scene["one"].pk,
            "involvement": "sign_only",
        },
    ),
    "charters:help-sign": Door(
        frozenset({"elsa"}), where=_uuid("helped"), data=lambda scene: {"code": scene["code"]}
    ),
    # organisations that are one, or are gone
    "charters:merge": Door(frozenset({"elsa"}), sees=SIGNED_IN, where=_pair),
    "charters:say-distinct": Door(frozenset({"elsa"}), sees=SIGNED_IN, where=_pair),
    "charters:close-organisation": Door(
        frozenset({"amina", "elsa"}),
        sees=SIGNED_IN,
        where=_uuid("entraide"),
        data=_sent(is_sure="on", dissolved_on=_in(-5)),
    ),
    # adaptations and their life
    "charters:propose-adaptation": Door(
        MEMBERS_HERE,
        sees=SIGNED_IN - {"hugo"},
        told=frozenset({"hugo"}),
        data=_idea,
    ),
    "charters:open-adaptation": Door(
        MEMBERS_HERE,
        sees=SIGNED_IN - {"hugo"},
        told=frozenset({"hugo"}),
        data=lambda scene: {
            "name": "Une autre",
            "territories": [scene["tilleuls"].slug],
            "promoters": [scene["jardins"].pk],
        },
    ),
    "charters:join-adaptation": Door(
        frozenset({"amina"}),
        where=lambda scene: {"slug": scene["idea"].slug},
        data=lambda scene: {"organisation": str(scene["entraide"].uuid)},
    ),
    "charters:start-writing": Door(PROMOTERS, sees=frozenset({"amina"}), where=lambda scene: {"slug": "une-idee"}),
    "charters:review": Door(
        PROMOTERS,
        sees=SIGNED_IN,
        where=_text("adopted"),
        data=_sent(outcome="goes_on", words="Tout va.", next_review_on=_in(400)),
    ),
    "charters:wake": Door(
        PROMOTERS, sees=SIGNED_IN, where=_text("asleep"), data=_sent(words="Debout.", next_review_on=_in(400))
    ),
    "charters:revise": Door(PROMOTERS, sees=SIGNED_IN, where=_text("adopted")),
    "charters:open-to-remarks": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_sent(until=_in(20))
    ),
    "charters:adopt": Door(
        PROMOTERS,
        sees=frozenset({"amina"}),
        where=_text("ready"),
        data=_sent(adopted_on=_in(-1), adopted_by="réunion", signatures_needed=2, review_on=_in(300)),
    ),
    "charters:make-remark": Door(
        frozenset({"amina"}),
        told=PROMOTERS,
        where=_text("ready"),
        data=lambda scene: {"organisation": scene["entraide"].pk, "article_key": "avec", "text": "Et nous ?"},
    ),
    "charters:answer-remark": Door(
        PROMOTERS,
        sees=frozenset({"amina"}),
        where=lambda scene: {"slug": scene["open"].adaptation.slug, "pk": scene["remark"].pk},
        data=_sent(answer="Oui."),
    ),
    # the workshop
    "charters:workshop-new-article": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_sent(**WORDS)
    ),
    "charters:workshop-edit-article": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "avec"), data=_sent(**ADAPTED)
    ),
    "charters:workshop-remove-article": Door(PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "ici")),
    "charters:workshop-plain-language": Door(PROMOTERS, sees=frozenset({"amina"}), where=_article("open", "avec")),
    "charters:workshop-import": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_file, only_shows=True
    ),
    "charters:workshop-import-confirm": Door(
        PROMOTERS, sees=frozenset({"amina"}), where=_text("open"), data=_imported("open")
    ),
    # what the national text changed
    "charters:bring-changes": Door(PROMOTERS, where=_text("to_bring")),
    "charters:accept-all-changes": Door(PROMOTERS, where=_text("brought")),
    "charters:accept-change": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(reason="Les leurs.")),
    "charters:keep-own-words": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(reason="Les nôtres.")),
    "charters:rewrite-change": Door(PROMOTERS, where=_article("brought", "avec"), data=_sent(**ADAPTED)),
    # the national text: who may not edit it is told so, or that there is none
    "charters:start-national-draft": Door(frozenset(), sees=SIGNED_IN, told=frozenset({"gael"})),
    "charters:name-national": Door(frozenset({"gael"}), data=_sent(title="Un titre", source="Un document")),
    "charters:publish-national": Door(frozenset({"gael"})),
    "charters:national-import": Door(frozenset({"gael"}), sees=SIGNED_IN, data=_file, only_shows=True),
    "charters:national-import-confirm": Door(frozenset({"gael"}), sees=SIGNED_IN, data=_imported("draft")),
    "charters:national-new-article": Door(frozenset({"gael"}), data=_sent(**WORDS)),
    "charters:national-edit-article": Door(
        frozenset({"gael"}), where=lambda scene: {"key": "avec"}, data=_sent(**WORDS)
    ),
    "charters:national-plain-language": Door(frozenset({"gael"}), where=lambda scene: {"key": "avec"}),
    "charters:national-remove-article": Door(frozenset({"gael"}), where=lambda scene: {"key": "avec"}),
    # organisations
    "organisations:create": Door(SIGNED_IN, data=_organisation),
    "organisations:claim": Door(SIGNED_IN, where=_uuid("free"), data=_sent(function="présidence")),
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
