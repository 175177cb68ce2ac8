"""Many hands at once on one thing: one has it, whatever the database."""

import itertools

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from maillage.messaging.models import Message
from maillage.resources import actions
from maillage.resources.models import HeldSlot, Loan
from tests.charters.test_sign_together import all_at_once
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.resources import ResourceFactory, at_hour, loan_of

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


def waiting(resource, tilleuls, number, **fields):
    """As many loans asked for the same hours."""
    borrowers = [OrganisationFactory(territories=[tilleuls]) for _ in range(number)]
    return [loan_of(resource, borrower, **fields) for borrower in borrowers]


def accept_all(loans, amina, now):
    return all_at_once(lambda loan: actions.accept_loan(loan, actor=amina, at=now), loans)


def test_twelve_acceptances_promise_it_once(tilleuls, entraide, amina, now):
    loans = waiting(ResourceFactory(owner=entraide), tilleuls, MANY)
    results = accept_all(loans, amina, now)
    refusals = [result for result in results if not isinstance(result, Loan)]
    assert len(refusals) == MANY - 1
    assert all(isinstance(refusal, actions.AlreadyPromised) for refusal in refusals), refusals
    assert Loan.objects.promised().count() == 1
    assert Message.objects.filter(kind="loan_accepted").count() == 1


def test_loans_that_only_overlap_are_never_both_promised(tilleuls, entraide, amina, now):
    resource = ResourceFactory(owner=entraide)
    loans = [
        waiting(resource, tilleuls, 1, starts_at=at_hour(8 + n), ends_at=at_hour(10 + n))[0] for n in range(MANY)
    ]
    results = accept_all(loans, amina, now)
    assert not [r for r in results if not isinstance(r, (Loan, actions.AlreadyPromised))], results
    held = sorted(Loan.objects.promised().values_list("starts_at", "ends_at"))
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(held)), held


def test_of_five_there_are_never_six(tilleuls, entraide, amina, now):
    resource = ResourceFactory(owner=entraide, quantity=5)
    results = accept_all(waiting(resource, tilleuls, MANY, quantity=2), amina, now)
    assert sum(isinstance(result, Loan) for result in results) == 2
    assert set(HeldSlot.objects.values_list("taken", flat=True)) == {4}


def test_one_acceptance_sent_twelve_times(tilleuls, entraide, amina, now):
    loan = waiting(ResourceFactory(owner=entraide), tilleuls, 1)[0]
    results = accept_all([loan] * MANY, amina, now)
    assert sum(isinstance(result, Loan) for result in results) == 1
    assert set(HeldSlot.objects.values_list("taken", flat=True)) == {1}


def test_one_request_sent_twelve_times_is_one(tilleuls, entraide, amina, now):
    borrower, resource = OrganisationFactory(territories=[tilleuls]), ResourceFactory(owner=entraide)
    asker = MembershipFactory(organisation=borrower, manager=True).user

    def ask(_):
        hours = {"starts_at": at_hour(9), "ends_at": at_hour(10)}
        return actions.ask_loan(resource, borrower=borrower, actor=asker, at=now, **hours)

    results = all_at_once(ask, range(MANY))
    assert sum(isinstance(result, Loan) for result in results) == 1, results
    assert Message.objects.filter(kind="loan_asked").count() == 1


def test_cancelling_and_handing_out_at_once_leaves_one_of_the_two(tilleuls, entraide, amina, now):
    borrower = OrganisationFactory(territories=[tilleuls])
    asker = MembershipFactory(organisation=borrower, manager=True).user
    loan = loan_of(ResourceFactory(owner=entraide), borrower, state="accepted")
    gestures = [
        lambda: actions.cancel_loan(loan, words="Non.", actor=asker, at=now),
        lambda: actions.hand_out(loan, state_noted="Propre.", actor=amina, at=now),
    ] * (MANY // 2)
    results = all_at_once(lambda gesture: gesture(), gestures)
    assert sum(isinstance(result, Loan) for result in results) == 1, results
    loan.refresh_from_db()
    assert HeldSlot.objects.exists() is (loan.state == "out")


def test_the_database_itself_refuses_the_one_too_many(entraide):
    resource = ResourceFactory(owner=entraide)
    HeldSlot.objects.create(resource=resource, slot=1, taken=1, capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldSlot.objects.update(taken=F("taken") + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldSlot.objects.create(resource=resource, slot=1, capacity=1)
