"""An agreement as PDF/UA-1: a draft says so; a settled one is its very text; signed by all, it is sealed."""

import datetime
import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from maillage.charters.seal import seal
from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf

from .models import Agreement, Party
from .text import FACTS, canonical_text

FOLDER = Path(__file__).parent / "typst"


def agreement_pdf(agreement):
    """The PDF (bytes) of ``agreement``; sealed once every party has signed."""
    content = compile_pdf(FOLDER / "agreement.typ", agreement_content(agreement))
    return seal(content) if agreement.state == Agreement.State.SIGNED else content


def sealed_attachment(pk):
    """(file name, bytes, media type) of the agreement ``pk``, for the outbox."""
    agreement = Agreement.objects.get(pk=pk)
    return f"convention-{agreement.starts_on}.pdf", agreement_pdf(agreement), "application/pdf"


def agreement_content(agreement):
    """What the PDF says. Once the text is settled it is read from what was hashed, whatever changed since."""
    text = json.loads(agreement.frozen_text or canonical_text(agreement))
    facts = text["facts"]
    return {
        "title": facts["title"],
        "subtitle": str(agreement.get_kind_display()).capitalize(),
        "author": ", ".join(party["name"] for party in text["parties"]),
        "description": gettext("Convention entre organisations"),
        "lang": (get_language() or "fr")[:2],
        "state": _state(agreement),
        "former": [_former(text[link], link) for link in ("amends", "renews") if link in text],
        "address": settings.SITE_ADDRESS + agreement.get_absolute_url(),
        "between": gettext("Entre"),
        "parties": [_party(party) for party in text["parties"]],
        "facts": _facts(facts),
        "clauses": [
            {"title": f"{number}. {clause['title']}", "paragraphs": clause["text"].splitlines()}
            for number, clause in enumerate(text["clauses"], start=1)
        ],
        "payments_title": gettext("Versements"),
        "payments": [f"{_day(row['due_on'])} : {_euros(row['amount'])}" for row in text["instalments"]],
        "attachments_title": gettext("Pièces jointes"),
        "attachments": [f"{row['title']} (SHA-256 {row['sha256'][:16]}…)" for row in text["attachments"]],
        "signatures_title": gettext("Signatures"),
        "signatures": [_signature(party) for party in _parties(agreement)],
        "hash_label": gettext("Empreinte du texte (SHA-256)") if agreement.sha256 else "",
        "hash": agreement.sha256,
        "advice": gettext(
            "Rédigée par les parties à partir d’un modèle à adapter ; ce n’est pas un conseil juridique."
        ),
    }


def _parties(agreement):
    return agreement.parties.select_related("organisation", "mandate", "entry")


def _state(agreement):
    if agreement.state == Agreement.State.SIGNED:
        return gettext("Signée par toutes les parties le %(day)s") % {"day": _moment(agreement.signed_at)}
    if agreement.state == Agreement.State.TO_SIGN:
        return gettext("Texte arrêté le %(day)s, à signer") % {"day": _moment(agreement.frozen_at)}
    if agreement.state == Agreement.State.DROPPED:
        return gettext("Abandonnée le %(day)s : elle n’engage personne") % {"day": _moment(agreement.changed_at)}
    return gettext("Projet du %(day)s : rien n’est signé") % {"day": _moment(agreement.changed_at)}


def _former(former, link):
    words = gettext("Avenant à la convention « %(title)s », signée le %(day)s (SHA-256 %(hash)s)")
    if link == "renews":
        words = gettext("À la suite de la convention « %(title)s », signée le %(day)s (SHA-256 %(hash)s)")
    return words % {"title": former["title"], "day": _day(former["signed_on"]), "hash": f"{former['sha256'][:16]}…"}


def _party(party):
    role = dict(Party.Role.choices)[party["role"]]
    number = f", {party['number']}" if party["number"] else ""
    return f"{party['name']}{number} ({role})"


def _facts(facts):
    """[label, value] of what was said, in the order of the page: canonical JSON sorts its keys."""
    shown = []
    for name in FACTS:
        value = facts.get(name)
        if name in ("kind", "title") or (value is None and name != "ends_on"):
            continue
        if name.endswith("_on"):
            value = _day(value) if value else gettext("sans date de fin")
        elif name in ("wages", "charges", "expenses", "billed", "amount"):
            value = _euros(value)
        shown.append([str(Agreement._meta.get_field(name).verbose_name).capitalize(), value])
    return shown


def _signature(party):
    if party.signed_at is None:
        return {"who": party.organisation.name, "told": gettext("pas encore signée"), "entry": ""}
    name = party.signatory_name or gettext("personne oubliée")
    function = f", {party.signatory_function}" if party.signatory_function else ""
    mandate = gettext("mandat confirmé") if party.mandate.is_confirmed else gettext("mandat déclaré, à confirmer")
    return {
        "who": party.organisation.name,
        "told": f"{name}{function}, {_moment(party.signed_at)} ({mandate})",
        "entry": gettext("Entrée %(number)s du registre : %(hash)s")
        % {"number": party.entry.sequence, "hash": party.entry.hash},
    }


def _day(value):
    return date_format(datetime.date.fromisoformat(value), "j F Y")


def _moment(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _euros(value):
    return gettext("%(amount)s €") % {"amount": number_format(value, 2)}
