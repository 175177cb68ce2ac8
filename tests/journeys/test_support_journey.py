"""Support near here, for everybody and on any screen."""

import pytest
from playwright.sync_api import expect

from tests.factories.support import SupportFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_an_association_finds_who_helps_near_it(open_page, axe, viewport, tilleuls, elsa):
    support = SupportFactory(territory=tilleuls, body="La maison des associations")
    page = open_page(viewport=viewport)
    page.goto("/aides/")
    axe(page)
    page.get_by_label("Votre quartier, votre commune").fill(tilleuls.name)
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_role("link", name=tilleuls.name, exact=True).click()
    page.get_by_label("Votre question").select_option("money")
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.get_by_role("link", name="La maison des associations")).to_be_visible()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="La maison des associations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La maison des associations")
    axe(page)
    keeper = open_page(elsa, viewport=viewport)
    for address in (support.get_absolute_url(), "/aides/ajouter/", "/aides/a-verifier/"):
        keeper.goto(address)
        axe(keeper)
        assert not is_wider_than_the_window(keeper)
