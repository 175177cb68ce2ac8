"""The advocacy in a real browser: an association echoes, a coordination writes, everybody reads."""

import pytest
from playwright.sync_api import expect

from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def ground(transactional_db):
    from maillage.advocacy.ground import lay_ground

    lay_ground()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_from_an_echo_to_a_letter(open_page, axe, viewport, amina, entraide, elsa, tilleuls):
    page = open_page(amina, viewport=viewport)
    page.goto("/plaidoyer/")
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="Proposition 2", exact=True).click()
    page.get_by_role("link", name="Dire ce que nous en vivons").click()
    page.get_by_label("ce que nous vivons").fill("Nous avançons six mois de salaire.")
    page.get_by_label("peut être cité, avec notre nom, dans un courrier").check()
    axe(page)
    page.get_by_role("button", name="Publier notre écho").click()
    expect(page.get_by_text("Nous avançons six mois de salaire.")).to_be_visible()
    axe(page)

    theirs = open_page(elsa, viewport=viewport)
    theirs.goto("/plaidoyer/proposition/2/lettre/")
    theirs.get_by_label("à qui").fill("La mairie")
    theirs.get_by_label("objet").fill("Six mois d’avance")
    axe(theirs)
    assert not is_wider_than_the_window(theirs)
    theirs.get_by_role("button", name="Garder la lettre").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Six mois d’avance")
    axe(theirs)
    for address in ("/plaidoyer/ce-qui-change/", "/plaidoyer/proposition/2/etat/", "/plaidoyer/proposition/2/"):
        theirs.goto(address)
        axe(theirs)
        assert not is_wider_than_the_window(theirs)
