"""Withdrawing: at once, dated, kept in the history."""

import pytest
from django.core.exceptions import PermissionDenied

from maillage.charters import actions
from maillage.charters.models import RegisterEntry
from maillage.charters.permissions import can_withdraw
from maillage.charters.queries import register_discords
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(entraide, amina, now):
    return signed(organisation=entraide, email="amina@exemple.org", at=now)


def test_withdrawing_dates_it_and_leaves_it_in_the_history(signature, amina, now):
    withdrawn = actions.withdraw_signature(signature, actor=amina, at=now, reason="Trop de travail")

    assert withdrawn.withdrawn_at == now
    assert [entry.event for entry in RegisterEntry.objects.all()] == ["signed", "withdrawn"]
    assert "Trop de travail" not in RegisterEntry.objects.last().body
    assert list(register_discords()) == []


def test_the_organisation_may_sign_again(signature, amina, entraide, now):
    actions.withdraw_signature(signature, actor=amina, at=now)
    again = signed(signature.version, organisation=entraide, email="amina@exemple.org", at=now)
    assert again.is_standing
    assert again.token != signature.token


def test_withdrawing_twice_is_refused(signature, amina, now):
    actions.withdraw_signature(signature, actor=amina, at=now)
    with pytest.raises(PermissionDenied):
        actions.withdraw_signature(signature, actor=amina, at=now)
    assert RegisterEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("persona", "expected"),
    [("amina", True), ("bruno", False), ("chloe", False), ("djibril", False), ("elsa", False), ("fatou", False)],
)
def test_who_may_withdraw(request, signature, persona, expected, now):
    somebody = request.getfixturevalue(persona)
    assert can_withdraw(somebody, signature) is expected
    if not expected:
        with pytest.raises(PermissionDenied):
            actions.withdraw_signature(signature, actor=somebody, at=now)
