"""A letter to an addressee, as PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf

FOLDER = Path(__file__).parent / "typst"


def appeal_pdf(appeal):
    """The letter (bytes): a draft says that it is one."""
    day = appeal.sent_on or timezone.localdate()
    return compile_pdf(
        FOLDER / "appeal.typ",
        {
            "lang": (get_language() or "fr")[:2],
            "title": appeal.subject,
            "author": gettext("Des associations du territoire : %(place)s") % {"place": appeal.territory.name},
            "addressee": appeal.addressee,
            "place": gettext("%(place)s, le %(day)s")
            % {"place": appeal.territory.name, "day": date_format(day, "j F Y")},
            "draft": "" if appeal.sent_on else gettext("Projet de lettre"),
            "paragraphs": [part.strip() for part in appeal.text.split("\n\n") if part.strip()],
            "address": settings.SITE_ADDRESS.partition("://")[2] + appeal.get_absolute_url(),
        },
    )
