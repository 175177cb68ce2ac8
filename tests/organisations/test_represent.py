"""Claiming, confirming, letting people in, leaving."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from maillage.charters.models import Signature
from maillage.messaging.models import Message
from maillage.organisations import actions
from maillage.organisations.audiences import Reader
from maillage.organisations.forms import ClaimForm
from maillage.organisations.models import Mandate, Organisation
from maillage.organisations.permissions import can_confirm, can_confirm_mandate
from maillage.ui.forms import add_refusal
from tests.factories.accounts import UserFactory
from tests.factories.charters import national, request_for
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

PEOPLE = ["amina", "bruno", "chloe", "elsa", "fatou", "hugo", "gael", "ines", "djibril"]


@pytest.fixture
def newcomer(tilleuls, chloe, now):
    """An organisation of the neighbourhood that somebody has just claimed."""
    organisation = OrganisationFactory(draft=True, name="Les Nouveaux", territories=[tilleuls])
    actions.claim_organisation(organisation, user=UserFactory(email="neuve@exemple.org"), function="x", at=now)
    return organisation


def test_claiming_makes_a_manager_with_a_declared_mandate(tilleuls, chloe, now):
    organisation = OrganisationFactory(draft=True, territories=[tilleuls])
    mandate = actions.claim_organisation(organisation, user=chloe, function="trésorière", at=now)
    assert organisation.claimed_at == now
    assert chloe.memberships.get().role == "manager"
    assert mandate.confirmed_at is None


def test_an_organisation_with_members_is_not_claimed_again(entraide, amina, chloe, now):
    with pytest.raises(actions.AlreadyClaimed, match="Entraide du Parc"):
        actions.claim_organisation(entraide, user=chloe, function="x", at=now)


@pytest.mark.parametrize(("persona", "expected"), [(name, name in {"amina", "bruno", "elsa"}) for name in PEOPLE])
def test_who_may_confirm_an_organisation(request, newcomer, persona, expected, now):
    somebody = request.getfixturevalue(persona)
    assert can_confirm(somebody, newcomer) is expected
    if not expected:
        with pytest.raises(PermissionDenied):
            actions.confirm_organisation(newcomer, actor=somebody, at=now)


def test_its_own_member_does_not_confirm_it(newcomer, now):
    member = newcomer.memberships.get().user
    assert not can_confirm(member, newcomer)


def test_confirming_opens_the_space_between_associations(newcomer, elsa, tilleuls, now):
    member = newcomer.memberships.get().user
    assert Reader(member).space_territory_ids == frozenset()
    actions.confirm_organisation(newcomer, actor=elsa, at=now)
    assert Reader(member).space_territory_ids == {tilleuls.pk}
    assert Message.objects.get(kind="organisation_confirmed").recipient == "neuve@exemple.org"
    with pytest.raises(actions.AlreadyConfirmed):
        actions.confirm_organisation(newcomer, actor=elsa, at=now)


def test_a_member_of_an_association_who_works_for_a_public_partner_stays_outside(prefecture, amina):
    MembershipFactory(user=amina, organisation=prefecture)
    assert Reader(amina).space_territory_ids == frozenset()


@pytest.mark.parametrize(("persona", "expected"), [(name, name in {"amina", "elsa"}) for name in PEOPLE])
def test_who_may_confirm_a_mandate(request, entraide, persona, expected, now):
    mandate = MandateFactory(organisation=entraide)
    somebody = request.getfixturevalue(persona)
    assert can_confirm_mandate(somebody, mandate) is expected
    if not expected:
        with pytest.raises(PermissionDenied):
            actions.confirm_mandate(mandate, actor=somebody, at=now)


def test_nobody_confirms_their_own_mandate(entraide, now):
    user = UserFactory()
    MembershipFactory(user=user, organisation=entraide)
    mandate = MandateFactory(user=user, organisation=entraide)
    with pytest.raises(PermissionDenied):
        actions.confirm_mandate(mandate, actor=user, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(confirmed_by=user, confirmed_at=now)


def test_letting_somebody_in_tells_them(entraide, amina, now):
    actions.add_member(entraide, email="Neuf@exemple.org", role="member", actor=amina, at=now)
    assert Message.objects.get().recipient == "neuf@exemple.org"
    with pytest.raises(actions.AlreadyMember, match="représente déjà"):
        actions.add_member(entraide, email="neuf@exemple.org", role="member", actor=amina, at=now)


def test_only_a_manager_lets_people_in(entraide, bruno, now):
    with pytest.raises(PermissionDenied):
        actions.add_member(entraide, email="ami@exemple.org", role="manager", actor=bruno, at=now)


def test_leaving_ends_the_mandate_and_keeps_a_manager(entraide, amina, now):
    membership = amina.memberships.get()
    with pytest.raises(actions.LastManager):
        actions.end_membership(membership, actor=amina, at=now)
    MembershipFactory(organisation=entraide, manager=True)
    actions.end_membership(membership, actor=amina, at=now)
    assert amina.mandates.get().ended_at == now


def test_the_database_refuses_two_organisations_of_one_number(now):
    OrganisationFactory(rna="W751234567")
    with pytest.raises(actions.AlreadyHere, match="déjà sur Maillage"):
        actions.create_organisation(actor=None, at=now, name="La même", rna="W75 1234567")
    with pytest.raises(ValidationError, match="SIRET"):
        actions.create_organisation(actor=None, at=now, name="Autre", siret="123")


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "hugo", "elsa"])
def test_another_organisations_pages_are_refused(request, sign_in, jardins, bruno, persona):
    reader = sign_in(request.getfixturevalue(persona))
    membership = bruno.memberships.get()
    assert reader.get(reverse("organisations:edit", args=[jardins.uuid])).status_code == 403
    assert reader.get(reverse("organisations:members", args=[jardins.uuid])).status_code == 403
    refused = reader.post(reverse("organisations:edit", args=[jardins.uuid]), {"name": "Volée"})
    assert refused.status_code == 403
    assert reader.post(reverse("organisations:end-membership", args=[jardins.uuid, membership.pk])).status_code == 404
    jardins.refresh_from_db()
    assert jardins.name == "Les Jardins partagés"


def test_a_manager_describes_the_organisation(sign_in, amina, entraide, tilleuls):
    sign_in(amina).post(
        reverse("organisations:edit", args=[entraide.uuid]),
        {
            "name": "Entraide du Parc",
            "kind": "association",
            "legal_regime": "1901",
            "territories": [tilleuls.slug],
            "themes": ["solidarity", "rights"],
            "purpose": "Une épicerie.",
        },
    )
    entraide.refresh_from_db()
    assert entraide.purpose == "Une épicerie."
    assert {row.theme for row in entraide.themes.all()} == {"solidarity", "rights"}


def test_adding_ones_association_takes_one_form(sign_in, chloe, tilleuls):
    response = sign_in(chloe).post(
        reverse("organisations:create"),
        {
            "name": "Les Conteuses",
            "kind": "association",
            "legal_regime": "1901",
            "territory_names": "Les Tilleuls",
            "function": "présidente",
        },
        follow=True,
    )
    assert "Les Conteuses" in response.content.decode()
    assert Organisation.objects.get(name="Les Conteuses").claimed_at is not None


def test_networks_say_who_is_federated(jardins, entraide, federation, now):
    alone = Organisation.objects.unaffiliated(timezone.localdate(now))
    assert entraide in alone
    assert jardins not in alone


def test_a_public_partner_never_becomes_an_association(sign_in, fatou, prefecture, tilleuls, now):
    typed = {"name": "Préfecture", "kind": "association", "legal_regime": "other", "territories": [tilleuls.slug]}
    prefecture.memberships.update(role="manager")
    sign_in(fatou).post(reverse("organisations:edit", args=[prefecture.uuid]), typed)
    prefecture.refresh_from_db()
    assert prefecture.is_public_partner
    with pytest.raises(actions.CrossesTheWall):
        actions.change_organisation(
            prefecture,
            actor=type(fatou).objects.get(pk=fatou.pk),
            at=now,
            territories=[],
            themes=[],
            kind="association",
        )


def test_an_association_never_becomes_a_public_partner(amina, entraide, now):
    with pytest.raises(actions.CrossesTheWall):
        actions.change_organisation(entraide, actor=amina, at=now, territories=[], themes=[], kind="public_partner")


def test_a_public_partner_draws_nobody_to_its_side(fatou, prefecture, elsa, amina, now):
    prefecture.memberships.update(role="manager")
    manager = type(fatou).objects.get(pk=fatou.pk)
    for email in ("elsa@exemple.org", "amina@exemple.org"):
        with pytest.raises(actions.CrossesTheWall):
            actions.add_member(prefecture, email=email, role="member", actor=manager, at=now)
    assert Reader(type(elsa).objects.get(pk=elsa.pk)).space_territory_ids


def test_a_draft_keeps_no_number_for_itself(chloe, tilleuls, now):
    for _ in range(2):
        draft = actions.create_organisation(actor=None, at=now, name="Laissée là", rna="W751234567")
    actions.claim_organisation(draft, user=chloe, function="x", at=now)
    other = Organisation.objects.filter(claimed_at=None).get()
    with pytest.raises(actions.AlreadyHere):
        actions.claim_organisation(other, user=UserFactory(), function="x", at=now)


def test_an_archived_organisation_is_described_no_more(sign_in, amina, entraide, now):
    client = sign_in(amina)
    Organisation.objects.filter(pk=entraide.pk).update(archived_at=now)
    assert client.get(reverse("organisations:edit", args=[entraide.uuid])).status_code == 403
    assert client.post(reverse("organisations:edit", args=[entraide.uuid]), {"name": "Autre"}).status_code == 403
    entraide.refresh_from_db()
    assert entraide.name == "Entraide du Parc"


def test_a_refusal_that_names_a_field_of_another_form_is_said_above():
    form = ClaimForm({"function": "présidente"})
    assert form.is_valid()
    add_refusal(form, actions.AlreadyHere({"siret": "déjà sur Maillage", "function": "trop long"}))
    assert form.non_field_errors() == ["déjà sur Maillage"]
    assert form.errors["function"] == ["trop long"]


def test_a_public_partner_represents_no_association(sign_in, fatou, tilleuls, now):
    left = OrganisationFactory(name="Tricot du jeudi", claimed=True, territories=[tilleuls])
    with pytest.raises(actions.CrossesTheWall):
        actions.claim_organisation(left, user=fatou, function="trésorière", at=now)
    page = sign_in(fatou).post(
        reverse("organisations:claim", args=[left.uuid]), {"function": "trésorière"}, follow=True
    )
    assert "Vous agissez pour un partenaire public" in page.content.decode()
    assert not left.memberships.exists()


def test_a_public_partner_signs_for_no_association_that_nobody_represents(client, fatou, tilleuls, now):
    left = OrganisationFactory(name="Tricot du jeudi", claimed=True, territories=[tilleuls])
    request_for(national(at=now), organisation=left, email=fatou.email, at=now)
    address = re.search(r"http://testserver(/charte/signer/confirmer/\S+)", Message.objects.latest("pk").body)[1]
    page = client.post(address, follow=True)
    assert "Vous agissez pour un partenaire public" in page.content.decode()
    assert not Signature.objects.exists()
    assert not left.memberships.exists()


def test_a_name_holds_nothing_that_nobody_sees(amina, entraide, tilleuls, now):
    actions.change_organisation(
        entraide,
        actor=amina,
        at=now,
        territories=[tilleuls],
        themes=[],
        name="\u202eegrupe\u200b",
        purpose="a\nb\u2066",
    )
    assert (entraide.name, entraide.purpose) == ("egrupe", "a\nb")
