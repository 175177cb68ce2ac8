"""Who reads an agreement: the people of its confirmed parties; what it is not for them to learn by it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from maillage.agreements import actions, queries
from tests.factories.agreements import agreement_of
from tests.factories.cooperations import CooperationFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db


def test_whoever_claimed_a_profile_yesterday_reads_nothing(sign_in, amina, hugo, entraide):
    claimed = OrganisationFactory(name="Pas encore confirmée", confirmed_at=None)
    MembershipFactory(user=hugo, organisation=claimed)
    agreement = agreement_of(entraide, [claimed], state="review")
    assert sign_in(hugo).get(agreement.get_absolute_url()).status_code == 404
    assert queries.waiting_for(hugo, today=timezone.localdate()) == []


def test_a_profile_that_nobody_confirmed_cannot_be_named(amina, entraide, tilleuls):
    claimed = OrganisationFactory(name="Pas encore confirmée", confirmed_at=None, territories=[tilleuls])
    assert claimed not in queries.to_name(amina)


def test_somebody_of_the_prefecture_is_not_there_for_an_association(sign_in, amina, bruno, fatou, entraide, jardins):
    MembershipFactory(user=fatou, organisation=jardins)
    agreement = agreement_of(entraide, [jardins], state="review")
    assert sign_in(fatou).get(agreement.get_absolute_url()).status_code == 404
    told = {"organisation": jardins, "edition": 1, "actor": fatou, "at": timezone.now()}
    with pytest.raises(PermissionDenied):
        actions.approve(agreement, **told)


def test_a_public_partner_does_not_learn_of_a_cooperation_by_it(
    sign_in, amina, bruno, fatou, entraide, jardins, prefecture
):
    between_us = CooperationFactory(title="Entre associations seulement", partners=[entraide, jardins])
    agreement = agreement_of(entraide, [prefecture], cooperation=between_us)
    assert "Entre associations seulement" in sign_in(amina).get(agreement.get_absolute_url()).content.decode()
    assert "Entre associations seulement" not in sign_in(fatou).get(agreement.get_absolute_url()).content.decode()


def test_an_agreement_is_not_tied_to_a_cooperation_that_one_cannot_read(amina, bruno, hugo, boxe, entraide, jardins):
    elsewhere = CooperationFactory(title="Ailleurs", partners=[boxe])
    with pytest.raises(PermissionDenied):
        agreement_of(entraide, [jardins], cooperation=elsewhere)


def test_who_reads_for_the_coordination_is_not_offered_what_parties_do(
    sign_in, amina, bruno, elsa, entraide, jardins
):
    agreement = agreement_of(entraide, [jardins], state="signed", ends_on=day_in(90))
    actions.show_to_coordination(agreement, shown=True, actor=amina, at=timezone.now())
    page = sign_in(elsa).get(agreement.get_absolute_url()).content.decode()
    assert "La grande salle, le jeudi" in page
    assert "Rédiger un avenant" not in page
