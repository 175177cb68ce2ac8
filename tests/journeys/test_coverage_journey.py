"""The coverage board in a real browser: its map opens when it is asked for, and says what the table says."""

import pytest
from playwright.sync_api import expect

from maillage.demo.town import read_neighbourhoods
from maillage.territories.actions import import_neighbourhoods
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(now):
    """The invented town, with its borders."""
    import_neighbourhoods(read_neighbourhoods(), vintage=2024, source="inventé", at=now)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("address", ["/territoires/couverture/", "/territoires/couverture/departement/99/"])
def test_the_map_opens_when_it_is_asked_for(open_page, axe, town, viewport, address):
    page = open_page(viewport=viewport)
    page.goto(address)
    assert page.locator(".leaflet-container").count() == 0
    axe(page)
    page.get_by_role("button", name="Ouvrir la carte").click()
    page.wait_for_selector(".leaflet-marker-icon")
    assert page.locator(".leaflet-marker-icon").count() == 3
    page.locator(".leaflet-marker-icon").first.dispatch_event("click")
    popup = page.locator(".leaflet-popup")
    assert "Pas encore de signataire" in popup.inner_text()
    axe(page)
    assert not is_wider_than_the_window(page)
    popup.get_by_role("link").click()
    page.wait_for_url("**/territoires/QN*/")


def test_without_javascript_the_table_says_the_same(open_page, town):
    page = open_page(javascript=False)
    page.goto("/territoires/couverture/departement/99/")
    expect(page.get_by_role("button", name="Ouvrir la carte")).to_be_hidden()
    assert page.get_by_role("rowheader", name="Les Tilleuls").count() == 1
