"""Traps for robots: no person meets them, and whoever falls in by mistake goes on."""

import re

import pytest
from django.urls import reverse

from config.settings.limits import FORMS_WITH_A_TRAP
from maillage.charters.models import SignatureRequest
from maillage.organisations.models import Organisation
from maillage.ui.robots import OPENED, TRAP, opened_now
from tests.factories.charters import national
from tests.factories.organisations import OrganisationFactory

from .test_limits import signing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def looked_at(settings):
    settings.SECONDS_ON_A_FORM = 2
    settings.FORMS_WITH_A_TRAP = FORMS_WITH_A_TRAP


@pytest.fixture
def address(db):
    national()
    return reverse("charters:sign-particulars", args=[OrganisationFactory(name="Entraide").uuid])


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


@pytest.mark.parametrize("route", ["account_signup", "charters:sign-new-organisation", "particulars"])
def test_no_person_meets_the_trap(client, address, route):
    page = client.get(address if route == "particulars" else reverse(route)).content.decode()
    trap = re.search(rf'<div hidden><input type="text" name="{TRAP}"[^>]*></div>', page)[0]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert f'name="{OPENED}"' in page


def test_a_person_signs_as_before(client, address, clock):
    opened = hidden(client.get(address))[OPENED]
    clock.advance(seconds=30)
    answer = client.post(address, signing(1, **{TRAP: "", OPENED: opened}))
    assert answer.status_code == 302
    assert SignatureRequest.objects.get().email == "personne1@exemple.org"


def test_a_form_with_a_mistake_keeps_the_moment_it_was_opened(client, address, clock):
    opened = hidden(client.get(address))[OPENED]
    clock.advance(seconds=30)
    again = client.post(address, signing(1, email="", **{TRAP: "", OPENED: opened}))
    assert again.status_code == 200
    assert hidden(again)[OPENED] == opened
    assert client.post(address, signing(1, **{TRAP: "", OPENED: hidden(again)[OPENED]})).status_code == 302


CAUGHT = {
    "fills everything in": lambda opened: {TRAP: "https://vente.example", OPENED: opened},
    "sends nothing of it": lambda opened: {},
    "invents the moment": lambda opened: {TRAP: "", OPENED: "1700000000"},
}


@pytest.mark.parametrize("how", CAUGHT)
def test_a_robot_is_stopped_and_a_person_goes_on_without_losing_anything(client, address, clock, how):
    opened = hidden(client.get(address))[OPENED]
    clock.advance(seconds=30)
    typed = signing(1, function="prés « idente » <b>")
    page = client.post(address, {**typed, **CAUGHT[how](opened)})
    assert page.status_code == 422
    assert not SignatureRequest.objects.exists()
    assert "<b>" not in page.content.decode()
    kept = hidden(page)
    assert kept["email"] == typed["email"]
    clock.advance(seconds=5)
    kept.pop("csrfmiddlewaretoken", None)
    went_on = {**typed, TRAP: "", OPENED: kept.get(OPENED, opened_now())}
    clock.advance(seconds=5)
    assert client.post(address, went_on).status_code == 302


def test_too_fast_is_a_robot(client, address, clock):
    opened = hidden(client.get(address))[OPENED]
    clock.advance(seconds=1)
    assert client.post(address, signing(1, **{OPENED: opened})).status_code == 422
    assert client.post(reverse("account_signup"), {"email": "a@exemple.org", OPENED: opened}).status_code == 422


def test_the_trap_is_no_field_of_what_is_recorded(client, address, clock, tilleuls):
    opened = opened_now()
    clock.advance(seconds=10)
    answer = client.post(
        reverse("charters:sign-new-organisation"),
        {
            "name": "Nouvelle",
            "kind": "association",
            "legal_regime": "1901",
            "employer": "none",
            "territory_names": tilleuls.name,
            TRAP: "",
            OPENED: opened,
        },
    )
    assert answer.status_code == 302
    assert Organisation.objects.filter(name="Nouvelle").exists()
