"""The synthesis to print, and the form that residents and partners fill on paper: PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf

from .models import PaperCount

FOLDER = Path(__file__).parent / "typst"


def _heading(campaign):
    return {
        "author": settings.SITE_NAME,
        "lang": (get_language() or "fr")[:2],
        "place": f"{campaign.place}, {campaign.year}",
        "address": settings.SITE_ADDRESS + campaign.get_absolute_url(),
    }


def synthesis_pdf(campaign, synthesis, steps):
    """What the ``synthesis`` of ``campaign`` says, and what changes next (bytes)."""
    return compile_pdf(
        FOLDER / "synthesis.typ",
        {
            **_heading(campaign),
            "title": str(campaign),
            "description": gettext("Synthèse d’un bilan de la charte"),
            "notice": gettext(
                "%(number)s organisations ont répondu. Ce n’est ni une note ni un classement : les réponses peu"
                " nombreuses sont réunies, et les mots de chacune restent chez elle."
            )
            % {"number": synthesis.answered},
            "columns": [gettext("Réponse"), gettext("Nombre")],
            "too_few": gettext("Pas assez de réponses, ou trop différentes, pour être montrées."),
            "sections": [
                [gettext("Où nous en sommes"), _tables(synthesis.figures)],
                [gettext("Freins et leviers"), _tables([synthesis.brakes, synthesis.levers])],
                [gettext("Ce qu’en disent habitants et partenaires"), _tables(synthesis.views)],
            ],
            "steps_title": gettext("Ce que nous changeons"),
            "steps_adopted": _adopted(campaign),
            "steps": [_step(step) for step in steps],
        },
    )


def _tables(figures):
    return [
        {"title": str(figure.title), "rows": [[str(words), str(number)] for words, number in figure.pairs]}
        for figure in figures
    ]


def _adopted(campaign):
    if not campaign.adopted_on:
        return ""
    return gettext("Adopté le %(day)s : %(who)s") % {
        "day": date_format(campaign.adopted_on, "j F Y"),
        "who": campaign.adopted_by,
    }


def _step(step):
    day = date_format(step.due_on, "j F Y") if step.due_on else ""
    return " · ".join(filter(None, (step.text, step.carried_by, day)))


def paper_form_pdf(campaign):
    """One page to print and hand out: three questions, boxes, no name."""
    return compile_pdf(
        FOLDER / "paper.typ",
        {
            **_heading(campaign),
            "title": gettext("Votre avis sur ce que font les associations, ensemble"),
            "description": gettext("Feuille à remplir, sans nom"),
            "who": [
                gettext("Je suis :"),
                gettext("une habitante, un habitant"),
                gettext("quelqu’un qui travaille avec les associations"),
            ],
            "questions": [str(label) for label in PaperCount.Question.labels],
            "answers": [str(label) for label in PaperCount.Answer.labels],
            "notice": gettext(
                "Ne mettez pas votre nom. Cochez une case par ligne. On compte les réponses, puis les feuilles sont"
                " détruites ; rien ne se dit en dessous de cinq feuilles."
            ),
            "column": gettext("Qu’en pensez-vous ?"),
        },
    )
