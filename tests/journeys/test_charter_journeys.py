"""The story of the charter in a real browser: a visitor, Amina, Elsa and Fatou; phone and desk; keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from maillage.charters.models import Signature
from maillage.messaging.models import Message
from tests.factories.charters import adaptation_draft, adopted, national, signed
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(entraide, amina, jardins, bruno, elsa, tilleuls, prefecture, fatou):
    """A text in force, an adaptation signed by one association, another being written."""
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=jardins, email="bruno@exemple.org")
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, name="La charte du Parc")
    return version


PUBLIC_PAGES = [
    "/",
    "/charte/",
    "/charte/histoire/",
    "/charte/signataires/",
    "/charte/adaptations/",
    "/charte/adaptations/la-charte-aux-tilleuls/",
    "/charte/adaptations/la-charte-aux-tilleuls/differences/",
    "/charte/signer/?q=entraide",
    "/charte/signer/nouvelle/",
    "/charte/verifier/",
    "/territoires/",
    "/territoires/couverture/",
    "/annuaire/",
    "/recherche/?q=tilleuls",
    "/compte/connexion/",
    "/compte/creer/",
    "/accessibilite/",
    "/mentions-legales/",
    "/confidentialite/",
    "/plan-du-site/",
    "/composants/",
    "/demo/",
]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_public_page_is_accessible(open_page, axe, town, viewport, scheme):
    page = open_page(viewport=viewport, color_scheme=scheme)
    for address in PUBLIC_PAGES:
        assert page.goto(address).status == 200, address
        axe(page)
        assert not is_wider_than_the_window(page), address


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_every_page_of_elsa_is_accessible(open_page, axe, town, elsa, viewport):
    page = open_page(elsa, viewport=viewport)
    desk = "/charte/adaptations/la-charte-du-parc/atelier/"
    for address in (
        "/espace/",
        "/charte/adaptations/ouvrir/",
        desk,
        f"{desk}article/avec/",
        f"{desk}article/",
        f"{desk}adopter/",
        "/charte/adaptations/la-charte-du-parc/",
    ):
        assert page.goto(address).status == 200, address
        axe(page)
        assert not is_wider_than_the_window(page), address


def the_link():
    body = Message.objects.filter(kind="signature_to_confirm").latest("pk").body
    return re.search(r"/charte/signer/confirmer/\S+", body)[0]


def test_amina_signs_on_her_phone(page, axe, town, entraide, amina):
    page.goto("/charte/")
    page.get_by_role("link", name="Signer au nom de mon association").click()
    page.get_by_label("Nom, sigle, numéro RNA ou SIRET").fill("entraide")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Entraide du Parc").click()
    page.get_by_label("Votre prénom").fill("Amina")
    page.get_by_label("Votre nom", exact=True).fill("Benali")
    page.get_by_label("Votre fonction dans l’association").fill("présidente")
    page.get_by_label("Votre adresse e-mail").fill("amina@exemple.org")
    page.get_by_label("participer aux rencontres").check()
    page.get_by_role("button", name="Recevoir le lien").click()
    assert "présidente" in page.get_by_label("Votre fonction dans l’association").input_value()
    page.get_by_label("Je déclare que cette association").check()
    axe(page)
    page.get_by_role("button", name="Recevoir le lien").click()
    page.get_by_role("heading", name="Consultez votre messagerie").wait_for()
    axe(page)
    assert Signature.objects.filter(organisation=entraide).count() == 0

    page.goto(the_link())
    axe(page)
    page.get_by_role("button", name="Confirmer la signature").click()
    page.get_by_role("heading", name="C’est signé").wait_for()
    axe(page)
    assert Signature.objects.standing().filter(organisation=entraide).count() == 1
    page.goto("/charte/signataires/")
    page.get_by_role("link", name="Entraide du Parc", exact=True).wait_for()


def test_a_collective_signs_with_the_keyboard_alone_and_without_javascript(open_page, town):
    page = open_page(javascript=False)
    page.goto("/charte/signer/nouvelle/")

    def type_in(label, text):
        tab_to(page, label)
        page.keyboard.type(text)

    type_in("Nom", "Collectif du hall 3")
    type_in("Quartiers ou communes où vous agissez", "Les Tilleuls")
    press_on(page, "Continuer")
    type_in("Votre prénom", "Zoé")
    type_in("Votre nom", "Martin")
    type_in("Votre fonction dans l’association", "voisine")
    type_in("Votre adresse e-mail", "zoe@exemple.org")
    tab_to(page, "Je déclare que cette association m’a chargé·e de signer en son nom.")
    page.keyboard.press("Space")
    press_on(page, "Recevoir le lien de confirmation")
    assert "Consultez votre messagerie" in page.content()
    page.goto(the_link())
    press_on(page, "Confirmer la signature")
    assert "C’est signé" in page.content()


FOCUSED = """() => {
  const seen = document.activeElement;
  const label = seen.labels?.[0]?.cloneNode(true);
  label?.querySelectorAll(".field__optional").forEach((word) => word.remove());
  return (label?.textContent ?? seen.textContent ?? "").trim();
}"""


def tab_to(page, name, most=120):
    """Press Tab until the element whose label or text is ``name`` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"the keyboard never reaches {name!r}")


def press_on(page, name):
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_first_meets_a_link_to_the_content(page, town):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_elsa_adapts_and_adopts(open_page, axe, town, elsa):
    page = open_page(elsa, viewport=DESK)
    page.goto("/espace/")
    page.get_by_role("link", name="La charte du Parc").last.click()
    page.get_by_role("link", name="Changer l’article : Avec les habitants").click()
    page.get_by_label("Adapté").check()
    page.get_by_label("Texte", exact=True).fill("Nous décidons avec celles et ceux qui vivent au Parc.")
    page.get_by_label("Pourquoi").fill("C’est notre quartier.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("L’article est enregistré.").wait_for()
    page.get_by_role("link", name="Entrer la décision").click()
    today = page.evaluate("new Date().toISOString().slice(0, 10)")
    page.get_by_label("Date de la réunion").fill(today)
    page.get_by_label("Quelle réunion, et où").fill("réunion du collectif")
    page.get_by_label("Combien de signatures").fill("3")
    page.get_by_label("Quand ferez-vous le point").fill(str(int(today[:4]) + 1) + today[4:8] + "01")
    page.get_by_role("button", name="Adopter le texte").click()
    page.get_by_text("Le texte est adopté et ouvert à la signature.").wait_for()
    axe(page)
    expect(page.locator("ins").first).to_be_visible()


def test_fatou_reads_what_is_published_and_nothing_else(open_page, axe, town, fatou):
    page = open_page(fatou, viewport=DESK)
    page.goto("/charte/adaptations/")
    page.get_by_role("link", name="La charte aux Tilleuls").wait_for()
    assert "La charte du Parc" not in page.content()
    page.goto("/espace/")
    axe(page)
    assert "partenaire public" in page.content()


def test_a_signature_is_verified_from_its_printed_code(page, axe, town):
    signature = Signature.objects.get()
    page.goto("/charte/verifier/")
    page.get_by_label("le code de vérification").fill(signature.token)
    page.get_by_role("button", name="Vérifier", exact=True).click()
    page.get_by_text("Cette signature est authentique et en cours.").wait_for()
    axe(page)


def test_the_reader_chooses_english_and_comes_back(page, town):
    page.goto("/charte/")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"


def test_script_written_by_somebody_never_runs(open_page, entraide, amina, tilleuls):
    """Stored script in the fields that people type, on every page that shows them, with a canary."""
    hostile = '"><script>window.caught=1</script><img src=x onerror="window.caught=1">'
    entraide.name, entraide.purpose, entraide.contact_function = hostile[:200], hostile, hostile
    entraide.save()
    version = national(articles=[{"key": "a", "kind": "value", "title": hostile, "text": hostile}])
    signature = signed(version, organisation=entraide, email="amina@exemple.org")
    page = open_page(amina, viewport=DESK)
    for address in (
        "/",
        "/charte/",
        "/charte/signataires/",
        "/annuaire/",
        entraide.get_absolute_url(),
        f"/territoires/{tilleuls.slug}/",
        signature.get_absolute_url(),
        "/espace/",
        "/charte/signer/?q=script",
        "/recherche/?q=%22%3E%3Cscript%3Ewindow.caught%3D1%3C%2Fscript%3E",
    ):
        assert page.goto(address).status == 200, address
        assert page.evaluate("window.caught") is None, address
