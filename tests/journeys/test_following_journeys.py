"""Who follows a federation brings its list; who coordinates says where those of a former neighbourhood go."""

import datetime
import os

import pytest
from django.utils import timezone

from maillage.charters import actions
from tests.factories.organisations import OrganisationFactory, TerritoryRoleFactory
from tests.factories.territories import TerritoryFactory
from tests.harness.journeys import is_wider_than_the_window
from tests.harness.register import own_folder

from .conftest import DESK, PHONE

__all__ = ["own_folder"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_a_federation_brings_its_list(open_page, axe, ines, federation, entraide, own_folder, tmp_path, viewport):
    listed = tmp_path / "membres.csv"
    listed.write_text(f"Nom;RNA\n{entraide.name};\nPas encore là;W12\n")
    page = open_page(ines, viewport=viewport)
    page.goto("/espace/")
    page.get_by_role("link", name=federation.name).click()
    axe(page)
    page.get_by_role("link", name="Apporter la liste de vos membres").click()
    page.get_by_label("Votre liste, au format CSV").set_input_files(listed)
    axe(page)
    page.get_by_role("button", name="Lire ce fichier").click()
    assert "Rien n’est encore changé" in page.inner_text("main")
    page.get_by_label(entraide.name).check()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="Confirmer").click()
    assert "1 association est prévenue" in page.inner_text("main")
    assert "Pas encore là" in page.inner_text("main")
    axe(page)
    page.get_by_role("button", name="Défaire cette liste").click()
    assert "C’est défait" in page.inner_text("main")
    assert "Pas encore là" not in page.inner_text("main")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_the_coordination_says_where_they_go(open_page, axe, elsa, tilleuls, viewport):
    former = TerritoryFactory(
        qpv=True, name="Le Parc", code="QP099001", vintage=2015, valid_until=datetime.date(2024, 1, 1)
    )
    tilleuls.predecessors.add(former)
    TerritoryRoleFactory(user=elsa, territory=former)
    here = OrganisationFactory(name="Chorale du Parc", territories=[former])
    actions.follow_borders(at=timezone.now())
    page = open_page(elsa, viewport=viewport)
    page.goto("/espace/")
    page.get_by_role("link", name="1 ligne à confirmer").click()
    axe(page)
    assert not is_wider_than_the_window(page)
    assert page.get_by_label("Chorale du Parc").locator("option:checked").inner_text() == "Les Tilleuls (2024)"
    if folder := os.environ.get("MAILLAGE_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/contours-{viewport['width']}.png", full_page=True)
    page.get_by_role("button", name="Confirmer").click()
    assert "Rien n’attend" in page.inner_text("main")
    assert list(here.territories.all()) == [tilleuls]
