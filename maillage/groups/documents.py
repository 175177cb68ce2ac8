"""The minutes of a meeting, and the list of who is expected, as PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf

from .models import Decision
from .permissions import is_inside
from .queries import names_of, presence_table

FOLDER = Path(__file__).parent / "typst"


def _heading(meeting):
    day = date_format(meeting.date, "l j F Y")
    hours = gettext("de %(start)s à %(end)s") % {
        "start": time_format(meeting.starts_at, "H:i"),
        "end": time_format(meeting.ends_at, "H:i"),
    }
    return {
        "group": meeting.group.name,
        "when": f"{day}, {hours}",
        "place": meeting.place,
        "author": meeting.group.name,
        "lang": (get_language() or "fr")[:2],
        "address": settings.SITE_ADDRESS + meeting.get_absolute_url(),
    }


def minutes_pdf(meeting, *, user):
    """The minutes of ``meeting`` (bytes), as ``user`` may read them. Before they are validated they say so at the top
    of each page. An invited partner reads neither who was excused, nor residents' names, nor decisions not shared.
    """
    inside = is_inside(user, meeting.group)
    items = meeting.agenda.prefetch_related("action_points__organisation")
    table = presence_table(meeting)
    present = names_of([line for line in table if line["was_present"]], inside=inside)
    excused = [line for line in table if inside and line["answer"] == "excused" and not line["was_present"]]
    decisions = list(Decision.objects.visible_to(user).filter(meeting=meeting).order_by("pk"))
    title = gettext("Compte rendu : %(group)s, %(day)s") % {
        "group": meeting.group.name,
        "day": date_format(meeting.date, "j F Y"),
    }
    state = (
        gettext("Validé le %(day)s") % {"day": date_format(meeting.validated_at, "j F Y")}
        if meeting.validated_at
        else gettext("Projet : pas encore validé par les participants")
    )
    return compile_pdf(
        FOLDER / "minutes.typ",
        {
            **_heading(meeting),
            "title": title,
            "heading": meeting.title or gettext("Compte rendu de réunion"),
            "description": gettext("Compte rendu d’une réunion entre associations"),
            "state": state,
            "present": [gettext("Présents"), present + ([meeting.others_present] if meeting.others_present else [])],
            "excused": [gettext("Excusés"), names_of(excused, inside=inside)],
            "to_do": gettext("À faire"),
            "columns": [gettext("Quoi"), gettext("Qui"), gettext("Pour le")],
            "decided": gettext("Décision :"),
            "decisions_title": gettext("Décisions"),
            "decisions": [_decision(row) for row in decisions if row.item_id is None],
            "items": [_item(number, item, decisions) for number, item in enumerate(items, start=1)],
        },
    )


def _item(number, item, decisions):
    return {
        "decisions": [_decision(row) for row in decisions if row.item_id == item.pk],
        "title": f"{number}. {item.title}",
        "paragraphs": [line for line in item.notes.split("\n") if line.strip()],
        "points": [
            [
                point.wording,
                point.organisation.name if point.organisation else "—",
                date_format(point.due_on, "j F Y") if point.due_on else "—",
            ]
            for point in item.action_points.all()
        ],
    }


def _decision(row):
    state = row.get_outcome_display() or row.get_stage_display()
    return {"title": row.title, "state": state, "text": row.closing_words or row.proposal}


def presence_pdf(meeting):
    """The list of members and seats, to print, tick and sign at the door; a few empty lines at its end."""
    lines = [[str(line["who"]), line["answer"] and _answer(line["answer"])] for line in presence_table(meeting)]
    return compile_pdf(
        FOLDER / "presence.typ",
        {
            **_heading(meeting),
            "title": gettext("Présence : %(group)s, %(day)s")
            % {"group": meeting.group.name, "day": date_format(meeting.date, "j F Y")},
            "description": gettext("Liste de présence"),
            "columns": [
                gettext("Association, ou siège"),
                gettext("Avait dit"),
                gettext("Qui représente (prénom, fonction)"),
                gettext("Là"),
            ],
            "lines": lines,
            "empty": 4,
            "agenda_title": gettext("Ordre du jour"),
            "agenda": [item.title for item in meeting.agenda.all()],
        },
    )


def _answer(answer):
    return gettext("vient") if answer == "comes" else gettext("excusée")
