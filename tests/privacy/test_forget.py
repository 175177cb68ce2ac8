"""Forgetting somebody: nothing says who they were, and what their association did still stands."""

import json
import shutil
import subprocess

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from maillage.accounts.models import User
from maillage.charters import actions as charters
from maillage.charters.documents import certificate_pdf
from maillage.charters.models import Remark, SignatureRequest
from maillage.messaging.models import Message
from maillage.organisations import actions as organisations
from maillage.organisations.models import Mandate, Membership
from maillage.privacy.actions import SoleManager, forget_person
from maillage.upkeep import rows
from tests.factories.charters import adaptation_draft, national, request_for, signed
from tests.factories.organisations import MandateFactory, NetworkRoleFactory, TerritoryRoleFactory

pytestmark = pytest.mark.django_db


def everything():
    """Every row of the database, as one text."""
    return "\n".join(line for model in rows.kept_models() for line in rows.dump(model)).lower()


def farewell():
    return Message.objects.get(kind="farewell")


def test_nothing_in_the_database_says_who_she_was(amina, bachir, amina_signed, tilleuls, jardins, elsa, sign_in, now):
    amina.last_name = "Benali"
    amina.save()
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    charters.make_remark(draft, organisation=amina_signed.organisation, text="Et l’eau ?", author=amina, at=now)
    request_for(national(), email="AMINA@exemple.org", first_name="Amina", last_name="Benali")
    TerritoryRoleFactory(user=amina)
    NetworkRoleFactory(user=amina)
    UserProfile.objects.create(user=amina)
    EmailAddress.objects.create(user=amina, email="amina.benali@exemple.org", verified=True)
    ModelLogEntry.objects.log_action(amina, "wagtail.edit", title="Amina Benali", data={"name": "Amina"})
    sign_in(amina)
    assert "amina@exemple.org" in everything()
    assert "benali" in everything()

    forgotten = forget_person(amina, actor=amina, at=now)

    farewell().delete()  # the one place left, until it leaves: see test_farewell.py
    for trace in ("amina", "benali"):
        assert trace not in everything()
    assert (forgotten.is_active, str(forgotten)) == (False, "personne oubliée")
    assert forgotten.email.endswith(".invalid")
    assert not Membership.objects.standing().filter(user=forgotten).exists()
    assert not forgotten.territory_roles.filter(until=None).exists()
    assert not forgotten.network_roles.filter(until=None).exists()
    assert not SignatureRequest.objects.exists()
    assert Remark.objects.get().author is None
    call_command("check_data")


def test_the_signature_stands_and_the_register_is_the_same_byte_for_byte(
    client, amina, bachir, amina_signed, register_file, now
):
    before = register_file()
    forget_person(amina, actor=amina, at=now)
    assert register_file() == before
    call_command("verify_register")

    amina_signed.refresh_from_db()
    assert amina_signed.is_standing
    assert amina_signed.has_confirmed_mandate
    page = client.get(amina_signed.get_absolute_url()).content.decode()
    assert "authentique et en cours" in page
    assert "personne oubliée" in page
    assert "confirmé" in page


def test_before_it_the_verification_page_says_nothing_of_oblivion(client, amina_signed):
    assert "oubliée" not in client.get(amina_signed.get_absolute_url()).content.decode()


def words_of(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Debian's package poppler-utils reads the PDF")
def test_the_certificate_names_nobody_any_more(amina, bachir, amina_signed, now):
    before = words_of(certificate_pdf(amina_signed))
    assert "Amina Benali, présidence" in before
    forget_person(amina, actor=amina, at=now)
    amina_signed.refresh_from_db()
    after = words_of(certificate_pdf(amina_signed))
    for trace in ("Amina", "Benali", "présidence"):
        assert trace not in after
    assert "Entraide du Parc" in after
    assert amina_signed.token in after


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_signature_withdrawn_afterwards_keeps_the_register_whole(
    is_listed, entraide, amina, bachir, register_file, now
):
    signature = signed(organisation=entraide, email="amina@exemple.org", is_listed=is_listed, at=now)
    forget_person(amina, actor=amina, at=now)
    charters.withdraw_signature(signature, actor=bachir, at=now)
    first, second = map(json.loads, register_file().splitlines())
    # Hashes without a salt would be guessed: those of the first entry come again.
    assert (first["signatory"], first["organisation"]) == (second["signatory"], second["organisation"])
    call_command("verify_register")
    call_command("check_data")


def test_the_journal_keeps_the_event_without_the_name(amina, bachir, amina_signed, elsa, now):
    mandate = MandateFactory(user=amina, function="trésorière-adjointe")
    ModelLogEntry.objects.log_action(mandate, "organisations.confirm_mandate", user=elsa)
    forgotten = forget_person(amina, actor=amina, at=now)
    entries = ModelLogEntry.objects.all()
    assert entries.filter(action="charters.sign").exists()
    assert entries.filter(action="privacy.forget", timestamp=now).exists()
    assert not [entry for entry in entries if "trésorière" in entry.label or "Amina" in entry.label]
    assert {str(entry.user) for entry in entries.filter(user=forgotten)} == {"personne oubliée"}


def test_only_oneself_or_the_operator(amina, bachir, gael, now):
    for actor in (bachir, gael):
        with pytest.raises(PermissionDenied):
            forget_person(amina, actor=actor, at=now)
    assert forget_person(amina, actor=None, at=now).forgotten_at == now


def test_twice_changes_nothing(amina, bachir, now):
    first = forget_person(amina, actor=None, at=now)
    again = forget_person(amina, actor=None, at=now)
    assert (first.email, first.forgotten_at) == (again.email, again.forgotten_at)
    assert Message.objects.filter(kind="farewell").count() == 1


def test_others_are_untouched(amina, bachir, bruno, sign_in, now):
    """Samina's address holds the letters of Amina's: it is another."""
    samina = User.objects.create_user("samina@exemple.org", first_name="Samina")
    for person in (amina, samina, bruno):
        sign_in(person)
    request_for(national(), email="samina@exemple.org", first_name="Samina")
    before = Session.objects.count()
    forget_person(amina, actor=amina, at=now)
    assert Session.objects.count() == before - 1
    assert SignatureRequest.objects.get().email == "samina@exemple.org"
    assert bruno.mandates.get().function == "présidence"
    assert User.objects.get(pk=samina.pk).is_active


def test_whoever_was_signing_in_with_the_address_starts_again(client, amina, bachir, now):
    client.post(reverse("account_login"), {"login": "amina@exemple.org"})
    forget_person(amina, actor=None, at=now)
    assert not Session.objects.exists()


def test_the_address_may_come_back_as_somebody_new(amina, bachir, now):
    forget_person(amina, actor=amina, at=now)
    new = signed(email="amina@exemple.org").signed_by
    assert new.pk != amina.pk
    assert new.is_active


def test_the_database_refuses_a_name_on_a_forgotten_account(amina, bachir, now):
    forgotten = forget_person(amina, actor=amina, at=now)
    forgotten.first_name = "Amina"
    with pytest.raises(IntegrityError):
        forgotten.save()


class TestTheOnlyManager:
    def test_is_asked_to_hand_over_first(self, amina, entraide, now):
        with pytest.raises(SoleManager, match="Entraide du Parc"):
            forget_person(amina, actor=amina, at=now)
        amina.refresh_from_db()
        assert amina.is_active
        assert Mandate.objects.get(user=amina).ended_at is None

    def test_may_leave_knowingly_and_the_coordinator_is_told(self, client, amina, entraide, amina_signed, elsa, now):
        forget_person(amina, actor=amina, at=now, nobody_can_take_over=True)
        told = Message.objects.get(kind="organisation_to_take_over")
        assert told.recipient == elsa.email
        assert "amina" not in (told.subject + told.body).lower()
        assert ModelLogEntry.objects.for_instance(entraide).filter(action="privacy.leave").exists()
        page = client.get(entraide.get_absolute_url()).content.decode()
        assert "À reprendre." in page
        assert "Entraide du Parc" in client.get("/annuaire/").content.decode()

    def test_a_newcomer_who_takes_it_over_is_confirmed_anew(self, amina, entraide, tilleuls, chloe, now):
        """Otherwise anybody could walk into the association space through an empty house."""
        from maillage.organisations.audiences import Reader

        forget_person(amina, actor=amina, at=now, nobody_can_take_over=True)
        organisations.claim_organisation(entraide, user=chloe, function="présidente", at=now)
        assert Reader(chloe).space_territory_ids == frozenset()
        assert Reader(chloe).managed_ids == {entraide.pk}


def test_the_command_forgets_by_address_or_by_the_identifier_of_the_log(amina, bachir, bruno, capsys):
    call_command("forget", "Amina@exemple.org")
    assert User.objects.get(pk=amina.pk).forgotten_at
    with pytest.raises(CommandError, match="Les Jardins partagés"):
        call_command("forget", str(bruno.uuid))
    call_command("forget", str(bruno.uuid), "--nobody-can-take-over")
    assert User.objects.get(pk=bruno.pk).forgotten_at
    with pytest.raises(CommandError, match="Personne"):
        call_command("forget", "bruno@exemple.org")
