"""Looking back on a phone from the e-mail, then the coordinator's synthesis."""

import re

import pytest

from maillage.evaluation import actions
from maillage.messaging.models import Message
from tests.factories.charters import signed
from tests.factories.evaluation import closed_with, opened
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_look_back_from_the_mail(open_page, axe, tilleuls, entraide, amina, elsa, djibril, viewport):
    signed(organisation=entraide, email="amina@exemple.org")
    opened(tilleuls, actor=elsa)
    link = re.search(r"https?://[^/]+(/bilans/lien/\S+)", Message.objects.get(kind="invited").body)[1]
    page = open_page(djibril, viewport=viewport)
    page.goto(link)
    axe(page)
    page.get_by_role("link", name="Commencer").click()
    page.get_by_label("en cours").check()
    axe(page)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_label("le temps").check()
    axe(page)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_label("Ce que nous changerions").fill("Se voir chaque mois")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Nous avons terminé").click()
    page.get_by_text("Merci, votre regard est terminé").wait_for()
    axe(page)
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_read_the_synthesis_and_publish_it(open_page, axe, tilleuls, elsa, viewport):
    campaign = closed_with(7, territory=tilleuls, actor=elsa)
    actions.add_step(
        campaign, text="Se voir chaque mois", carried_by="", due_on=None, actor=elsa, at=campaign.closed_at
    )
    page = open_page(elsa, viewport=viewport)
    page.goto(campaign.get_absolute_url())
    axe(page)
    page.get_by_role("button", name="Publier pour tout le monde").click()
    page.get_by_text("La synthèse est publiée.").wait_for()
    page.get_by_role("link", name="Lire la synthèse").click()
    axe(page)
    assert not is_wider_than_the_window(page)
