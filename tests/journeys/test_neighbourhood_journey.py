"""Neighbourhoods, their links, networks and possible partners in a real browser: for everybody, on any screen."""

import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from maillage.organisations.models import Exchange, OrganisationTheme
from tests.factories.charters import adopted, signed
from tests.factories.organisations import OrganisationFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def life(tilleuls, entraide, amina, jardins, elsa, federation):
    """Themes, a network, an adaptation signed by two, one more association that might help."""
    for organisation in (entraide, jardins):
        OrganisationTheme.objects.create(organisation=organisation, theme="solidarity")
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=entraide, email="amina@exemple.org")
    helpful = OrganisationFactory(name="La grande salle", territories=[tilleuls])
    Exchange.objects.create(organisation=helpful, side="offer", kind="premises", words="le soir")
    Exchange.objects.create(organisation=entraide, side="need", kind="premises")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_these_pages_are_for_everybody(open_page, axe, life, tilleuls, commune, viewport, scheme):
    page = open_page(viewport=viewport, color_scheme=scheme)
    for address in (
        f"/territoires/{tilleuls.slug}/",
        f"/territoires/{tilleuls.slug}/liens/",
        f"/territoires/{commune.slug}/",
        "/annuaire/reseaux/",
        "/annuaire/reseaux/federation-des-jardins/",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details.plain').forEach((one) => { one.open = true })")
        axe(page)
        assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_amina_finds_a_room_for_her_association(open_page, axe, life, amina, viewport):
    page = open_page(amina, viewport=viewport)
    page.goto("/espace/")
    page.get_by_role("link", name="Partenaires possibles").click()
    expect(page.get_by_text("Vous cherchez une salle, elle en propose une.")).to_be_visible()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="La grande salle").click()
    expect(page.get_by_role("heading", name="La grande salle", level=1)).to_be_visible()


def test_the_drawing_is_read_by_keyboard_on_a_phone(open_page, life, tilleuls):
    page = open_page()
    page.goto(f"/territoires/{tilleuls.slug}/liens/")
    drawing = page.get_by_role("region", name="Dessin des liens")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    # Asked again and again by hand: `wait_for_function` evaluates, which the site's own policy forbids.
    for _turn in range(100):
        if page.evaluate("document.querySelector('.links-wrap').scrollLeft") > 0:
            break
        page.wait_for_timeout(30)
    assert page.evaluate("document.querySelector('.links-wrap').scrollLeft") > 0
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.links text')).fontSize)")
    assert size >= 15, "names keep their size"


def test_one_click_prints(open_page, life, tilleuls):
    page = open_page()
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"/territoires/{tilleuls.slug}/")
    page.get_by_role("button", name="Imprimer").click()
    assert page.title() == "printed"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Debian's package poppler-utils reads the PDF")
def test_what_the_coordinator_prints_holds_the_page_and_not_the_site_around_it(open_page, life, elsa, tilleuls):
    page = open_page(elsa, viewport=DESK)
    page.goto(f"/territoires/{tilleuls.slug}/")
    printed = page.pdf(format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=printed, capture_output=True, check=True
    ).stdout.decode()
    for told in ("Les Tilleuls", "La grande salle", "Thèmes que personne", "2024", "Ce que Maillage savait"):
        assert told in text
    for around in ("Imprimer", "Se déconnecter", "Ouvrir la carte"):
        assert around not in text


def test_without_javascript_no_button_promises_to_print(open_page, life, tilleuls):
    page = open_page(javascript=False)
    page.goto(f"/territoires/{tilleuls.slug}/")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    expect(page.get_by_role("link", name="La grande salle").first).to_be_visible()
