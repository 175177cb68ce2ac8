"""Passkeys in a real browser, with its virtual authenticator: set one up, sign in with it, prove oneself again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def with_device():
    """`with_device(page)` gives the page's browser a device that recognises its owner; the function returned by it
    changes its mind (``False``: the owner is not recognised).
    """

    def with_device(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

        def recognises(answer):
            session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": answer})

        return recognises

    return with_device


def add_a_key(page, name):
    page.goto("/espace/")
    page.get_by_role("link", name="La sécurité de mon compte").click()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Nom de la clé").fill(name)
    page.get_by_role("button", name="Créer la clé").click()
    page.wait_for_url("**/securite/codes/")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_amina_comes_in_with_her_telephone(open_page, axe, amina, with_device, viewport):
    page = open_page(amina, viewport=viewport)
    with_device(page)
    add_a_key(page, "Téléphone d’Amina")
    assert page.locator("ol .hash").count() == 10
    axe(page)

    page.goto("/compte/quitter/")
    page.get_by_role("button", name="Me déconnecter").click()
    page.goto("/compte/connexion/?next=/organisations/nouvelle/")
    axe(page)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(re.compile(r"\d/organisations/nouvelle/$"))
    page.goto("/compte/securite/cles/")
    assert "Téléphone d’Amina" in page.content()


def test_gael_who_edits_proves_himself_with_his_key(open_page, gael, with_device, settings):
    settings.STAFF_SECOND_FACTOR = True
    page = open_page(gael, viewport=DESK)
    with_device(page)
    page.goto("/charte/redaction/")
    page.wait_for_url("**/compte/securite/")
    add_a_key(page, "Ordinateur")
    page.get_by_role("link", name="Écrire le texte national").click()
    page.wait_for_url("**/charte/redaction/")

    page.goto("/compte/quitter/")
    page.get_by_role("button", name="Me déconnecter").click()
    page.goto("/compte/connexion/?next=/charte/redaction/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url(re.compile(r"\d/charte/redaction/$"))


def test_a_key_is_asked_again_before_it_is_removed(open_page, axe, amina, with_device):
    page = open_page(amina)
    with_device(page)
    add_a_key(page, "Téléphone")
    fresh = open_page(amina)
    fresh.goto("/compte/securite/cles/")
    fresh.get_by_role("link", name=re.compile("Retirer")).click()
    assert "C’est bien vous" in fresh.content()
    axe(fresh)
    page.goto("/compte/securite/cles/")
    page.get_by_role("link", name=re.compile("Retirer")).click()
    page.get_by_role("button", name="Retirer la clé").click()
    page.wait_for_url("**/compte/securite/cles/")
    assert not Authenticator.objects.exists()


def test_a_device_that_refuses_is_said_in_words_and_the_code_remains(open_page, axe, amina, with_device):
    page = open_page(amina)
    recognises = with_device(page)
    add_a_key(page, "Téléphone")
    recognises(False)
    page.goto("/compte/quitter/")
    page.get_by_role("button", name="Me déconnecter").click()
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.get_by_role("alert").wait_for()
    assert "La clé n’a pas été lue" in page.get_by_role("alert").inner_text()
    axe(page)
    expect(page.get_by_role("button", name="Recevoir un code")).to_be_visible()


def test_without_javascript_nothing_is_offered_that_does_not_work(open_page, amina):
    page = open_page(javascript=False)
    page.goto("/compte/connexion/")
    expect(page.get_by_text("Utiliser ma clé d’accès")).to_be_hidden()
    page = open_page(amina, javascript=False)
    page.goto("/compte/securite/cles/ajouter/")
    expect(page.get_by_text("il y faut JavaScript")).to_be_visible()
    expect(page.get_by_text("Créer la clé")).to_be_hidden()


PAGES = [
    "/compte/securite/",
    "/compte/securite/application/",
    "/compte/securite/cles/",
    "/compte/securite/cles/ajouter/",
]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_pages_of_security_are_accessible(open_page, axe, amina, viewport):
    page = open_page(amina, viewport=viewport)
    for address in PAGES:
        assert page.goto(address).status == 200, address
        axe(page)
        assert not is_wider_than_the_window(page), address
