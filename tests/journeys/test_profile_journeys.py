"""A profile in a real browser: told on a phone, written to by a neighbour, read again from an e-mail."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from maillage.messaging.models import Message
from maillage.organisations.emails import profile_to_read_again
from maillage.organisations.models import Organisation
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def look(page, axe):
    axe(page)
    assert not is_wider_than_the_window(page), page.url


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_told_written_to_and_read_again(open_page, axe, amina, entraide, viewport, scheme):
    mine = open_page(amina, viewport=viewport, color_scheme=scheme)
    mine.goto(entraide.get_absolute_url())
    mine.get_by_role("link", name="Modifier la fiche").click()
    look(mine, axe)
    words = mine.get_by_label("Précisions : une salle, un local").first
    expect(words).to_be_hidden()
    mine.get_by_label("une salle, un local", exact=True).first.check()
    words.fill("quarante places")
    look(mine, axe)
    mine.get_by_label("Quand venir").fill("mardi\njeudi")
    mine.get_by_role("button", name="Enregistrer").click()
    mine.get_by_text("La fiche est à jour.").wait_for()
    look(mine, axe)

    visitor = open_page(viewport=viewport, color_scheme=scheme)
    visitor.goto(entraide.get_absolute_url())
    visitor.get_by_text("quarante places").wait_for()
    look(visitor, axe)
    visitor.get_by_role("link", name="Écrire à Entraide du Parc").click()
    look(visitor, axe)
    visitor.get_by_label("Votre nom").fill("Camille")
    visitor.get_by_label("Votre adresse e-mail").fill("camille@exemple.org")
    visitor.get_by_label("Votre message").fill("Une salle, jeudi ?")
    visitor.get_by_role("button", name="Envoyer").click()
    visitor.get_by_role("heading", name="Ce message est parti").wait_for()
    look(visitor, axe)
    assert Message.objects.filter(kind="relayed", reply_to="camille@exemple.org").count() == 1

    profile_to_read_again(entraide, amina, at=timezone.now())
    visitor.goto(re.search(r"/organisations/relire/\S+/", Message.objects.latest("pk").body)[0])
    look(visitor, axe)
    visitor.get_by_role("button", name="Tout est juste").click()
    visitor.get_by_role("heading", name="C’est fait, merci").wait_for()
    look(visitor, axe)
    assert Organisation.objects.get(pk=entraide.pk).refreshed_at is not None


def test_added_on_a_phone_with_the_rest_folded(open_page, axe, chloe, tilleuls):
    page = open_page(chloe)
    page.goto("/organisations/nouvelle/")
    look(page, axe)
    page.get_by_text("Compléter tout de suite").click()
    look(page, axe)
    page.get_by_label("Nom (obligatoire)").or_(page.get_by_label("Nom", exact=True)).first.fill("Les Conteuses")
    page.get_by_label("Quartiers ou communes où vous agissez").fill("Les Tilleuls")
    page.get_by_label("Votre fonction dans l’association").fill("présidente")
    page.get_by_label("Langues parlées").fill("français, wolof")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_text("C’est fait.").wait_for()
    page.get_by_text("français, wolof").wait_for()
    look(page, axe)
