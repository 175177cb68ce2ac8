"""One box for the whole site: from the first page, by the keyboard, on a phone, without script, printed."""

import pytest
from playwright.sync_api import expect

from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import case_study, news
from tests.factories.events import EventFactory
from tests.factories.organisations import OrganisationFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def garden(tilleuls, entraide, jardins):
    """A neighbourhood that grows vegetables, in every subject; one thing is between associations."""
    OrganisationFactory(
        name="Les Amis du potager",
        purpose="Cultiver, cuisiner et partager les légumes du quartier avec celles et ceux qui passent.",
        territories=[tilleuls],
    )
    aim = "Arroser, récolter et cuisiner à plusieurs associations, tout l’été, le potager du parc."
    CooperationFactory(title="Un potager pour le quartier", aim=aim, published=True, territories=[tilleuls])
    for number in range(25):
        CooperationFactory(title=f"Arroser le potager, semaine {number}", published=True, territories=[tilleuls])
    CooperationFactory(title="Potager : l’idée secrète", territories=[tilleuls], partners=[entraide])
    EventFactory(organiser=entraide, title="Fête du potager", territories=[tilleuls])
    case_study(live=True, title="Un potager commun", slug="potager", territories=[tilleuls])
    news(title="Le potager ouvre", slug="potager-ouvre", summary="Samedi, à dix heures.", territories=[tilleuls])


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_first_page_to_what_one_looks_for(open_page, axe, garden, window):
    page = open_page(viewport=window)
    page.goto("/")
    box = page.get_by_role("searchbox")
    box.fill("potagers")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Recherche : « potagers »")).to_be_visible()
    for name in ("Organisations", "Coopérations", "Agenda", "Pratiques", "Actualités"):
        expect(page.get_by_role("heading", name=name).first).to_be_visible()
    expect(page.get_by_text("secrète")).to_have_count(0)
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="Coopérations : tous les résultats").click()
    expect(page.get_by_text("26 résultats")).to_be_visible()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_text("Page 2 sur 2")).to_be_visible()
    page.get_by_label("Où").fill("Les Tilleuls")
    page.get_by_label("Quoi").select_option("case")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Un potager commun").click()
    expect(page.get_by_role("heading", name="Un potager commun")).to_be_visible()


def test_without_script_by_the_keyboard_and_with_nothing_found(open_page, axe, garden, amina):
    page = open_page(amina, viewport=DESK, javascript=False)
    page.goto("/recherche/")
    expect(page.get_by_text("le dernier mot peut être inachevé")).to_be_visible()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("idée secrèt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Potager : l’idée secrète")).to_be_visible()
    nobody = open_page(viewport=PHONE)
    nobody.goto("/recherche/?q=idee+secrete")
    expect(nobody.get_by_text("Rien ne correspond à « idee secrete »")).to_be_visible()
    axe(nobody)
    nobody.goto("/recherche/?q=potager&territory=nulle+part")
    expect(nobody.get_by_text("Nous ne connaissons pas ce lieu")).to_be_visible()
    axe(nobody)
    nobody.goto("/recherche/")
    axe(nobody)
    assert not is_wider_than_the_window(nobody)
