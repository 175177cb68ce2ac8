"""Finding one's association on a phone, here and in the national register; a directory that follows the typing."""

import re

import pytest

from maillage.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.charters import national
from tests.factories.organisations import OrganisationFactory
from tests.factories.territories import TerritoryFactory
from tests.harness.journeys import is_wider_than_the_window
from tests.harness.register import import_file, own_folder, register

from .conftest import DESK, PHONE

__all__ = ["import_file", "own_folder", "register"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_small_association_finds_itself_in_the_register_and_is_here(open_page, axe, register):
    register("LES JARDINS DE LA GOUTTE D'OR", "LE VELO", objet="CULTIVER ENSEMBLE")
    TerritoryFactory(kind="commune", name="Paris 18e Arrondissement", code="75118")
    page = open_page(UserFactory(email="nadia@exemple.org"))
    page.goto("/annuaire/")
    page.get_by_role("link", name="Ajouter mon association ou mon collectif").click()
    page.get_by_label("Nom, sigle, numéro RNA ou SIRET").press_sequentially("jardins gout")
    choice = page.get_by_role("link", name=re.compile("Les jardins de la goutte d'or"))
    choice.wait_for()
    assert "1 association proposée" in page.locator("[data-maillage-status]").text_content()
    axe(page)
    assert not is_wider_than_the_window(page)
    choice.click()
    assert page.get_by_label("Nom", exact=False).first.input_value() == "Les jardins de la goutte d'or"
    axe(page)
    page.get_by_label("Votre fonction dans l’association").fill("présidente")
    page.get_by_role("button", name="Ajouter").click()
    page.wait_for_url("**/annuaire/les-jardins*/")
    assert "Une association voisine ou la coordination la confirmera" in page.inner_text("main")
    made = Organisation.objects.get()
    assert (made.rna, made.seat.code, made.memberships.count()) == ("W751000001", "75118", 1)


def test_without_javascript_the_same_box_is_sent(open_page, register):
    national()
    register("LES JARDINS")
    page = open_page(javascript=False)
    page.goto("/charte/signer/")
    page.get_by_label("Nom, sigle, numéro RNA ou SIRET").fill("jardins")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Les jardins")).click()
    assert page.get_by_label("Nom", exact=False).first.input_value() == "Les jardins"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_the_directory_follows_what_is_typed_and_its_map_shows_the_same(open_page, axe, viewport):
    here = TerritoryFactory(kind="commune", name="Clairmont", code="99001", longitude=2.0, latitude=48.0)
    OrganisationFactory(name="Atelier du vélo", purpose="Réparer", territories=[here])
    OrganisationFactory(name="Chorale", territories=[here])
    page = open_page(viewport=viewport)
    page.goto("/annuaire/")
    assert page.locator("#found .card").count() == 2
    page.get_by_label(re.compile("Nom, sigle")).press_sequentially("velos")
    page.locator("#found", has_text="1 organisation").wait_for()
    assert page.locator("#found .card").count() == 1
    assert "1 organisation" in page.locator("[data-maillage-status]").text_content()
    assert page.url.endswith("?q=velos"), "the list can be sent to somebody"
    page.get_by_text("Plus de filtres").click()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="Ouvrir la carte").click()
    page.wait_for_selector(".leaflet-marker-icon")
    page.locator(".leaflet-marker-icon").first.dispatch_event("click")
    assert "Organisations : 1" in page.locator(".leaflet-popup").inner_text()
    axe(page)
    page.locator(".leaflet-popup").get_by_role("link").click()
    page.wait_for_url("**territory=99001**")
    assert page.locator("#found .card").count() == 1, "what was looked for still is"
