"""Two organisations that are one: what was lent, sought and counted passes to the one that stays."""

import pytest

from maillage.charters.actions import merge_organisations
from maillage.resources import actions
from maillage.resources.models import HoursEntry, Loan, Need, NeedAnswer, Resource
from maillage.resources.queries import matches_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import (
    HoursEntryFactory,
    MatchFactory,
    NeedAnswerFactory,
    NeedFactory,
    ResourceFactory,
    at_hour,
    loan_of,
)
from tests.harness.outcome import data_is_sound

pytestmark = pytest.mark.django_db


def test_everything_passes_to_the_one_that_stays_once(entraide, jardins, tilleuls, amina, bruno, elsa, now):
    gone = OrganisationFactory(name="Entraide", territories=[tilleuls])
    resource = ResourceFactory(owner=gone)
    loan = loan_of(ResourceFactory(owner=jardins), gone)
    need = NeedFactory(organisation=gone, territory=tilleuls)
    MatchFactory(need=need, resource=ResourceFactory(owner=entraide))
    both = NeedFactory(organisation=jardins, territory=tilleuls)
    for one in (gone, entraide):
        NeedAnswerFactory(need=both, organisation=one)
    moved = NeedAnswerFactory(need=NeedFactory(organisation=jardins, territory=tilleuls), organisation=gone)
    HoursEntryFactory(territory=tilleuls, giver=gone, receiver=jardins)
    between = HoursEntryFactory(territory=tilleuls, giver=gone, receiver=entraide)

    merge_organisations(entraide, gone, actor=elsa, at=now)
    assert Resource.objects.get(pk=resource.pk).owner == entraide
    assert Loan.objects.get(pk=loan.pk).borrower == entraide
    assert Need.objects.get(pk=need.pk).organisation == entraide
    assert NeedAnswer.objects.get(pk=moved.pk).organisation == entraide
    assert HoursEntry.objects.get(pk=between.pk).giver == gone
    own = Need.objects.get(pk=need.pk)
    assert not matches_of(type(amina).objects.get(pk=amina.pk), own).exists(), (
        "nobody is offered what they lend themselves"
    )


def test_what_the_actions_leave_is_sound(entraide, jardins, tilleuls, amina, bruno, elsa, now):
    resource = ResourceFactory(owner=entraide, deposit=20)
    for day, state in enumerate(("asked", "accepted", "out", "back"), start=3):
        loan_of(resource, jardins, state=state, starts_at=at_hour(8, days=day), ends_at=at_hour(9, days=day))
        resource.quantity += 1
        resource.save()
    actions.open_ledger(tilleuls, words="Réunion.", actor=elsa, at=now)
    need = actions.say_need(
        organisation=jardins, kind="room", title="Une salle", territory=tilleuls, actor=bruno, at=now
    )
    actions.answer_need(need, organisation=entraide, words="Oui.", actor=amina, at=now)
    assert data_is_sound()
