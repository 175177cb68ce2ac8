"""An organisation leaves Maillage, or no longer exists: archived, its history stays."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Signature
from maillage.organisations.permissions import can_archive
from tests.factories.charters import national, request_for, signed
from tests.harness.outcome import data_is_sound, events
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(entraide, amina, now):
    return signed(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)


def close(client, organisation, **typed):
    return client.post(reverse("charters:close-organisation", args=[organisation.uuid]), typed, follow=True)


def test_dissolved_its_signatures_lapse_and_stay_in_the_history(sign_in, client, signature, entraide, amina, now):
    amina_does = sign_in(amina)
    before = amina_does.get(reverse("charters:close-organisation", args=[entraide.uuid])).content.decode()
    assert "Elle est signataire de" in before
    page = close(
        amina_does, entraide, dissolved_on=timezone.localdate(now).isoformat(), is_sure="on"
    ).content.decode()
    assert "1 signature est devenue caduque" in page
    signature.refresh_from_db()
    assert (signature.lapse_reason, signature.withdrawn_at) == ("dissolved", None)
    assert events() == ["signed", "lapsed"]
    proof = client.get(signature.get_absolute_url()).content.decode()
    assert "devenue caduque" in proof
    assert "L’organisation n’existe plus" in proof
    assert "Entraide du Parc" not in client.get(reverse("charters:signatories")).content.decode()
    assert "Entraide du Parc" not in client.get(reverse("directory:organisation-list")).content.decode()
    assert client.get(entraide.get_absolute_url()).status_code == 404
    assert data_is_sound()


def test_the_link_that_signed_gives_no_certificate_any_more(client, signature, entraide, amina, now):
    from maillage.messaging.models import Message

    body = Message.objects.get(kind="signature_to_confirm").body
    link = next(line for line in body.splitlines() if "confirmer" in line).removeprefix("http://testserver")
    assert client.get(f"{link}attestation.pdf").status_code == 200
    actions.close_organisation(entraide, actor=amina, at=now, dissolved_on=timezone.localdate(now))
    assert client.get(f"{link}attestation.pdf").status_code == 404


def test_alive_it_withdraws_first(sign_in, signature, entraide, amina, now):
    amina_does = sign_in(amina)
    page = close(amina_does, entraide, is_sure="on").content.decode()
    assert "retirez d’abord ses signatures, ou dites qu’elle est dissoute" in page
    assert Signature.objects.standing().exists()
    actions.withdraw_signature(signature, actor=amina, at=now)
    assert "La fiche est archivée" in close(amina_does, entraide, is_sure="on").content.decode()
    assert events() == ["signed", "withdrawn"]
    assert data_is_sound()


def test_nobody_withdraws_in_its_place(sign_in, signature, entraide, elsa):
    close(sign_in(elsa), entraide, is_sure="on")
    entraide.refresh_from_db()
    assert entraide.archived_at is None
    assert events() == ["signed"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"dissolved_on": "2999-01-01", "is_sure": "on"}, "Cette date est à venir"),
        ({"dissolved_on": "hier", "is_sure": "on"}, "date valide"),
        ({"dissolved_on": "2020-01-01"}, "obligatoire"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(sign_in, signature, entraide, amina, typed, sentence):
    assert sentence in close(sign_in(amina), entraide, **typed).content.decode()
    assert events() == ["signed"]


def test_closing_twice_changes_nothing(sign_in, entraide, amina, now):
    actions.close_organisation(entraide, actor=amina, at=now, dissolved_on=timezone.localdate(now))
    with pytest.raises((PermissionDenied, ValidationError)):
        actions.close_organisation(entraide, actor=amina, at=now + datetime.timedelta(days=1))
    assert close(sign_in(amina), entraide, is_sure="on").status_code == 404
    entraide.refresh_from_db()
    assert (entraide.archived_at, entraide.dissolved_on) == (now, timezone.localdate(now))


def test_a_link_that_waited_no_longer_signs(entraide, amina, now):
    waiting = request_for(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)
    actions.close_organisation(entraide, actor=amina, at=now)
    with pytest.raises(actions.NotOpenForSignature):
        actions.confirm_signature(waiting, at=now)


def test_its_people_leave_the_association_space(sign_in, entraide, amina, bruno, jardins, elsa, tilleuls, now):
    idea = actions.propose_adaptation(
        name="Entre nous", territories=[tilleuls], organisation=jardins, words="Chut.", actor=bruno, at=now
    )
    actions.close_organisation(entraide, actor=elsa, at=now, dissolved_on=timezone.localdate(now))
    assert sign_in(type(amina).objects.get(pk=amina.pk)).get(idea.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_close(request, sign_in, entraide, amina, persona, now):
    somebody, may = request.getfixturevalue(persona), persona in {"amina", "elsa"}
    assert can_archive(somebody, entraide) is may
    response = sign_in(somebody).get(reverse("charters:close-organisation", args=[entraide.uuid]))
    assert response.status_code == (200 if may else 302 if persona == "djibril" else 403)
    if not may:
        with pytest.raises(PermissionDenied):
            actions.close_organisation(entraide, actor=somebody, at=now)
