"""Two associations agree in writing: drafted, read again, signed, on a phone and at a desk."""

import pytest

from maillage.agreements.models import Agreement
from tests.factories.agreements import agreement_of
from tests.factories.resources import day_in
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_draft_review_and_sign(open_page, axe, amina, bruno, entraide, jardins):
    phone, desk = open_page(amina), open_page(bruno, viewport=DESK)
    phone.goto("/conventions/")
    axe(phone)
    phone.get_by_role("link", name="Rédiger une convention").click()
    axe(phone)
    phone.locator("label", has_text="mise à disposition d’un local").click()
    phone.get_by_label("Titre").fill("La grande salle, le jeudi")
    phone.get_by_label("Les Jardins partagés").check()
    phone.get_by_label("À partir du").fill(day_in(0).isoformat())
    phone.get_by_role("button", name="Commencer").click()
    phone.get_by_text("C’est un brouillon").wait_for()
    axe(phone)
    assert not is_wider_than_the_window(phone)
    phone.get_by_role("link", name="Écrire les articles").click()
    axe(phone)
    assert not is_wider_than_the_window(phone)
    phone.get_by_label("Texte").first.fill("La salle du haut, quarante places.")
    phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_role("button", name="Donner à relire").click()
    agreement = Agreement.objects.get()
    desk.goto(agreement.get_absolute_url())
    assert "quarante places" in desk.content()
    axe(desk)
    for page, name in ((phone, "Entraide du Parc"), (desk, "Les Jardins partagés")):
        page.goto(agreement.get_absolute_url())
        page.get_by_role("button", name=f"Approuver ce texte pour {name}").click()
        page.get_by_text("C’est approuvé").wait_for()
    for page, name in ((desk, "Les Jardins partagés"), (phone, "Entraide du Parc")):
        page.goto(agreement.get_absolute_url())
        page.get_by_role("link", name=f"Signer pour {name}").click()
        axe(page)
        page.get_by_label("J’ai lu ce texte").check()
        page.get_by_role("button", name="Signer", exact=True).click()
        page.get_by_text(f"C’est signé au nom de {name}.").wait_for()
    axe(phone)
    agreement.refresh_from_db()
    assert agreement.state == "signed"


def test_a_secondment_on_a_phone(open_page, axe, amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], kind="staff_secondment", title="Une animatrice")
    phone = open_page(amina)
    phone.goto(agreement.get_absolute_url() + "elements/")
    phone.get_by_label("salaires").fill("1000")
    phone.get_by_label("montant refacturé").fill("1200")
    phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_text("ni frais de gestion ni forfait").first.wait_for()
    axe(phone)
    assert not is_wider_than_the_window(phone)
