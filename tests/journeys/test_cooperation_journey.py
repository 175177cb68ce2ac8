"""Deciding in a group and cooperating, page after page: accessible, and no wider than a phone."""

import pytest
from django.utils import timezone

from maillage.cooperations import actions
from maillage.cooperations.models import Cooperation
from maillage.groups.models import Decision
from tests.factories.groups import DatePollFactory, GroupFactory, MeetingFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])


@BOTH
def test_a_group_decides(open_page, axe, tilleuls, entraide, jardins, prefecture, amina, bruno, viewport):
    group = GroupFactory(slug="collectif", territory=tilleuls, members=[entraide, jardins], partners=[prefecture])
    DatePollFactory(group=group)
    MeetingFactory(group=group, held=True, present=[entraide], agenda=["La fête"])
    page = open_page(amina, viewport=viewport)
    page.goto("/groupes/")
    axe(page)
    for address in ("membres/", "actions/", "modifier/", "sondages/nouveau/", "sondages/1/", "reunions/", "clore/"):
        page.goto(f"/groupes/collectif/{address.replace('1', str(group.polls.get().pk))}")
        axe(page)
        assert not is_wider_than_the_window(page), address
    page.goto("/groupes/collectif/decisions/proposer/")
    axe(page)
    page.get_by_label("Sur quoi").fill("Un local")
    page.get_by_label("Proposition").fill("Louer le rez-de-chaussée.")
    page.get_by_role("button", name="Soumettre au groupe").click()
    page.get_by_role("button", name="Passer aux réactions").click()
    page.get_by_role("button", name="Demander les objections").click()
    other = open_page(bruno, viewport=viewport)
    other.goto(Decision.objects.get().get_absolute_url())
    other.get_by_label("Vos mots").fill("Pas sans ascenseur.")
    other.get_by_role("button", name="Le dire au groupe").click()
    axe(other)
    page.reload()
    page.get_by_role("link", name="Répondre à").click()
    axe(page)
    page.get_by_label("oui, la proposition change").check()
    page.get_by_label("La proposition, écrite à nouveau").fill("Louer le rez-de-chaussée, de plain-pied.")
    page.get_by_label("Réponse", exact=False).last.fill("C’est juste.")
    page.get_by_role("button", name="Répondre").click()
    page.get_by_role("button", name="Décider").click()
    assert "adoptée" in page.inner_text("main")
    axe(page)
    assert not is_wider_than_the_window(page)
    page.goto("/groupes/collectif/decisions/?q=local")
    assert "Un local" in page.inner_text("main")
    axe(page)


@BOTH
def test_two_associations_cooperate(open_page, axe, tilleuls, entraide, jardins, amina, bruno, viewport):
    page = open_page(amina, viewport=viewport)
    page.goto("/cooperations/nouvelle/")
    axe(page)
    page.get_by_label("Titre").fill("Le jardin du C")
    page.get_by_label("Ce que nous voulons changer ensemble").fill("Cultiver ensemble.")
    page.get_by_label("construisent avec nous").check()
    page.get_by_role("button", name="Partager l’idée").click()
    axe(page)
    other = open_page(bruno, viewport=viewport)
    other.goto("/cooperations/")
    axe(other)
    other.get_by_role("link", name="Le jardin du C").click()
    other.get_by_text("Nous aimerions participer").click()
    axe(other)
    other.get_by_role("button", name="Demander à participer").click()
    page.goto("/cooperations/le-jardin-du-c/partenaires/")
    axe(page)
    page.get_by_role("button", name="Accepter").click()
    page.goto("/cooperations/le-jardin-du-c/etape/")
    axe(page)
    page.get_by_label("faire connaissance").check()
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("Noter un frein ou un levier").click()
    page.get_by_label("En une phrase").fill("Une salle commune.")
    page.get_by_label("De quoi s’agit-il ?").select_option("lever:shared")
    page.get_by_role("button", name="Noter").click()
    assert "Une salle commune." in page.inner_text("main")
    axe(page)
    page.goto("/cooperations/le-jardin-du-c/journal/")
    page.get_by_label("Ce qui s’est passé").fill("Première rencontre.")
    page.get_by_role("button", name="Écrire cette page").click()
    axe(page)
    made = Cooperation.objects.get()
    actions.open_review(made, actor=type(amina).objects.get(pk=amina.pk), at=timezone.now())
    for address in ("regard/", "modifier/"):
        page.goto(f"/cooperations/le-jardin-du-c/{address}")
        axe(page)
        assert not is_wider_than_the_window(page), address
