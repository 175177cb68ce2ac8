"""The hours ledger: opened by the coordination, noted by either side, read by few, never limited."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.resources import actions, queries
from maillage.resources.models import HoursEntry
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import HoursEntryFactory, LedgerSwitchFactory, day_in

pytestmark = pytest.mark.django_db


def noted(tilleuls, giver, receiver, actor, now, **fields):
    line = {"hours": 3, "day": day_in(0), "words": "Un atelier", **fields}
    return actions.note_hours(territory=tilleuls, giver=giver, receiver=receiver, actor=actor, at=now, **line)


def test_nothing_is_counted_until_the_collective_says_so(tilleuls, entraide, jardins, amina, elsa, now):
    with pytest.raises(actions.LedgerOff):
        noted(tilleuls, entraide, jardins, amina, now)
    switch = actions.open_ledger(tilleuls, words="Réunion de mai.", actor=elsa, at=now)
    with pytest.raises(ValidationError):
        actions.open_ledger(tilleuls, words="Encore.", actor=elsa, at=now)
    noted(tilleuls, entraide, jardins, amina, now)
    actions.stop_ledger(switch, words="Réunion de juin.", actor=elsa, at=now)
    with pytest.raises(actions.LedgerOff):
        actions.stop_ledger(switch, words="Encore.", actor=elsa, at=now)
    with pytest.raises(actions.LedgerOff):
        noted(tilleuls, entraide, jardins, amina, now)
    assert HoursEntry.objects.count() == 1, "what was noted stays"


@pytest.mark.parametrize("person", ["amina", "fatou", "hugo", "chloe"])
def test_the_coordination_alone_opens_and_stops(request, tilleuls, now, person):
    actor = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        actions.open_ledger(tilleuls, words="Moi.", actor=actor, at=now)
    with pytest.raises(PermissionDenied):
        actions.stop_ledger(LedgerSwitchFactory(territory=tilleuls), words="Moi.", actor=actor, at=now)


def test_below_zero_without_limit_and_taken_back_with_its_reason(tilleuls, entraide, jardins, amina, bruno, now):
    LedgerSwitchFactory(territory=tilleuls)
    noted(tilleuls, entraide, jardins, amina, now, hours=500)
    wrong = noted(tilleuls, jardins, entraide, bruno, now, hours=2)
    actions.cancel_hours(wrong, words="C’était un autre jour.", actor=amina, at=now)
    with pytest.raises(ValidationError):
        actions.cancel_hours(wrong, words="Encore.", actor=amina, at=now)
    assert queries.balances(bruno, tilleuls) == [(jardins, 0, 500)]


def test_one_reads_ones_own_balance_and_the_coordination_everybodys(tilleuls, entraide, jardins, amina, elsa, hugo):
    third = OrganisationFactory(territories=[tilleuls], name="Zèbres")
    HoursEntryFactory(territory=tilleuls, giver=entraide, receiver=jardins, hours=3)
    HoursEntryFactory(territory=tilleuls, giver=third, receiver=jardins, hours=5)
    assert queries.balances(amina, tilleuls) == [(entraide, 3, 0)]
    assert queries.balances(elsa, tilleuls) == [(entraide, 3, 0), (jardins, 0, 8), (third, 5, 0)]
    assert queries.balances(hugo, tilleuls) == []


def test_lines_that_are_refused(tilleuls, entraide, jardins, boxe, amina, elsa, now):
    LedgerSwitchFactory(territory=tilleuls)
    with pytest.raises(PermissionDenied):
        noted(tilleuls, entraide, jardins, elsa, now)
    for receiver, fields in ((entraide, {}), (boxe, {}), (jardins, {"day": day_in(1)}), (jardins, {"hours": 0})):
        with pytest.raises(ValidationError):
            noted(tilleuls, entraide, receiver, amina, now, **fields)


def test_a_line_is_noted_and_struck_out_on_the_page(sign_in, tilleuls, entraide, jardins, amina, bruno):
    LedgerSwitchFactory(territory=tilleuls)
    address = reverse("resources:ledger", args=[tilleuls.slug])
    line = {"giver": entraide.pk, "receiver": jardins.pk, "hours": "1.5", "day": day_in(0), "words": "Prêt de bras"}
    sign_in(amina).post(address, line)
    entry = HoursEntry.objects.get()
    cancel = reverse("resources:cancel-hours", args=[tilleuls.slug, entry.pk])
    client = sign_in(bruno)
    assert "Dites pourquoi" in client.post(cancel, follow=True).content.decode()
    page = client.post(cancel, {"words": "Pas ce jour-là."}, follow=True).content.decode()
    assert "<s>" in page
    assert "Pas ce jour-là." in page
