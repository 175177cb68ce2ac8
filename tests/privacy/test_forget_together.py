"""Two people who leave at the same moment, on both databases."""

import pytest

from maillage.accounts.models import User
from maillage.organisations.models import Membership
from maillage.privacy.actions import SoleManager, forget_person
from tests.charters.test_sign_together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_two_managers_do_not_leave_their_association_alone(entraide, amina, bachir, now):
    answers = all_at_once(lambda person: forget_person(person, actor=person, at=now), [amina, bachir])
    assert sorted(type(answer) for answer in answers if isinstance(answer, Exception)) == [SoleManager]
    assert User.objects.filter(forgotten_at__isnull=False).count() == 1
    assert Membership.objects.standing().filter(organisation=entraide).count() == 1
