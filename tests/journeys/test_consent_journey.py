"""A consent between two meetings, on a telephone: proposed, objected to, changed, agreed to, adopted."""

import datetime

import pytest
from django.utils import timezone

from maillage.groups.models import Decision
from tests.factories.groups import GroupFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_from_the_proposal_to_the_decision(open_page, axe, tilleuls, entraide, jardins, amina, bruno, viewport):
    group = GroupFactory(name="Collectif", slug="collectif", territory=tilleuls, members=[entraide, jardins])
    proposing, running = open_page(bruno, viewport=viewport), open_page(amina, viewport=viewport)

    def look(page):
        axe(page)
        assert not is_wider_than_the_window(page)

    proposing.goto("/groupes/collectif/decisions/proposer/")
    proposing.get_by_label("Sur quoi").fill("Une sono")
    proposing.get_by_label("Proposition").fill("L’acheter.")
    day = timezone.localdate() + datetime.timedelta(days=9)
    proposing.get_by_label("Dernier jour").fill(day.isoformat())
    look(proposing)
    proposing.get_by_role("button", name="Soumettre au groupe").click()
    proposing.get_by_text("proposée par").wait_for()
    look(proposing)

    address = group.decisions.get().get_absolute_url()
    running.goto(address)
    running.get_by_role("button", name="Passer aux réactions").click()
    running.get_by_role("button", name="Demander les objections").click()
    running.get_by_label("Vos mots").fill("Trop cher.")
    running.get_by_role("button", name="Le dire au groupe").click()
    running.get_by_text("Trop cher.").wait_for()
    look(running)

    proposing.goto(address)
    proposing.get_by_role("link", name="Répondre à").click()
    proposing.get_by_label("oui, la proposition change").check()
    proposing.get_by_label("La proposition, écrite à nouveau").fill("La louer.")
    proposing.get_by_label("Réponse").fill("Deux fois par an suffisent.")
    look(proposing)
    proposing.get_by_role("button", name="Répondre").click()
    proposing.get_by_role("button", name="Nous n’en avons pas").click()
    proposing.get_by_text("Pas d’objection (1)").wait_for()
    look(proposing)

    running.goto(address)
    running.get_by_role("button", name="Décider").click()
    running.get_by_text("décidée le").wait_for()
    look(running)
    assert Decision.objects.get().outcome == "adopted"
