"""The agreement sheet of a loan, to print and sign, as PDF/UA-1."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from maillage.ui.days import date_format
from maillage.ui.pdf import compile_pdf

from .queries import when_words

FOLDER = Path(__file__).parent / "typst"


def euros(amount):
    """'15,00 €', or 'rien'."""
    if not amount:
        return gettext("rien")
    return gettext("%(amount)s €") % {"amount": number_format(amount, 2)}


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""


def loan_sheet(loan):
    """The sheet of ``loan`` (bytes): who, what, when, under which conditions, its state out and back, two places to
    sign. What is not noted yet is a line to fill by hand.
    """
    resource = loan.resource
    title = gettext("Prêt : %(title)s") % {"title": resource.title}
    what = f"{loan.quantity} × {resource.title}" if resource.quantity > 1 else resource.title
    facts = [
        (gettext("Ce qui est prêté"), f"{what} ({resource.get_kind_display()})"),
        (gettext("Prêté par"), resource.owner.name),
        (gettext("Emprunté par"), loan.borrower.name),
        (gettext("Quand"), when_words(loan)),
        (gettext("Où"), resource.place),
        (gettext("Pour quoi faire"), loan.message),
        (gettext("Participation à l’entretien"), euros(loan.upkeep_fee)),
        (gettext("Caution"), euros(loan.deposit)),
    ]
    return compile_pdf(
        FOLDER / "loan.typ",
        {
            "title": title,
            "description": gettext("Feuille d’accord d’un prêt entre deux associations"),
            "author": resource.owner.name,
            "lang": (get_language() or "fr")[:2],
            "address": settings.SITE_ADDRESS + loan.get_absolute_url(),
            "state": gettext("État au %(day)s : %(state)s")
            % {"day": date_format(timezone.localdate(), "j F Y"), "state": loan.get_state_display()},
            "facts": [fact for fact in facts if fact[1]],
            "conditions_label": gettext("Conditions convenues"),
            "conditions": loan.conditions.splitlines() or [gettext("Aucune condition particulière.")],
            "sides": [
                _side(gettext("Au départ"), loan.out_at, loan.out_state, _deposit_out(loan)),
                _side(gettext("Au retour"), loan.back_at, loan.back_state, _deposit_back(loan)),
            ],
            "incident_label": gettext("Incident"),
            "incident": loan.incident,
            "signatures": [
                (gettext("Pour %(name)s, qui prête") % {"name": resource.owner.name}),
                (gettext("Pour %(name)s, qui emprunte") % {"name": loan.borrower.name}),
            ],
            "sign_hint": gettext("Nom, date, signature"),
        },
    )


def _side(label, at, noted, deposit):
    return {
        "label": label,
        "when": _day(at),
        "when_label": gettext("Le"),
        "noted": noted,
        "noted_label": gettext("État"),
        "deposit": deposit,
    }


def _deposit_out(loan):
    if not loan.deposit:
        return ""
    if loan.deposit_received_on:
        return gettext("Caution reçue le %(day)s") % {"day": date_format(loan.deposit_received_on, "j F Y")}
    return gettext("Caution reçue : oui / non")


def _deposit_back(loan):
    if not loan.deposit:
        return ""
    if loan.deposit_returned_on:
        return gettext("Caution rendue le %(day)s") % {"day": date_format(loan.deposit_returned_on, "j F Y")}
    return gettext("Caution rendue : oui / non")
