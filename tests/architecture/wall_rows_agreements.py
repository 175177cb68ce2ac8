"""Agreements: rows that could leak, and who may see each."""

from django.utils import timezone

from maillage.agreements.models import Attachment, ChangeRequest, Instalment
from tests.factories.agreements import agreement_of
from tests.factories.resources import day_in

from .wall_rows import LeakRow

PARTIES = frozenset({"amina", "bruno"})


def agreement(request, **fields):
    fixture = request.getfixturevalue
    fixture("amina"), fixture("bruno")
    return agreement_of(fixture("entraide"), [fixture("jardins")], **fields)


def agreement_shown(request):
    made = agreement(request)
    made.shown_at = timezone.now()
    made.save()
    return made


def agreement_with_the_prefecture(request):
    fixture = request.getfixturevalue
    fixture("amina"), fixture("fatou")
    return agreement_of(fixture("entraide"), [fixture("prefecture")])


def clause(request):
    return agreement(request).clauses.first()


def party(request):
    return agreement(request).parties.first()


def instalment(request):
    return Instalment.objects.create(agreement=agreement(request), due_on=day_in(9), amount=10)


def change_request(request):
    return ChangeRequest.objects.create(
        agreement=agreement(request),
        organisation=request.getfixturevalue("jardins"),
        words="Trop cher.",
        asked_at=timezone.now(),
    )


def attachment(request):
    return Attachment.objects.create(
        agreement=agreement(request), title="État", extension="pdf", sha256="0" * 64, added_at=timezone.now()
    )


ROWS = {
    "agreements.Agreement": [
        LeakRow(agreement, PARTIES, "its parties, not even the coordination"),
        LeakRow(agreement_shown, PARTIES | {"elsa"}, "a party shows it to the coordination"),
        LeakRow(
            agreement_with_the_prefecture,
            frozenset({"amina", "fatou"}),
            "a public partner reads what it is a party to",
            of_the_partner=True,
        ),
    ],
    "agreements.Clause": [LeakRow(clause, PARTIES, "as its agreement")],
    "agreements.Party": [LeakRow(party, PARTIES, "as its agreement")],
    "agreements.Instalment": [LeakRow(instalment, PARTIES, "as its agreement")],
    "agreements.ChangeRequest": [LeakRow(change_request, PARTIES, "as its agreement")],
    "agreements.Attachment": [LeakRow(attachment, PARTIES, "as its agreement")],
}
