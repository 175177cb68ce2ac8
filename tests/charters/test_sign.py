"""Signing in the name of an organisation: the request, the proof, what is refused."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.charters import actions
from maillage.charters.models import RegisterEntry, Signature, SignatureRequest
from maillage.charters.register import conceal
from maillage.messaging.models import Message
from tests.factories.charters import adopted, national, request_for, signed
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_asking_signs_nothing_and_sends_one_link(entraide, amina, now):
    request_for(national(), organisation=entraide, email="amina@exemple.org", at=now)

    assert Signature.objects.count() == 0
    assert [message.kind for message in Message.objects.all()] == ["signature_to_confirm"]
    link = Message.objects.get().body
    assert "/charte/signer/confirmer/" in link
    assert "Entraide du Parc" in link


def test_confirming_signs_registers_and_sends_the_receipt(entraide, amina, now):
    signature = signed(organisation=entraide, email="AMINA@exemple.org ", at=now, function="présidente")

    assert signature.organisation == entraide
    assert signature.signed_by == amina
    assert signature.has_confirmed_mandate, "Amina’s standing mandate is confirmed"
    entry = RegisterEntry.objects.get()
    assert (entry.event, entry.signature) == ("signed", signature)
    receipt = Message.objects.get(kind="signature_received")
    assert receipt.recipient == "amina@exemple.org"
    assert receipt.attachment_arguments == {"token": signature.token}


def test_a_signature_asks_little_of_the_database(django_assert_max_num_queries, now):
    draft = OrganisationFactory(draft=True)
    prepared = request_for(national(), organisation=draft, email="nouvelle@exemple.org", at=now)
    signed(email="avant@exemple.org", at=now)  # what the first of a process reads once
    with django_assert_max_num_queries(22):
        actions.confirm_signature(prepared, at=now)


def test_confirming_twice_changes_nothing(entraide, amina, now):
    prepared = request_for(national(), organisation=entraide, email="amina@exemple.org", at=now)
    first = actions.confirm_signature(prepared, at=now)
    again = actions.confirm_signature(prepared, at=now + datetime.timedelta(days=30))

    assert again == first
    assert Signature.objects.count() == RegisterEntry.objects.count() == 1
    assert Message.objects.filter(kind="signature_received").count() == 1


def test_signing_makes_an_unknown_organisation_its_signatorys(now):
    draft = OrganisationFactory(draft=True, name="Collectif du hall 3")
    signature = signed(organisation=draft, email="nouvelle@exemple.org", at=now)

    draft.refresh_from_db()
    assert draft.claimed_at == now
    assert draft.confirmed_at is None, "a peer or a coordinator still has to confirm it"
    assert not signature.has_confirmed_mandate
    person = User.objects.get(email="nouvelle@exemple.org")
    assert person.memberships.get().organisation == draft
    assert not person.has_usable_password()


def test_a_stranger_cannot_sign_for_an_organisation_that_has_members(entraide, amina):
    version = national()
    with pytest.raises(actions.NotTheirOrganisation, match="Entraide du Parc"):
        request_for(version, organisation=entraide, email="quelquun@exemple.org")
    assert SignatureRequest.objects.count() == 0
    assert Message.objects.count() == 0


def test_a_request_made_before_the_organisation_had_members_is_refused_at_the_confirmation(now):
    claimed_since = OrganisationFactory()
    prepared = request_for(national(), organisation=claimed_since, email="tard@exemple.org", at=now)
    MembershipFactory(organisation=claimed_since)

    with pytest.raises(actions.NotTheirOrganisation):
        actions.confirm_signature(prepared, at=now)
    assert Signature.objects.count() == 0
    assert not User.objects.filter(email="tard@exemple.org").exists(), "nothing half-done"


def test_an_expired_link_is_refused_and_another_can_be_sent(entraide, amina, now):
    prepared = request_for(national(), organisation=entraide, email="amina@exemple.org", at=now)
    late = now + actions.signatures.LINK_LASTS
    with pytest.raises(actions.LinkExpired):
        actions.confirm_signature(prepared, at=late)

    actions.send_link_again(prepared, at=late)
    assert actions.confirm_signature(prepared, at=late).is_standing


def test_links_cannot_be_asked_for_in_a_burst(entraide, amina, now):
    prepared = request_for(national(), organisation=entraide, email="amina@exemple.org", at=now)
    with pytest.raises(actions.signatures.TooSoon):
        actions.send_link_again(prepared, at=now + datetime.timedelta(seconds=30))
    assert Message.objects.count() == 1


def test_a_mailbox_cannot_be_flooded(now):
    version = national()
    for _ in range(actions.signatures.MOST_LINKS_AN_HOUR):
        request_for(version, email="cible@exemple.org", at=now)
    with pytest.raises(actions.signatures.TooSoon):
        request_for(version, email="cible@exemple.org", at=now)
    request_for(version, email="cible@exemple.org", at=now + datetime.timedelta(hours=2))


def test_one_standing_signature_an_organisation_and_text(entraide, amina, now):
    version = national()
    signed(version, organisation=entraide, email="amina@exemple.org", at=now)
    with pytest.raises(actions.AlreadySigned, match="Entraide du Parc"):
        request_for(version, organisation=entraide, email="amina@exemple.org")


def test_the_database_itself_refuses_a_second_standing_signature(entraide, amina, now):
    first = signed(organisation=entraide, email="amina@exemple.org", at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=first.version, organisation=entraide, involvement="sign_only", signed_at=now)


def test_a_signature_stays_with_its_version_when_a_new_one_is_published(entraide, amina, now):
    signature = signed(organisation=entraide, email="amina@exemple.org", at=now)
    second = national()

    signature.refresh_from_db()
    assert signature.version.number == 1
    assert signature.version.superseded_at is not None
    assert second.signatures.count() == 0
    assert signature.is_standing


def test_a_replaced_text_is_no_longer_open_for_signature(now):
    first = national()
    national()
    first.refresh_from_db()
    with pytest.raises(actions.NotOpenForSignature):
        request_for(first)


def test_a_draft_cannot_be_signed():
    with pytest.raises(actions.NotOpenForSignature):
        request_for(national(publish=False))


def test_a_public_partner_never_signs(prefecture, fatou):
    with pytest.raises(actions.NotOpenForSignature, match="interne aux associations"):
        request_for(national(), organisation=prefecture, email="fatou@exemple.org")


def test_the_register_names_the_organisation_and_hides_the_person(entraide, amina, now):
    signature = signed(organisation=entraide, email="amina@exemple.org", at=now, function="présidente")
    body = RegisterEntry.objects.get().body

    assert "Entraide du Parc" in body
    assert "Camille" not in body
    assert "amina" not in body
    assert conceal(signature.signatory_salt, "Camille Exemple", "présidente") in body


def test_an_organisation_that_is_not_listed_is_not_named_in_the_register(entraide, amina, now):
    signed(organisation=entraide, email="amina@exemple.org", at=now, is_listed=False)
    body = RegisterEntry.objects.get().body
    assert "Entraide" not in body
    assert str(entraide.uuid) not in body


def test_an_adaptation_is_in_force_from_the_signature_that_completes_the_number(
    entraide, amina, jardins, bruno, elsa, tilleuls, now
):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=2, at=now)
    signed(version, organisation=entraide, email="amina@exemple.org", at=now + datetime.timedelta(days=1))
    version.refresh_from_db()
    assert version.in_force_at is None

    completing = now + datetime.timedelta(days=2)
    signed(version, organisation=jardins, email="bruno@exemple.org", at=completing)
    version.refresh_from_db()
    assert version.in_force_at == completing
    told = Message.objects.filter(kind="adaptation_in_force").values_list("recipient", flat=True)
    assert set(told) == {"amina@exemple.org", "bruno@exemple.org", "elsa@exemple.org"}
