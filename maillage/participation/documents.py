"""The poster that leads residents to their page, and the answers to hang in the hall: PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf, qr_svg

from .languages import LANGUAGES
from .queries import answered_needs

FOLDER = Path(__file__).parent / "typst"
MOST_ANSWERS = 12
"""A page that people stop to read."""


def poster_of(territory, *, paper="a4"):
    """The poster of ``territory`` (bytes): what to do, in each language, and the QR code. ``paper``: "a4", "a3"."""
    page = f"{settings.SITE_ADDRESS}{reverse('participation:voices', args=[territory.slug])}"
    calls = []
    for language in LANGUAGES:
        with translation.override(language.code):
            title, told = gettext("Dites-le."), gettext("Sans nom, sans compte. Vous aurez une réponse.")
        calls.append({"title": title, "told": told, "lang": language.code, "rtl": language.direction == "rtl"})
    return compile_pdf(
        FOLDER / "poster.typ",
        {
            "paper": paper,
            "size": 20.3 if paper == "a3" else 14,
            "lang": (get_language() or "fr")[:2],
            "place": territory.name,
            "author": gettext("Les associations du quartier"),
            "document_title": gettext("Paroles d’habitants et d’habitantes, %(name)s") % {"name": territory.name},
            "calls": calls,
            "qr": qr_svg(page),
            "qr_alt": gettext("Code à photographier : %(address)s") % {"address": page},
            "how": gettext("Photographiez ce carré, ou dites-le à un médiateur, à une médiatrice."),
            "address": page.partition("://")[2],
        },
    )


def answers_sheet(territory, *, today):
    """The last answers of ``territory`` that are shown to all (bytes); None where there are none."""
    needs = list(answered_needs(territory)[:MOST_ANSWERS])
    if not needs:
        return None
    page = f"{settings.SITE_ADDRESS}{reverse('participation:voices', args=[territory.slug])}"
    return compile_pdf(
        FOLDER / "answers.typ",
        {
            "lang": (get_language() or "fr")[:2],
            "title": gettext("Vous l’avez dit, voici la réponse"),
            "place": territory.name,
            "author": gettext("Les associations du quartier"),
            "answers": [_answer(need) for need in needs],
            "qr": qr_svg(page),
            "qr_alt": gettext("Code à photographier : %(address)s") % {"address": page},
            "online": gettext("Dire quelque chose, lire toutes les réponses :"),
            "address": page.partition("://")[2],
            "printed": gettext("Imprimé le %(day)s.") % {"day": date_format(today, "j F Y")},
        },
    )


def _answer(need):
    who = need.carrier.name if need.carrier else ""
    day = date_format(localdate(need.answered_at), "j F Y")
    return {
        "wording": need.wording,
        "words": [f"« {voice.shared_words} »" for voice in need.shown_voices[:3]],
        "answer": need.answer,
        "by": gettext("%(who)s, le %(day)s") % {"who": who, "day": day} if who else day,
    }
