"""The operator appoints; a manager says which networks the organisation belongs to."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.models import Message
from maillage.organisations import actions
from maillage.organisations.audiences import Reader

pytestmark = pytest.mark.django_db


def test_a_coordinator_is_appointed_and_told(tilleuls, capsys):
    call_command("appoint", "coordinator", "Nadia@exemple.org", tilleuls.code.lower())
    nadia = User.objects.get(email="nadia@exemple.org")
    assert Reader(nadia).coordinated_territory_ids == {tilleuls.pk}
    assert Message.objects.get().recipient == "nadia@exemple.org"
    with pytest.raises(CommandError, match="coordonne déjà"):
        call_command("appoint", "coordinator", "nadia@exemple.org", tilleuls.code)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["coordinator", "pas-une-adresse", "QN1"], "n’est pas une adresse"),
        (["coordinator", "a@exemple.org", "QN00000X"], "QN00000X"),
        (["coordinator", "a@exemple.org"], "Aucun territoire"),
    ],
)
def test_what_is_wrong_is_said(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("appoint", *arguments)
    assert User.objects.count() == 0


def test_an_editor_enters_the_back_office():
    call_command("appoint", "editor", "gael@exemple.org")
    assert Reader(User.objects.get(email="gael@exemple.org")).is_editor


def test_a_manager_says_which_networks(sign_in, amina, entraide, federation, tilleuls, now):
    typed = {
        "name": entraide.name,
        "kind": "association",
        "legal_regime": "1901",
        "territories": [tilleuls.slug],
    }
    address = reverse("organisations:edit", args=[entraide.uuid])
    sign_in(amina).post(address, {**typed, "networks": [federation.pk]})
    assert entraide.network_memberships.get().until is None
    sign_in(amina).post(address, typed)
    membership = entraide.network_memberships.get()
    assert membership.until is not None, "dated, not deleted"
    actions.change_organisation(
        entraide, actor=amina, at=now, territories=[tilleuls], themes=[], networks=[federation]
    )
    assert entraide.network_memberships.filter(until=None).count() == 1
