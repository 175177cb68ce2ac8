"""The month of a territory, to print and hang, as PDF/UA-1."""

import calendar as weeks
import math
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from maillage.organisations.audiences import anybody
from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf, qr_svg

from .models import Event
from .queries import MOST_OF_A_MONTH, occurrences

FOLDER = Path(__file__).parent / "typst"
SIZES = ((5, 19), (8, 16), (12, 13.5), (18, 11.5), (math.inf, 10.5))
"""(lines at most, points of the text on A4): larger where there is less to say; on A3, half as much again."""


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
    once, regular = _of_the_month(territory, first)
    if not once and not regular:
        return None
    page = f"{settings.SITE_ADDRESS}{reverse('events:month', args=[territory.slug])}"
    month = date_format(first, "F Y")
    size = next(size for most, size in SIZES if len(once) + len(regular) <= most)
    return {
        "paper": paper,
        "size": size * (1.45 if paper == "a3" else 1),
        "lang": (get_language() or "fr")[:2],
        "title": gettext("Agenda de %(month)s") % {"month": month},
        "place": territory.name,
        "author": gettext("Les associations du quartier"),
        "description": gettext("Ce qui se passe à %(name)s en %(month)s") % {"name": territory.name, "month": month},
        "regular_title": gettext("Chaque semaine, chaque mois"),
        "once_title": gettext("Ce mois-ci"),
        "regular": regular,
        "once": once,
        "qr": qr_svg(page),
        "qr_alt": gettext("Code à photographier : l’agenda en ligne, %(address)s") % {"address": page},
        "online": gettext("L’agenda à jour, sur votre téléphone, sans compte :"),
        "address": page.partition("://")[2],
        "printed": gettext("Imprimé le %(day)s. Ce qui change est en ligne.")
        % {"day": date_format(timezone.localdate(), "j F Y")},
    }


def _of_the_month(territory, first):
    """(what comes once, what comes again and again), as the poster says each, in the order of the days."""
    last = first.replace(day=weeks.monthrange(first.year, first.month)[1])
    series = {}
    found = occurrences(anybody(), territory=territory, since=first, until=last)[:MOST_OF_A_MONTH]
    for date in found:
        if not date.is_off:
            key = (date.event_id, date.local_start.weekday(), hours_of(date))
            series.setdefault(key, []).append(date)
    once = [_event(dates[0], _day(dates[0])) for dates in series.values() if len(dates) == 1]
    regular = [_event(dates[0], _days(dates)) for dates in series.values() if len(dates) > 1]
    return once, regular


def _day(date):
    """'Samedi 5', or 'Du 18 au 20'."""
    if date.last_day == date.first_day:
        return capfirst(date_format(date.first_day, "l j"))
    is_same = date.first_day.month == date.last_day.month
    days = {
        "first": date_format(date.first_day, "j" if is_same else "j F"),
        "last": date_format(date.last_day, "j F"),
    }
    return gettext("Du %(first)s au %(last)s") % days


def _days(dates):
    """'Mardi 1, 8, 15'."""
    numbers = ", ".join(str(date.first_day.day) for date in dates)
    return f"{capfirst(date_format(dates[0].first_day, 'l'))} {numbers}"


def _event(date, when):
    event = date.event
    told = [event.place]
    if event.for_whom != Event.ForWhom.ALL:
        told.append(gettext("pour %(public)s") % {"public": event.get_for_whom_display()})
    if event.feed_id is None:
        told.append(gettext("gratuit") if event.is_free else event.price)
    return {
        "when": when,
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
