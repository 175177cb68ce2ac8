"""Consent again by difference: each signatory sees what changed since its own version, and decides."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import RegisterEntry, Signature
from maillage.charters.queries import register_discords, signatories
from maillage.messaging.models import Message
from tests.factories.charters import ARTICLES, national, signed
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(entraide, amina, now):
    """Amina’s association stands by version 1, and version 2 has replaced it."""
    first = signed(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)
    changed = [ARTICLES[0], {**ARTICLES[1], "text": "Nous nous parlons pendant l’action."}, ARTICLES[2]]
    national(articles=changed, at=now + datetime.timedelta(days=1))
    return Signature.objects.get(pk=first.pk)


def test_nobody_is_moved_and_each_signatory_is_told(signature):
    assert signature.version.number == 1
    letter = Message.objects.get(kind="new_version_to_read")
    assert letter.recipient == "amina@exemple.org"
    assert signature.token in letter.body


def test_only_what_changed_is_shown(sign_in, signature, amina):
    page = sign_in(amina).get(reverse("charters:new-version", args=[signature.token])).content.decode()
    assert "pendant l’action" in page
    assert "Nous choisissons de coopérer." not in page, "an article that did not change"
    assert "Signer la version 2" in page
    assert "Attendre" in page


def test_signing_the_new_version_leaves_the_former_signature_where_it_is(sign_in, signature, amina, entraide, now):
    sign_in(amina).post(reverse("charters:new-version", args=[signature.token]))
    renewed = entraide.signatures.get(version__number=2)
    assert renewed.has_confirmed_mandate
    signature.refresh_from_db()
    assert signature.is_standing
    assert [entry.event for entry in RegisterEntry.objects.all()] == ["signed", "signed"]
    assert list(register_discords()) == []
    shown = signatories(amina, on=timezone.localdate(now))
    assert [row.version.number for row in shown] == [2], "the list shows where each organisation stands now"


def test_signing_twice_is_refused(signature, amina, now):
    actions.sign_new_version(signature, actor=amina, at=now + datetime.timedelta(days=2))
    with pytest.raises(actions.AlreadySigned):
        actions.sign_new_version(signature, actor=amina, at=now + datetime.timedelta(days=2))


def test_a_signature_that_is_up_to_date_has_nothing_to_sign(sign_in, entraide, amina, now):
    current = signed(national(), organisation=entraide, email="amina@exemple.org")
    with pytest.raises(actions.NotOpenForSignature):
        actions.sign_new_version(current, actor=amina, at=now)
    page = sign_in(amina).get(reverse("charters:new-version", args=[current.token])).content.decode()
    assert "toujours le texte en cours" in page


def test_waiting_changes_nothing(sign_in, signature, amina):
    space = sign_in(amina).get("/espace/").content.decode()
    assert reverse("charters:new-version", args=[signature.token]) in space
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("persona", ["bruno", "chloe", "elsa", "fatou", "gael"])
def test_nobody_signs_again_for_another_association(request, sign_in, signature, persona, now):
    somebody = request.getfixturevalue(persona)
    response = sign_in(somebody).post(reverse("charters:new-version", args=[signature.token]))
    assert response.status_code == 403
    with pytest.raises(PermissionDenied):
        actions.sign_new_version(signature, actor=somebody, at=now)
    assert Signature.objects.count() == 1


def test_a_member_without_a_mandate_is_shown_how(sign_in, signature, entraide, chloe):
    MembershipFactory(user=chloe, organisation=entraide)
    reader = sign_in(chloe)
    address = reverse("charters:new-version", args=[signature.token])
    assert "Seule une personne mandatée" in reader.get(address).content.decode()
    assert reader.post(address).status_code == 403


def test_the_page_of_the_charter_says_who_is_behind(client, signature, amina, now):
    assert "1 organisation a signé une version précédente" in client.get("/charte/").content.decode()
    actions.sign_new_version(signature, actor=amina, at=now + datetime.timedelta(days=2))
    assert "version précédente" not in client.get("/charte/").content.decode()
