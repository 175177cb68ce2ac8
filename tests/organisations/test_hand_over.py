"""When a board changes: the organisation is passed on; mandates end, and are said anew."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.organisations import actions
from maillage.organisations.models import Mandate, Membership
from maillage.organisations.permissions import can_hand_over
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory
from tests.harness.outcome import data_is_sound, told
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db

TYPED = {"email": "fanta@exemple.org", "function": "présidente"}


def pass_on(client, organisation, **change):
    address = reverse("organisations:hand-over", args=[organisation.uuid])
    return client.post(address, {**TYPED, **change}, follow=True)


def test_a_manager_passes_it_on_and_leaves(sign_in, entraide, amina, bruno, now):
    MembershipFactory(user=bruno, organisation=entraide)
    page = pass_on(sign_in(amina), entraide, leaves="on").content.decode()
    assert "C’est transmis" in page
    fanta = User.objects.get(email="fanta@exemple.org")
    assert {m.user: m.role for m in entraide.memberships.standing()} == {fanta: "manager", bruno: "member"}
    mandate = entraide.mandates.in_force(timezone.localdate(now)).get()
    assert (mandate.user, mandate.is_confirmed, mandate.confirmed_by) == (fanta, True, amina)
    former = entraide.memberships.get(user=amina)
    assert former.until is not None, "what was stays, with its dates"
    assert told("organisation_handed_over") == ["fanta"]
    assert told("organisation_has_a_new_manager") == ["amina", "bruno"]
    assert data_is_sound()


def test_a_manager_may_stay(sign_in, entraide, amina):
    pass_on(sign_in(amina), entraide)
    assert entraide.memberships.standing().filter(role="manager").count() == 2


def test_where_nobody_answers_a_coordinator_does_and_takes_nobody_off(sign_in, entraide, amina, elsa):
    elsa_does = sign_in(elsa)
    page = elsa_does.get(reverse("organisations:hand-over", args=[entraide.uuid])).content.decode()
    assert "personne n’y répond plus" in page
    assert "leaves" not in page
    pass_on(elsa_does, entraide, leaves="on")
    assert entraide.memberships.standing().filter(role="manager").count() == 2
    assert told("organisation_has_a_new_manager") == ["amina"]


def test_a_colleague_who_is_there_already_manages_in_the_new_function(sign_in, entraide, amina, bruno, now):
    MembershipFactory(user=bruno, organisation=entraide)
    MandateFactory(user=bruno, organisation=entraide, function="trésorier")
    for _ in range(2):
        pass_on(sign_in(amina), entraide, email="Bruno@exemple.org ", function="président")
    assert entraide.memberships.standing().get(user=bruno).role == Membership.Role.MANAGER
    mandate = bruno.mandates.in_force(timezone.localdate(now)).get(organisation=entraide)
    assert (mandate.function, mandate.is_confirmed) == ("président", True)
    assert bruno.mandates.filter(organisation=entraide).count() == 2, "passing on twice adds nothing"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "amina@exemple.org"}, "Cette adresse est la vôtre"),
        ({"email": "fatou@exemple.org"}, "ne peut pas être choisie ici"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"function": ""}, "obligatoire"),
        ({"ends_on": "2020-01-01"}, "Cette fin est déjà passée"),
        ({"decided_on": "2999-01-01"}, "Cette date est à venir"),
    ],
)
def test_what_cannot_be_is_refused_in_words(sign_in, entraide, amina, fatou, change, sentence):
    assert sentence in pass_on(sign_in(amina), entraide, **change).content.decode()
    assert [membership.user for membership in entraide.memberships.standing()] == [amina]
    assert told("organisation_handed_over") == []


def test_nobody_is_carried_into_a_public_partner_by_somebody_else(sign_in, prefecture, fatou, amina, entraide):
    """Amina would lose the association space: nobody decides that for her."""
    Membership.objects.filter(user=fatou).update(role=Membership.Role.MANAGER)
    fatou_does = sign_in(fatou)
    page = pass_on(fatou_does, prefecture, email="amina@exemple.org").content.decode()
    assert "ne peut pas être choisie ici" in page
    assert not prefecture.memberships.filter(user=amina).exists()
    colleague = MembershipFactory(organisation=prefecture).user
    assert "C’est transmis" in pass_on(fatou_does, prefecture, email=colleague.email).content.decode()
    assert prefecture.memberships.standing().get(user=colleague).role == "manager"


def test_an_archived_organisation_is_not_passed_on(sign_in, entraide, amina, now):
    type(entraide).objects.update(archived_at=now)
    assert pass_on(sign_in(amina), entraide).status_code == 403


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_hand_over(request, sign_in, entraide, amina, persona, now):
    somebody, may = request.getfixturevalue(persona), persona in {"amina", "elsa"}
    assert can_hand_over(somebody, entraide) is may
    address = reverse("organisations:hand-over", args=[entraide.uuid])
    assert sign_in(somebody).get(address).status_code == (200 if may else 302 if persona == "djibril" else 403)
    if not may:
        with pytest.raises(PermissionDenied):
            actions.hand_over(entraide, actor=somebody, at=now, **TYPED)


def test_a_coordinator_does_not_hand_over_a_public_partner(elsa, prefecture):
    assert not can_hand_over(elsa, prefecture)


def test_a_mandate_that_ends_is_told_a_month_before_and_on_its_last_day(entraide, amina, bruno, now):
    MembershipFactory(user=bruno, organisation=entraide, manager=True)
    last = now + datetime.timedelta(days=100)
    Mandate.objects.filter(user=amina).update(ends_on=timezone.localdate(last))
    days = {}
    for offset in range(-40, 40):
        at = last + datetime.timedelta(days=offset)
        if actions.follow_mandates(at=at):
            days[offset] = True
        assert actions.follow_mandates(at=at) == 0, "twice a day"
        assert actions.follow_mandates(at=at - datetime.timedelta(days=400)) == 0, "with a clock set back"
    assert list(days) == [-30, 0]
    assert told("mandate_ending") == ["amina", "amina", "bruno", "bruno"]


def test_ended_or_archived_nothing_is_told(entraide, amina, jardins, bruno, now):
    Mandate.objects.update(ends_on=timezone.localdate(now))
    Mandate.objects.filter(user=amina).update(ended_at=now)
    type(jardins).objects.filter(pk=jardins.pk).update(archived_at=now)
    assert actions.follow_mandates(at=now) == 0


def test_a_mandate_is_said_anew_and_waits_for_somebody_else(sign_in, entraide, amina, now):
    ends = timezone.localdate(now) + datetime.timedelta(days=700)
    amina_does = sign_in(amina)
    address = reverse("organisations:my-mandate", args=[entraide.uuid])
    assert "Mon mandat pour" in amina_does.get(address).content.decode()
    typed = {"function": "co-présidente", "ends_on": ends.isoformat()}
    page = amina_does.post(address, typed, follow=True).content.decode()
    assert "Votre mandat est noté" in page
    assert "co-présidente" in page
    mandate = amina.mandates.in_force(timezone.localdate(now)).get()
    assert (mandate.function, mandate.ends_on, mandate.is_confirmed) == ("co-présidente", ends, False)
    assert amina.mandates.count() == 2
    assert data_is_sound()


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_say_a_mandate(request, sign_in, entraide, amina, persona, now):
    somebody, may = request.getfixturevalue(persona), persona == "amina"
    response = sign_in(somebody).get(reverse("organisations:my-mandate", args=[entraide.uuid]))
    assert response.status_code == (200 if may else 302 if persona == "djibril" else 403)
    if not may and persona != "djibril":
        with pytest.raises(PermissionDenied):
            actions.renew_mandate(entraide, user=somebody, function="présidence", at=now)


def test_a_stranger_does_not_pass_on_what_they_cannot_see(sign_in, chloe):
    draft = OrganisationFactory(draft=True)
    assert pass_on(sign_in(chloe), draft).status_code == 404
