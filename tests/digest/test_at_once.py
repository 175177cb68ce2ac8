"""The same duty run twice, the same link opened by many windows: told once, passed on once, on both databases."""

import datetime

import pytest

from maillage.accounts.models import User
from maillage.digest import actions
from maillage.digest.models import DigestPreference, FirstStep
from maillage.messaging.actions import refuse
from maillage.messaging.models import Message, Refusal
from maillage.organisations.models import TerritoryRole
from tests.charters.test_sign_together import all_at_once
from tests.factories.charters import national, signed

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8
DAY = datetime.timedelta(days=1)


def test_the_letter(amina, bruno, jardins, tuesday):
    signed(national(at=tuesday - 3 * DAY), organisation=jardins, email=bruno.email, at=tuesday - DAY)
    results = all_at_once(lambda _: actions.send_letters(at=tuesday), range(MANY))
    assert all(isinstance(result, int) for result in results), results
    assert Message.objects.filter(kind="letter", recipient=amina.email).count() == 1
    assert DigestPreference.objects.filter(user=amina).count() == 1


def test_the_three_first_things(entraide, amina, now):
    signed(national(at=now - DAY), organisation=entraide, email=amina.email, involvement="host", at=now)
    results = all_at_once(lambda _: actions.send_first_steps(at=now + DAY), range(MANY))
    assert sum(results) == 1, results
    assert Message.objects.filter(kind="first_steps").count() == 1
    assert FirstStep.objects.count() == 1


def test_accepting(elsa, tilleuls, now):
    proposed = actions.propose_succession(
        tilleuls, email="suite@exemple.org", leaves=True, words="", actor=elsa, at=now
    )
    results = all_at_once(lambda _: actions.accept_succession(proposed, at=now), range(MANY))
    assert sum(isinstance(result, TerritoryRole) for result in results) == 1, results
    assert all(isinstance(result, TerritoryRole | actions.AlreadyAnswered) for result in results), results
    held = TerritoryRole.objects.filter(territory=tilleuls, until=None)
    assert [role.user.email for role in held] == ["suite@exemple.org"]
    assert User.objects.filter(email="suite@exemple.org").count() == 1
    assert Message.objects.filter(kind="succession_accepted").count() == 1


def test_proposing(elsa, tilleuls, now):
    def propose(number):
        return actions.propose_succession(
            tilleuls, email=f"{number}@exemple.org", leaves=True, words="", actor=elsa, at=now
        )

    results = all_at_once(propose, range(MANY))
    refusals = [result for result in results if isinstance(result, actions.NotForYou)]
    assert len(refusals) == MANY - 1, results
    assert Message.objects.filter(kind="succession_proposed").count() == 1


def test_refusing(now):
    results = all_at_once(lambda _: refuse("a@exemple.org", "texts", at=now), range(MANY))
    assert results == [None] * MANY
    assert Refusal.objects.count() == 1
