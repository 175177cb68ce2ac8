"""The same gesture by many hands at the same moment: done once, on both databases."""

import datetime

import pytest
from django.utils import timezone

from maillage.agreements import actions
from maillage.agreements.models import Agreement
from maillage.charters.models import RegisterEntry
from maillage.messaging.models import Message
from tests.charters.test_sign_together import all_at_once, register_is_whole
from tests.factories.agreements import agreement_of
from tests.factories.organisations import MandateFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def with_a_mandate(user, organisation):
    if not user.mandates.exists():
        MandateFactory(user=user, organisation=organisation)


def test_two_parties_sign_from_many_windows(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="to_sign")
    people = {entraide.pk: (entraide, amina), jardins.pk: (jardins, bruno)}
    for organisation, user in people.values():
        with_a_mandate(user, organisation)

    def sign(key):
        organisation, actor = people[key]
        return actions.sign_agreement(
            agreement, organisation=organisation, sha256=agreement.sha256, actor=actor, at=timezone.now()
        )

    results = all_at_once(sign, [entraide.pk, jardins.pk] * MANY)
    assert sum(isinstance(result, Agreement) for result in results) == 2, results
    assert RegisterEntry.objects.filter(event="agreement").count() == 2
    assert Message.objects.filter(kind="receipt").count() == 2
    assert Message.objects.filter(kind="signed_by_all").count() == 2
    agreement.refresh_from_db()
    assert agreement.state == "signed"
    assert register_is_whole()


def test_nobody_signs_a_text_that_is_being_opened_again(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="to_sign")
    told = {"at": timezone.now()}
    with_a_mandate(bruno, jardins)

    def sign():
        return actions.sign_agreement(agreement, organisation=jardins, sha256=agreement.sha256, actor=bruno, **told)

    def reopen():
        return actions.take_back(agreement, actor=amina, **told)

    all_at_once(lambda work: work(), [sign, reopen] * (MANY // 2))
    agreement.refresh_from_db()
    signed = agreement.parties.exclude(signed_at=None).count()
    assert (agreement.state, signed) in {("to_sign", 1), ("review", 0)}
    assert RegisterEntry.objects.filter(event="agreement").count() == signed


def test_of_many_who_write_one_is_kept_and_the_others_are_told(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins])

    def write(number):
        return actions.change_clauses(
            agreement,
            [("Le local", f"Salle {number}")],
            edition=1,
            actor=(amina, bruno)[number % 2],
            at=timezone.now(),
        )

    results = all_at_once(write, range(MANY))
    assert sum(isinstance(result, Agreement) for result in results) == 1
    assert sum(isinstance(result, actions.AlreadyChanged) for result in results) == MANY - 1, results
    assert agreement.clauses.count() == 1


def test_the_daily_duty_that_runs_twice_tells_once(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="to_sign")
    Agreement.objects.filter(pk=agreement.pk).update(frozen_at=timezone.now() - datetime.timedelta(days=9))
    all_at_once(lambda _: actions.follow_agreements(at=timezone.now()), range(MANY))
    assert Message.objects.filter(kind="still_to_sign").count() == 2
