"""Signing with somebody's help: a code by e-mail, read aloud to whoever types."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from maillage.charters import actions
from maillage.charters.models import RegisterEntry, Signature, SignatureRequest
from maillage.messaging.models import Message
from tests.factories.charters import national
from tests.harness.outcome import data_is_sound, events, told
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db

PARTICULARS = {
    "first_name": "Amina",
    "last_name": "Benali",
    "function": "présidente",
    "email": "amina@exemple.org",
    "has_mandate": "on",
    "involvement": "host",
    "is_listed": "on",
}


@pytest.fixture
def prepared(entraide, amina, elsa, clock):
    known = {name: PARTICULARS[name] for name in ("email", "first_name", "last_name", "function")}
    return actions.help_sign(national(at=clock.moment), organisation=entraide, actor=elsa, at=clock.moment, **known)


def code():
    return re.search(r"\b(\d{3} \d{3})\b", Message.objects.get(kind="code_to_read_aloud").body)[1]


def wrong():
    return f"{(int(code().replace(' ', '')) + 1) % 10**6:06d}"


def test_the_code_read_aloud_signs(sign_in, client, elsa, entraide, amina):
    national()
    elsa_types = sign_in(elsa)
    step2 = reverse("charters:sign-particulars", args=[entraide.uuid])
    page = elsa_types.post(step2, {**PARTICULARS, "helped": "yes"}, follow=True)
    assert "Un code vient de partir à amina@exemple.org" in page.content.decode()
    assert told("code_to_read_aloud") == ["amina"]
    assert told("signature_to_confirm") == []
    assert not Signature.objects.exists()

    page = elsa_types.post(page.request["PATH_INFO"], {"code": code()}, follow=True).content.decode()
    assert "C’est signé" in page
    assert "avec l’aide d’une personne" in page
    assert json.loads(RegisterEntry.objects.get().body)["channel"] == "assisted"
    signature = Signature.objects.get()
    assert (signature.signed_by, signature.entered_by) == (amina, elsa)
    assert told("signature_received") == ["amina"]
    assert data_is_sound()


def test_the_same_code_twice_signs_once(sign_in, prepared, elsa):
    address, elsa_types = reverse("charters:help-sign", args=[prepared.uuid]), sign_in(elsa)
    said = code()
    for _ in range(3):
        elsa_types.post(address, {"code": said})
    assert events() == ["signed"]
    assert "La page qui la vérifie" in elsa_types.get(address).content.decode()


def test_a_wrong_code_is_said_so_and_the_fifth_is_the_last(sign_in, client, prepared, elsa):
    address, elsa_types, bad = reverse("charters:help-sign", args=[prepared.uuid]), sign_in(elsa), wrong()
    for _ in range(5):
        assert "Ce n’est pas le code" in elsa_types.post(address, {"code": bad}).content.decode()
    for said in (bad, code()):
        assert "Ce code ne sert plus" in elsa_types.post(address, {"code": said}).content.decode()
    assert events() == []
    link = re.search(r"http://testserver(\S+confirmer\S+)", Message.objects.get().body)[1]
    client.post(link)
    assert events() == ["signed"], "the link of the same message still confirms"


@pytest.mark.parametrize("said", ["", "abc", "１２３４５６", "12345678901", "' OR 1=1"])
def test_what_is_no_code_is_refused(sign_in, prepared, elsa, said):
    sign_in(elsa).post(reverse("charters:help-sign", args=[prepared.uuid]), {"code": said})
    assert events() == []


def test_after_half_an_hour_the_code_is_dead_even_with_another_link(prepared, elsa, clock):
    said = code()
    clock.advance(minutes=20)
    actions.send_link_again(prepared, at=clock.moment)
    clock.advance(minutes=11)
    with pytest.raises(actions.WrongCode, match="ne sert plus"):
        actions.confirm_by_code(prepared, code=said, actor=elsa, at=clock.moment)
    assert events() == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_help(request, sign_in, prepared, entraide, persona, now):
    somebody = request.getfixturevalue(persona)
    if persona == "elsa":
        assert sign_in(somebody).get(reverse("charters:help-sign", args=[prepared.uuid])).status_code == 200
        return
    response = sign_in(somebody).post(reverse("charters:help-sign", args=[prepared.uuid]), {"code": code()})
    assert response.status_code in {302, 404}
    with pytest.raises(PermissionDenied):
        actions.confirm_by_code(prepared, code=code(), actor=somebody, at=now)
    with pytest.raises(PermissionDenied):
        actions.help_sign(prepared.version, organisation=entraide, email="a@exemple.org", actor=somebody, at=now)
    assert events() == []


def test_asking_for_help_without_being_a_helper_sends_the_usual_link(sign_in, entraide, amina):
    national()
    step2 = reverse("charters:sign-particulars", args=[entraide.uuid])
    sign_in(amina).post(step2, {**PARTICULARS, "helped": "yes"})
    assert told("code_to_read_aloud") == []
    assert told("signature_to_confirm") == ["amina"]
    assert SignatureRequest.objects.get().channel == "online"
