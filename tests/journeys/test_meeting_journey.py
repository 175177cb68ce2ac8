"""A meeting on a phone: prepared, held with the network cut in the middle of the minutes, closed."""

import pytest
from django.utils import timezone

from maillage.groups.models import AgendaItem, Meeting
from tests.factories.groups import ActionPointFactory, GroupFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(tilleuls, entraide, jardins, amina, bruno):
    made = GroupFactory(name="Collectif", slug="collectif", territory=tilleuls, members=[entraide, jardins])
    ActionPointFactory(group=made, wording="Acheter des tables", organisation=jardins)
    return made


def prepare(page, axe):
    page.goto("/groupes/collectif/")
    axe(page)
    page.get_by_role("link", name="Prévoir une réunion").click()
    page.get_by_label("Jour").fill(timezone.localdate().isoformat())
    page.get_by_label("Début").fill("18:00")
    page.get_by_label("Fin").fill("20:00")
    axe(page)
    page.get_by_role("button", name="Prévoir cette réunion").click()
    page.get_by_label("Acheter des tables").check()
    page.get_by_label("Point").fill("La fête du quartier")
    axe(page)
    page.get_by_role("button", name="Ajouter à l’ordre du jour").click()
    page.get_by_role("link", name="Relire et inviter").click()
    axe(page)
    page.get_by_role("button", name="Envoyer la convocation").click()
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_prepare_hold_and_close_with_the_network_cut(open_page, axe, group, amina, jardins, page_faults, viewport):
    page = open_page(amina, viewport=viewport)
    prepare(page, axe)
    page.get_by_role("link", name="Écrire le compte rendu").click()
    page.get_by_role("button", name="Entraide du Parc").click()
    page.get_by_label("Acheter des tables", exact=True).fill("C’est fait.")
    page.get_by_text("Tout est enregistré.").wait_for()
    axe(page)

    page.context.set_offline(True)
    page.get_by_label("La fête du quartier", exact=True).fill("Le 12 juin, place du marché.")
    page.get_by_role("button", name=jardins.name).click()
    adding = page.locator("details", has_text="Noter une action : La fête du quartier")
    adding.locator("summary").click()
    adding.get_by_label("Ce qui est à faire").fill("Demander la place")
    adding.get_by_role("button", name="Noter").click()
    page.get_by_text("Pas de réseau").wait_for()
    axe(page)
    assert any("DISCONNECTED" in fault for fault in page_faults)
    page_faults.clear()
    assert "Le 12 juin" not in "".join(AgendaItem.objects.values_list("notes", flat=True))

    # The page is closed before the network is back: what was typed is still on the phone.
    address, context = page.url, page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Tout est enregistré.").wait_for()
    assert page.get_by_label("La fête du quartier", exact=True).input_value() == "Le 12 juin, place du marché."
    page.get_by_role("button", name="Clore et faire relire").click()
    page.get_by_text("ont huit jours pour le relire").wait_for()
    axe(page)
    meeting = Meeting.objects.get()
    assert meeting.presences.filter(was_present=True).count() == 2
    assert AgendaItem.objects.get(title="La fête du quartier").notes == "Le 12 juin, place du marché."
    assert group.action_points.filter(wording="Demander la place").count() == 1
    assert not is_wider_than_the_window(page)


def test_what_somebody_else_wrote_meanwhile_is_shown(open_page, axe, group, amina, page_faults):
    page = open_page(amina, viewport=PHONE)
    prepare(page, axe)
    page.get_by_role("link", name="Écrire le compte rendu").click()
    # The page first: Bruno writes after it was shown.
    page.get_by_label("La fête du quartier", exact=True).wait_for()
    item = AgendaItem.objects.get(title="La fête du quartier")
    AgendaItem.objects.filter(pk=item.pk).update(notes="Le 13, a écrit Bruno.", notes_number=1)
    page.get_by_label("La fête du quartier", exact=True).fill("Le 12, a écrit Amina.")
    page.get_by_text("Le 13, a écrit Bruno.").wait_for()
    assert any("409" in fault for fault in page_faults)
    page_faults.clear()
    axe(page)
    page.get_by_role("button", name="Garder le mien").click()
    page.get_by_text("Tout est enregistré.").wait_for()
    item.refresh_from_db()
    assert item.notes == "Le 12, a écrit Amina."
