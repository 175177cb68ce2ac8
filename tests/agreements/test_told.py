"""Who is told what: a proof for whoever signs, nothing behind anybody's back, one reminder."""

import datetime

import pytest
from django.utils import timezone

from maillage.agreements import actions, queries
from maillage.agreements.models import Agreement
from maillage.messaging.models import Message
from tests.factories.agreements import agreement_of, signed_for
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import day_in, somebody_of

pytestmark = pytest.mark.django_db


def told(kind):
    return list(Message.objects.filter(kind=kind).order_by("recipient").values_list("recipient", flat=True))


def test_whoever_signs_receives_the_proof(amina, bruno, entraide, jardins):
    agreement = signed_for(agreement_of(entraide, [jardins], state="to_sign"), entraide)
    proof = Message.objects.get(kind="receipt")
    assert proof.recipient == amina.email
    party = agreement.parties.get(organisation=entraide)
    for words in (agreement.sha256, party.entry.hash, "Entraide du Parc"):
        assert words in proof.body
    assert told("signed_by_one") == [bruno.email]


def test_a_party_that_others_remove_is_told(amina, bruno, entraide, jardins):
    third = OrganisationFactory(name="Une troisième")
    somebody_of(third)
    agreement = agreement_of(entraide, [jardins, third])
    actions.remove_party(agreement, agreement.parties.get(organisation=jardins), actor=amina, at=timezone.now())
    assert told("party_removed") == [bruno.email]


def test_whoever_leaves_by_themselves_is_not_told(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins, OrganisationFactory()])
    actions.remove_party(agreement, agreement.parties.get(organisation=jardins), actor=bruno, at=timezone.now())
    assert told("party_removed") == []


def test_a_text_that_is_opened_again_is_said(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="to_sign")
    actions.take_back(agreement, actor=amina, at=timezone.now())
    assert told("reopened") == [bruno.email]


def test_a_week_later_who_has_not_signed_is_reminded_once(amina, bruno, entraide, jardins):
    agreement = signed_for(agreement_of(entraide, [jardins], state="to_sign"), entraide)
    actions.follow_agreements(at=agreement.frozen_at + datetime.timedelta(days=6))
    assert told("still_to_sign") == []
    for day in (7, 8):
        actions.follow_agreements(at=agreement.frozen_at + datetime.timedelta(days=day))
    assert told("still_to_sign") == [bruno.email]


def test_what_is_being_renewed_is_not_asked_about_again(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed", ends_on=day_in(30))
    today = timezone.localdate()
    assert [str(line.what) for line in queries.waiting_for(bruno, today=today)] == [
        "Convention qui se termine : la renouveler ?"
    ]
    renewal = actions.start_agreement(
        organisation=entraide,
        others=[jardins],
        title="Encore un an",
        starts_on=day_in(31),
        renews=agreement,
        actor=amina,
        at=timezone.now(),
    )
    assert queries.waiting_for(bruno, today=today) == []
    actions.follow_agreements(at=timezone.now())
    assert told("ends_soon") == []
    Agreement.objects.filter(pk=renewal.pk).update(state="dropped")
    actions.follow_agreements(at=timezone.now())
    assert len(told("ends_soon")) == 2
