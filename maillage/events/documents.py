"""The month of a territory, to print and hang, as PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from maillage.organisations.audiences import anybody
from maillage.ui.pdf import compile_pdf, qr_svg

from .models import Event
from .queries import month_of

FOLDER = Path(__file__).parent / "typst"
LARGE, MIDDLE, SMALL = 16, 13, 11
"""Points of the text on A4, as there is more to say; on A3, half as much again."""


def month_poster(territory, first, *, paper="a4"):
    """The public dates of ``territory`` in the month that begins on ``first`` (bytes); None where there are none.
    ``paper``: "a4" or "a3".
    """
    content = poster_content(territory, first, paper=paper)
    return content and compile_pdf(FOLDER / "month.typ", content)


def poster_content(territory, first, *, paper):
    """What the poster says; None where there is nothing. The same whoever asks: nothing of the association space is
    ever on a wall.
    """
    days = [day for day in month_of(anybody(), territory, first) if any(not one.is_off for one in day.occurrences)]
    if not days:
        return None
    page = f"{settings.SITE_ADDRESS}{reverse('events:month', args=[territory.slug])}"
    month = date_format(first, "F Y")
    dates = sum(len(day.occurrences) for day in days)
    size = LARGE if dates <= 9 else MIDDLE if dates <= 16 else SMALL
    return {
        "paper": paper,
        "size": size * (1.45 if paper == "a3" else 1),
        "lang": (get_language() or "fr")[:2],
        "title": gettext("Agenda de %(month)s") % {"month": month},
        "place": territory.name,
        "author": gettext("Les associations du quartier"),
        "description": gettext("Ce qui se passe à %(name)s en %(month)s") % {"name": territory.name, "month": month},
        "days": [_day(day) for day in days],
        "qr": qr_svg(page),
        "qr_alt": gettext("Code à photographier : l’agenda en ligne, %(address)s") % {"address": page},
        "online": gettext("L’agenda à jour, sur votre téléphone, sans compte :"),
        "address": page.partition("://")[2],
        "printed": gettext("Imprimé le %(day)s. Ce qui change est en ligne.")
        % {"day": date_format(timezone.localdate(), "j F Y")},
    }


def _day(day):
    return {
        "weekday": capfirst(date_format(day.date, "l")),
        "number": str(day.date.day),
        "label": capfirst(date_format(day.date, "l j F")),
        "events": [_event(one) for one in day.occurrences if not one.is_off],
    }


def _event(date):
    event = date.event
    told = [event.place]
    if event.for_whom != Event.ForWhom.ALL:
        told.append(gettext("pour %(public)s") % {"public": event.get_for_whom_display()})
    if event.feed_id is None:
        told.append(gettext("gratuit") if event.is_free else event.price)
    return {
        "hours": hours_of(date),
        "title": event.title,
        "told": " · ".join(part for part in told if part),
        "booking": event.booking,
    }


def hours_of(date):
    """'18:00 – 20:00'; '' for the whole day."""
    if date.event.is_all_day:
        return ""
    return f"{date.local_start:%H:%M} – {date.local_end:%H:%M}"
