"""Borrowing: asking, the answer, out, back, closed; what is refused, and who is told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from maillage.resources import actions
from maillage.resources.models import HeldSlot, Loan
from tests.factories.organisations import MembershipFactory
from tests.factories.resources import ResourceFactory, at_hour, loan_of
from tests.harness.outcome import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle(entraide, amina):
    """A room that Amina's association lends."""
    return ResourceFactory(owner=entraide, title="La grande salle", conditions="Ménage fait.", deposit=50)


def asked(resource, borrower, actor, now, **fields):
    hours = {"starts_at": at_hour(14), "ends_at": at_hour(18), **fields}
    return actions.ask_loan(resource, borrower=borrower, actor=actor, at=now, **hours)


def test_from_the_asking_to_the_closing(salle, jardins, amina, bruno, now):
    loan = asked(salle, jardins, bruno, now, message="Une fête.")
    assert (loan.state, told("loan_asked"), HeldSlot.objects.count()) == ("asked", ["amina"], 0)

    loan = actions.accept_loan(loan, actor=amina, at=now, words="Avec plaisir.")
    assert (loan.state, told("loan_accepted")) == ("accepted", ["bruno"])
    assert HeldSlot.objects.full().count() == 8

    loan = actions.hand_out(loan, state_noted="Propre.", deposit_received=True, actor=amina, at=loan.starts_at)
    loan = actions.take_back(loan, state_noted="Propre.", deposit_returned=True, actor=amina, at=at_hour(16))
    assert (loan.state, loan.deposit_returned_on) == ("closed", at_hour(16).date())
    assert HeldSlot.objects.full().count() == 4, "back early, the rest of its hours is free"


def test_what_is_not_settled_keeps_the_loan_open(salle, jardins, amina, bruno, now):
    loan = loan_of(salle, jardins, state="out")
    loan = actions.take_back(loan, state_noted="Une vitre.", incident="Vitre cassée.", actor=amina, at=loan.ends_at)
    assert (loan.state, told("loan_incident")) == ("back", ["bruno"])
    actions.note_incident(loan, words="Nous la remplaçons.", actor=bruno, at=now)
    assert told("loan_incident") == ["amina", "bruno"]
    loan = actions.close_loan(loan, words="Remplacée.", deposit_returned=True, actor=amina, at=loan.ends_at)
    assert loan.state == "closed"
    assert "Les Jardins partagés : Nous la remplaçons." in loan.incident


def test_conditions_are_those_of_the_day_it_was_asked(salle, jardins, amina, bruno, tilleuls, now):
    loan = asked(salle, jardins, bruno, now)
    actions.change_resource(salle, territories=[tilleuls], actor=amina, at=now, conditions="Autres.", deposit=500)
    loan.refresh_from_db()
    assert (loan.conditions, loan.deposit) == ("Ménage fait.", 50)


def test_what_is_promised_is_not_asked_nor_accepted_again(salle, jardins, amina, bruno, now):
    first, second = asked(salle, jardins, bruno, now), asked(salle, jardins, bruno, now, starts_at=at_hour(17))
    actions.accept_loan(first, actor=amina, at=now)
    with pytest.raises(actions.AlreadyPromised):
        asked(salle, jardins, bruno, now, starts_at=at_hour(13), ends_at=at_hour(15))
    with pytest.raises(actions.AlreadyPromised):
        actions.accept_loan(second, actor=amina, at=now)
    second.refresh_from_db()
    assert second.state == "asked"
    asked(salle, jardins, bruno, now, starts_at=at_hour(18), ends_at=at_hour(20))


def test_cancelled_its_hours_are_free_again(salle, jardins, amina, bruno, now):
    loan = loan_of(salle, jardins, state="accepted")
    actions.cancel_loan(loan, words="La fête est reportée.", actor=bruno, at=now)
    assert (HeldSlot.objects.count(), told("loan_cancelled")) == (0, ["amina"])
    actions.accept_loan(asked(salle, jardins, bruno, now), actor=amina, at=now)


def test_of_twenty_chairs_twenty_are_lent_and_no_more(entraide, jardins, amina, bruno, now):
    chairs = ResourceFactory(owner=entraide, kind="equipment", quantity=20)
    loan_of(chairs, jardins, state="accepted", quantity=12)
    with pytest.raises(actions.AlreadyPromised):
        asked(chairs, jardins, bruno, now, quantity=9)
    loan_of(chairs, jardins, state="accepted", quantity=8)
    with pytest.raises(actions.AlreadyPromised):
        actions.change_resource(
            chairs, territories=chairs.territories.all(), actor=amina, at=now, title="Chaises", quantity=19
        )
    with pytest.raises(ValidationError, match="autant"):
        asked(chairs, jardins, bruno, now, quantity=21, starts_at=at_hour(8), ends_at=at_hour(9))


def test_the_thing_leaves_once_the_loan_before_is_back(salle, jardins, amina, bruno, now):
    loan_of(salle, jardins, state="out", starts_at=at_hour(8), ends_at=at_hour(10))
    after = loan_of(salle, jardins, state="accepted")
    with pytest.raises(actions.NotBackYet):
        actions.hand_out(after, state_noted="Propre.", actor=amina, at=after.starts_at)


def test_its_owner_takes_it_at_once_and_nobody_is_written_to(salle, entraide, amina, now):
    loan = asked(salle, entraide, amina, now)
    assert (loan.state, told("loan_asked"), HeldSlot.objects.count()) == ("accepted", [], 8)
    with pytest.raises(actions.OutOfTurn):
        actions.hand_out(loan, state_noted="", actor=amina, at=now)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_at": at_hour(14)}, "ends_at"),
        ({"starts_at": at_hour(14) - datetime.timedelta(minutes=10)}, "starts_at"),
        ({"starts_at": at_hour(14, days=-1)}, "starts_at"),
        ({"starts_at": at_hour(14, days=500), "ends_at": at_hour(18, days=500)}, "starts_at"),
        ({"ends_at": at_hour(18, days=40)}, "ends_at"),
    ],
)
def test_moments_that_are_refused(salle, jardins, bruno, now, fields, field):
    with pytest.raises(ValidationError) as refusal:
        asked(salle, jardins, bruno, now, **fields)
    assert field in refusal.value.error_dict


def test_within_its_weekly_hours(salle, jardins, amina, bruno, now):
    weekday = at_hour(14).weekday()
    actions.add_slot(
        salle, weekday=weekday, starts_at=datetime.time(14), ends_at=datetime.time(22), actor=amina, at=now
    )
    with pytest.raises(ValidationError):
        asked(salle, jardins, bruno, now, starts_at=at_hour(13))
    with pytest.raises(ValidationError):
        asked(salle, jardins, bruno, now, ends_at=at_hour(14, days=4))
    asked(salle, jardins, bruno, now)
    assert asked(salle, jardins, bruno, now, ends_at=at_hour(18, days=10)).state == "asked", (
        "leaves, comes back in it"
    )


@pytest.mark.parametrize("person", ["bruno", "hugo", "chloe", "elsa", "fatou"])
def test_the_owner_alone_answers(request, salle, jardins, bruno, now, person):
    loan = asked(salle, jardins, bruno, now)
    for gesture in (actions.accept_loan, actions.refuse_loan):
        with pytest.raises(PermissionDenied):
            gesture(loan, words="Non.", actor=request.getfixturevalue(person), at=now)


@pytest.mark.parametrize("person", ["hugo", "chloe", "elsa", "fatou"])
def test_nobody_borrows_in_the_name_of_another(request, salle, jardins, now, person):
    with pytest.raises(PermissionDenied):
        asked(salle, jardins, request.getfixturevalue(person), now)


def test_an_association_of_elsewhere_asks_for_what_is_offered_everywhere(salle, boxe, hugo, now):
    with pytest.raises(PermissionDenied):
        asked(salle, boxe, hugo, now)
    salle.audience = "everywhere"
    salle.save()
    assert asked(salle, boxe, hugo, now).borrower == boxe


def test_a_network_lends_to_its_members(jardins, entraide, bruno, amina, federation, now):
    resource = ResourceFactory(owner=jardins, audience="network", network=federation)
    with pytest.raises(PermissionDenied):
        asked(resource, entraide, amina, now)


def test_a_gesture_out_of_its_turn_says_where_the_loan_is(salle, jardins, amina, bruno, now):
    loan = loan_of(salle, jardins, state="accepted")
    with pytest.raises(actions.OutOfTurn, match="accepté"):
        actions.refuse_loan(loan, words="Non.", actor=amina, at=now)


def test_what_each_day_tells_is_told_once(salle, jardins, amina, bruno, now):
    loan_of(salle, jardins, state="accepted", at=now - datetime.timedelta(days=2))
    day_before = at_hour(8, days=2)
    for _twice in range(2):
        actions.follow_loans(at=day_before)
    assert told("loan_tomorrow") == ["amina", "bruno"]

    loan = Loan.objects.get()
    actions.hand_out(loan, state_noted="Propre.", actor=amina, at=loan.starts_at)
    for days in (4, 4, 5, 11):
        actions.follow_loans(at=at_hour(8, days=days))
    assert told("loan_overdue") == ["amina", "amina", "bruno", "bruno"], "then each week"


def test_what_an_owner_kept_for_itself_closes_by_itself(salle, entraide, amina, now):
    loan = asked(salle, entraide, amina, now)
    assert actions.follow_loans(at=at_hour(8, days=4))["own"] == 1
    loan.refresh_from_db()
    assert loan.state == "closed"


def test_somebody_of_a_public_partner_is_not_written_to(salle, jardins, prefecture, bruno, amina, now):
    MembershipFactory(user=amina, organisation=prefecture)
    asked(salle, jardins, bruno, now)
    assert told("loan_asked") == []
