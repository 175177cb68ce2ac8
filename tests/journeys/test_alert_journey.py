"""An association alerts on a phone; its coordinator answers; nobody else sees it."""

import pytest
from playwright.sync_api import expect

from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "On ne peut plus payer le loyer"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_an_association_alerts_and_only_its_coordinator_sees_it(
    open_page, page_faults, axe, viewport, amina, entraide, elsa, bruno, fatou, ines
):
    page = open_page(amina, viewport=viewport)
    page.goto("/alertes/")
    axe(page)
    page.get_by_role("link", name="Notre association est en difficulté").click()
    page.get_by_label("local", exact=True).check()
    page.get_by_label("Ce qui se passe").fill(SECRET)
    page.get_by_role("radio").last.check()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="Envoyer à cette personne").click()
    expect(page.get_by_text("C’est envoyé, à cette seule personne.")).to_be_visible()
    axe(page)
    address = page.url

    theirs = open_page(elsa, viewport=viewport)
    theirs.goto("/espace/")
    theirs.get_by_role("link", name=entraide.name).first.click()
    expect(theirs.get_by_text(SECRET)).to_be_visible()
    theirs.get_by_label("Votre message").fill("Je vous appelle demain matin.")
    theirs.get_by_role("button", name="Répondre").click()
    expect(theirs.get_by_text("Je vous appelle demain matin.")).to_be_visible()
    axe(theirs)

    page.reload()
    expect(page.get_by_text("Je vous appelle demain matin.")).to_be_visible()
    for user in (bruno, fatou, ines, None):
        other = open_page(user, viewport=viewport)
        other.goto(address)
        expect(other.get_by_text(SECRET)).to_have_count(0)
        other.goto(f"/recherche/?q={SECRET.split()[-1]}")
        expect(other.get_by_text(SECRET)).to_have_count(0)
    # The browser notes each page that was not found: that is what was wanted.
    assert all("404" in fault for fault in page_faults)
    page_faults.clear()
