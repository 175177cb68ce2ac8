"""Accounts where nobody comes any more: warned, then forgotten, unless they come back."""

import datetime

import pytest
from django.core import mail

from maillage.accounts.models import User
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from maillage.privacy.actions import follow_inactive_accounts
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db

NOBODY = {"warned": 0, "forgotten": 0, "back": 0, "staff": 0}


def days(number):
    return datetime.timedelta(days=number)


@pytest.fixture
def silent(chloe, now):
    """Chloé was last seen two years and a day ago."""
    User.objects.filter(pk=chloe.pk).update(date_joined=now - days(2000), last_login=now - days(731))
    return chloe


def test_who_came_lately_is_left_in_peace(chloe, now):
    User.objects.update(date_joined=now - days(2000), last_login=now - days(700))
    assert follow_inactive_accounts(at=now) == NOBODY
    assert not Message.objects.exists()


def test_two_years_of_silence_and_she_is_told_once(silent, now):
    assert follow_inactive_accounts(at=now) == {**NOBODY, "warned": 1}
    assert follow_inactive_accounts(at=now + days(1)) == NOBODY
    message = Message.objects.get()
    assert message.recipient == silent.email
    assert "/compte/connexion/" in message.body


@pytest.mark.parametrize(("last_login", "expected"), [(None, 1), ("lately", 0)])
def test_where_nobody_ever_signed_in_the_account_s_age_counts(chloe, now, last_login, expected):
    seen = now - days(3) if last_login else None
    User.objects.filter(pk=chloe.pk).update(date_joined=now - days(731), last_login=seen)
    assert follow_inactive_accounts(at=now)["warned"] == expected


def test_thirty_days_later_she_is_forgotten_and_not_before(silent, now):
    follow_inactive_accounts(at=now)
    assert follow_inactive_accounts(at=now + days(29)) == NOBODY
    assert follow_inactive_accounts(at=now + days(30)) == {**NOBODY, "forgotten": 1}
    assert follow_inactive_accounts(at=now + days(31)) == NOBODY
    silent.refresh_from_db()
    assert str(silent) == "personne oubliée"
    send_due_messages(at=now + days(30))
    assert mail.outbox[-1].to == ["chloe@exemple.org"]


def test_signing_in_after_the_warning_keeps_the_account(silent, now):
    follow_inactive_accounts(at=now)
    User.objects.filter(pk=silent.pk).update(last_login=now + days(10))
    assert follow_inactive_accounts(at=now + days(30)) == {**NOBODY, "back": 1}
    silent.refresh_from_db()
    assert (silent.is_active, silent.warned_at) == (True, None)
    # Two more years of silence, and everything begins again with a warning.
    assert follow_inactive_accounts(at=now + days(10 + 731)) == {**NOBODY, "warned": 1}


def test_signing_for_one_s_association_by_e_mail_is_being_seen(now):
    person = signed(at=now - days(30)).signed_by
    User.objects.update(date_joined=now - days(2000), last_login=None, is_staff=False)
    assert person.pk not in Message.objects.filter(kind="account_soon_forgotten").values_list("pk", flat=True)
    follow_inactive_accounts(at=now)
    person.refresh_from_db()
    assert person.warned_at is None


@pytest.mark.parametrize("field", ["is_staff", "is_superuser"])
def test_operators_are_reported_and_nothing_else(silent, now, field):
    User.objects.filter(pk=silent.pk).update(**{field: True})
    for passed in (0, 40):
        assert follow_inactive_accounts(at=now + days(passed)) == {**NOBODY, "staff": 1}
    assert not Message.objects.exists()


def test_the_only_manager_is_told_and_the_coordination_too_without_her_name(amina, entraide, elsa, now):
    User.objects.filter(pk=amina.pk).update(date_joined=now - days(800))
    follow_inactive_accounts(at=now)
    to_her = Message.objects.get(recipient=amina.email)
    to_the_coordination = Message.objects.get(recipient=elsa.email)
    assert "- Entraide du Parc" in to_her.body
    assert to_the_coordination.kind == "organisation_soon_alone"
    assert "amina" not in (to_the_coordination.subject + to_the_coordination.body).lower()

    assert follow_inactive_accounts(at=now + days(30))["forgotten"] == 1
    assert Message.objects.filter(kind="organisation_to_take_over", recipient=elsa.email).exists()
    assert not entraide.memberships.standing().exists()
