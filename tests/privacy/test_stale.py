"""What nobody came back for goes after a while, and nothing else does."""

import datetime

import pytest
from django.contrib.sessions.models import Session

from maillage.charters.models import SignatureRequest
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from maillage.organisations.models import Organisation
from maillage.privacy.actions import purge_stale
from tests.factories.charters import national, request_for, signed
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

NOTHING = {"successions": 0, "requests": 0, "organisations": 0, "lists": 0, "messages": 0, "sessions": 0}


def days(number):
    return datetime.timedelta(days=number)


def test_a_draft_that_nobody_claimed_goes_after_ninety_days(now):
    draft = OrganisationFactory(draft=True, created_at=now)
    assert purge_stale(at=now + days(89)) == NOTHING
    assert purge_stale(at=now + days(90)) == {**NOTHING, "organisations": 1}
    assert not Organisation.objects.filter(pk=draft.pk).exists()


def test_what_lives_is_left_alone(now, entraide, amina):
    OrganisationFactory(claimed=True, created_at=now)
    signed(organisation=entraide, email="amina@exemple.org", at=now)
    Message.objects.all().delete()
    before = Organisation.objects.count()
    assert purge_stale(at=now + days(1000)) == NOTHING
    assert Organisation.objects.count() == before
    assert SignatureRequest.objects.exclude(confirmed_at=None).exists()


def test_a_request_never_confirmed_goes_thirty_days_after_its_link_and_its_draft_then(now):
    draft = OrganisationFactory(draft=True, created_at=now)
    request_for(national(), organisation=draft, at=now + days(80))
    Message.objects.all().delete()
    # The link lasts seven days: until its end and thirty days more, the draft is somebody's.
    assert purge_stale(at=now + days(116)) == NOTHING
    assert purge_stale(at=now + days(117)) == {**NOTHING, "requests": 1, "organisations": 1}


@pytest.mark.parametrize("end", ["sent_at", "abandoned_at"])
def test_a_message_goes_thirty_days_after_its_end(now, end):
    request_for(national(), at=now)
    send_due_messages(at=now)
    Message.objects.update(sent_at=None)
    Message.objects.update(**{end: now})
    assert purge_stale(at=now + days(29)) == NOTHING
    assert purge_stale(at=now + days(30))["messages"] == 1


def test_a_message_that_waits_is_never_taken_away(now):
    request_for(national(), at=now)
    purge_stale(at=now + days(400))
    assert Message.objects.waiting().count() == 1


def test_sessions_that_have_expired_go(sign_in, amina, now):
    sign_in(amina)
    assert purge_stale(at=now + days(31)) == {**NOTHING, "sessions": 1}
    assert not Session.objects.exists()
