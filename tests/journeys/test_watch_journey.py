"""The watch on any screen."""

import pytest
from playwright.sync_api import expect

from tests.factories.watch import LinkFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_a_link_is_kept_and_found_again(open_page, axe, viewport, gael):
    LinkFactory(title="Un long article sur la coopération", tags=["qpv", "coopération"], is_public=True)
    page = open_page(gael, viewport=viewport)
    page.goto("/veille/ajouter/?url=https://exemple.org/banc&title=Les%20bancs")
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_label("Mots-clés, séparés par des virgules").fill("qpv")
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les bancs")
    axe(page)
    page.get_by_role("link", name="qpv").click()
    expect(page.get_by_role("link", name="Les bancs", exact=True)).to_be_visible()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.goto("/veille/apporter/")
    axe(page)
