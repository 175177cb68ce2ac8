"""Two organisations that are one: seen before it is done, done once, and what each brought is kept."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import RegisterEntry, Signature
from maillage.organisations.actions.joining import NotTheSame
from maillage.organisations.models import Distinction, Mandate, Organisation
from maillage.organisations.permissions import can_merge
from tests.factories.charters import adopted, national, request_for, signed
from tests.factories.organisations import (
    MandateFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
    TerritoryRoleFactory,
)
from tests.harness.outcome import data_is_sound, events, told
from tests.harness.people import PERSONAS

from .test_sign_together import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(tilleuls):
    """Amina's association, written down a second time."""
    return OrganisationFactory(name="L’Entraide du parc", territories=[tilleuls])


def join(client, kept, gone):
    return client.post(reverse("charters:merge", args=[kept.uuid, gone.uuid]), follow=True)


def test_the_page_says_what_will_move_then_moves_it(sign_in, client, elsa, entraide, amina, twice, now):
    version = national(at=now)
    first = signed(version, organisation=twice, email="fanta@exemple.org", at=now)
    second = signed(version, organisation=entraide, email="amina@exemple.org", at=now + datetime.timedelta(hours=1))
    elsa_does = sign_in(elsa)
    desk = elsa_does.get(reverse("charters:duplicates")).content.decode()
    address = reverse("charters:merge", args=[entraide.uuid, twice.uuid])
    assert address in desk
    before = elsa_does.get(address).content.decode()
    assert "la première signature reste, l’autre devient caduque" in before
    assert events() == ["signed", "signed"], "the page changes nothing"

    page = join(elsa_does, entraide, twice).content.decode()
    assert "Les deux fiches sont réunies" in page
    assert Signature.objects.standing().get() == first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.organisation, first.organisation_name) == (entraide, "L’Entraide du parc")
    assert second.lapse_reason == "merged"
    assert events() == ["signed", "signed", "lapsed", "merged"]
    assert json.loads(RegisterEntry.objects.last().body)["organisation"]["id"] == str(entraide.uuid)
    assert "l’organisation réunie avait déjà signé" in client.get(second.get_absolute_url()).content.decode().lower()
    # Nobody had confirmed who wrote it down a second time: the merge does not let them in.
    assert told("organisations_merged") == ["amina"]
    assert [m.user for m in entraide.memberships.standing()] == [amina]
    response = client.get(twice.get_absolute_url())
    assert (response.status_code, response.headers["Location"]) == (301, entraide.get_absolute_url())
    assert entraide.name not in elsa_does.get(reverse("charters:duplicates")).content.decode()
    assert data_is_sound()


def test_each_keeps_its_signatures_dates_and_withdrawals(elsa, entraide, amina, twice, now):
    text = national(at=now)
    kept = signed(text, organisation=entraide, email="amina@exemple.org", at=now)
    withdrawn = signed(text, organisation=twice, email="fanta@exemple.org", at=now, is_listed=False)
    actions.withdraw_signature(withdrawn, actor=withdrawn.signed_by, at=now)
    actions.merge_organisations(entraide, twice, actor=elsa, at=now)
    assert Signature.objects.standing().get() == kept
    withdrawn.refresh_from_db()
    assert (withdrawn.organisation, withdrawn.withdrawn_at) == (entraide, now)
    body = RegisterEntry.objects.last().body
    assert "Entraide" not in body, "it chose not to be listed"
    assert data_is_sound()


def test_people_places_networks_and_texts_are_those_of_both(
    elsa, entraide, amina, twice, ailleurs, bruno, tilleuls, now
):
    twice.territories.add(ailleurs)
    twice.rna = "W751234567"
    twice.seat = tilleuls.communes.get()
    twice.save()
    MembershipFactory(user=amina, organisation=twice)
    manager = MembershipFactory(organisation=twice, manager=True).user
    shared, alone = NetworkFactory(), NetworkFactory()
    for organisation, network in ((entraide, shared), (twice, shared), (twice, alone)):
        NetworkMembershipFactory(organisation=organisation, network=network)
    waiting = request_for(national(at=now), organisation=twice, email=manager.email, at=now)
    adaptation = adopted(promoter=twice, actor=elsa, territory=tilleuls, at=now).adaptation

    actions.merge_organisations(entraide, twice, actor=elsa, at=now)

    entraide.refresh_from_db()
    assert (entraide.rna, entraide.seat) == ("W751234567", twice.seat)
    assert set(entraide.territories.all()) == {tilleuls, ailleurs}
    assert {m.user: m.role for m in entraide.memberships.standing()} == {amina: "manager", manager: "manager"}
    assert sorted(
        entraide.network_memberships.in_force(timezone.localdate(now)).values_list("network_id", flat=True)
    ) == [
        shared.pk,
        alone.pk,
    ]
    assert list(adaptation.promoters.all()) == [entraide]
    assert actions.confirm_signature(waiting, at=now).organisation == entraide
    assert data_is_sound()


@pytest.mark.parametrize(("here", "there", "stays"), [(-1, None, "there"), (None, -1, "here"), (None, None, "here")])
def test_who_held_a_mandate_for_each_keeps_the_better_one(elsa, entraide, amina, twice, now, here, there, stays):
    def day(days):
        return days and timezone.localdate(now) + datetime.timedelta(days=days)

    Mandate.objects.update(ends_on=day(here), function="here")
    MembershipFactory(user=amina, organisation=twice)
    MandateFactory(user=amina, organisation=twice, ends_on=day(there), function="there", confirmed=True)
    actions.merge_organisations(entraide, twice, actor=elsa, at=now)
    assert amina.mandates.in_force(timezone.localdate(now)).get(organisation=entraide).function == stays


def test_a_number_of_each_that_disagrees_stops_nothing(elsa, entraide, twice, now):
    Organisation.objects.filter(pk=entraide.pk).update(siret="73282932000074")
    Organisation.objects.filter(pk=twice.pk).update(siren="552100554")
    actions.merge_organisations(entraide, twice, actor=elsa, at=now)
    entraide.refresh_from_db()
    assert (entraide.siren, entraide.siret) == ("", "73282932000074")
    assert data_is_sound()


def test_an_old_address_leads_to_the_last_of_a_chain(client, elsa, entraide, twice, jardins, now):
    actions.merge_organisations(entraide, twice, actor=elsa, at=now)
    actions.merge_organisations(jardins, entraide, actor=elsa, at=now)
    for former in (twice, entraide):
        assert client.get(former.get_absolute_url()).headers["Location"] == jardins.get_absolute_url()


def test_what_cannot_be_one_is_refused(sign_in, elsa, entraide, jardins, prefecture, boxe, twice, now):
    elsa_does = sign_in(elsa)
    for kept, gone, status in ((entraide, entraide, 404), (entraide, prefecture, 403), (entraide, boxe, 403)):
        assert join(elsa_does, kept, gone).status_code == status
        answer = elsa_does.post(reverse("charters:say-distinct", args=[kept.uuid, gone.uuid]))
        assert answer.status_code == status
    with pytest.raises(NotTheSame):
        actions.merge_organisations(entraide, entraide, actor=elsa, at=now)
    actions.merge_organisations(entraide, twice, actor=elsa, at=now)
    assert join(elsa_does, entraide, twice).status_code == 404, "once is enough"
    with pytest.raises(NotTheSame):
        actions.merge_organisations(jardins, twice, actor=elsa, at=now)
    assert events() == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_merge(request, sign_in, entraide, amina, twice, persona, now):
    somebody, may = request.getfixturevalue(persona), persona == "elsa"
    assert can_merge(somebody, entraide, twice) is may
    if may:
        return
    assert join(sign_in(somebody), entraide, twice).status_code in {200, 403}
    desk = sign_in(somebody).get(reverse("charters:duplicates"))
    assert desk.status_code == (302 if persona == "djibril" else 403)
    with pytest.raises(PermissionDenied):
        actions.merge_organisations(entraide, twice, actor=somebody, at=now)
    twice.refresh_from_db()
    assert twice.archived_at is None


def test_whoever_manages_both_may(amina, entraide, twice, now):
    MembershipFactory(user=amina, organisation=twice, manager=True)
    assert can_merge(amina, entraide, twice)
    assert actions.merge_organisations(entraide, twice, actor=amina, at=now) == entraide


def test_two_associations_that_look_alike_are_said_so_once(sign_in, elsa, entraide, twice):
    elsa_does = sign_in(elsa)
    for one, two in ((entraide, twice), (twice, entraide)):
        page = elsa_does.post(reverse("charters:say-distinct", args=[one.uuid, two.uuid]), follow=True)
        assert "deux associations différentes" in page.content.decode()
    assert "Aucune fiche ne se ressemble" in page.content.decode()
    assert Distinction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_merge_at_once_merge_once(elsa, entraide, amina, twice, tilleuls, now):
    version = national(at=now)
    signed(version, organisation=twice, email="fanta@exemple.org", at=now)
    signed(version, organisation=entraide, email="amina@exemple.org", at=now)
    colleague = TerritoryRoleFactory(territory=tilleuls).user
    moves = [(entraide, twice, elsa), (twice, entraide, colleague)] * 3

    results = all_at_once(lambda m: actions.merge_organisations(m[0], m[1], actor=m[2], at=now), moves)

    assert sum(isinstance(result, Organisation) for result in results) == 1, results
    assert all(isinstance(result, (Organisation, NotTheSame)) for result in results), results
    assert Signature.objects.standing().count() == 1
    assert events().count("merged") == 1
    assert data_is_sound()
