"""What moves and what lasts, in a real browser: a merge decided, a signature renewed, a sheet entered on a phone."""

import datetime
import io
import re

import pytest
from django.utils import timezone
from PIL import Image

from maillage.charters import actions
from maillage.charters.models import Signature
from maillage.messaging.models import Message
from maillage.organisations.models import Organisation
from tests.factories.charters import ARTICLES, adaptation_draft, adopted, national, signed
from tests.factories.organisations import OrganisationFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECOND = [
    {**ARTICLES[0], "text": "Nous choisissons de coopérer. Chaque année."},
    ARTICLES[1],
    {**ARTICLES[2], "text": "Nous décidons avec les habitants et les habitantes."},
]


def look(page, axe, path):
    assert page.goto(path).status == 200, path
    axe(page)
    assert not is_wider_than_the_window(page), path


def test_the_promoters_decide_what_the_nation_changed(open_page, axe, jardins, bruno, elsa, tilleuls):
    slug = adopted(promoter=jardins, actor=elsa, territory=tilleuls).adaptation.slug
    national(articles=SECOND)
    page = open_page(bruno)
    look(page, axe, f"/charte/adaptations/{slug}/")
    page.get_by_role("link", name="voir ce qui change pour vous").click()
    axe(page)
    page.get_by_role("button", name="Préparer une nouvelle version").click()
    page.goto(f"/charte/adaptations/{slug}/atelier/texte-national/")
    page.get_by_text("2 articles attendent votre décision").wait_for()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="Accepter la proposition sans conflit").click()
    page.get_by_role("link", name="Réécrire l’article").click()
    axe(page)
    page.get_by_label("Texte", exact=False).first.wait_for()
    page.locator("textarea[name=text]").fill("Nous décidons avec toutes et tous, aux Tilleuls.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Tout est décidé").wait_for()
    axe(page)


def test_a_signature_is_renewed_from_the_letter_alone(page, axe, entraide, amina):
    then = timezone.now() - datetime.timedelta(days=340)
    signature = signed(national(at=then), organisation=entraide, email=amina.email, at=then)
    assert actions.follow_renewals(at=timezone.now())["reminded"] == 1
    letter = Message.objects.get(kind="renewal_due").body
    look(page, axe, re.search(r"/charte/signatures/renouveler/\S+", letter)[0])
    assert Signature.objects.get(pk=signature.pk).renewed_at is None, "opening the page renews nothing"
    page.get_by_role("button", name="Nous renouvelons notre signature").click()
    page.get_by_role("heading", name="C’est fait, merci").wait_for()
    axe(page)
    assert Signature.objects.get(pk=signature.pk).renewed_at is not None


def test_the_coordinator_enters_a_sheet_on_her_phone(open_page, axe, elsa, tilleuls, entraide):
    national(at=timezone.now() - datetime.timedelta(days=3))
    page = open_page(elsa)
    look(page, axe, "/charte/rencontres/")
    page.get_by_label("Quelle rencontre, et où").fill("Fête du quartier")
    page.get_by_label("Date de la rencontre").fill(timezone.localdate().isoformat())
    stream = io.BytesIO()
    Image.new("L", (300, 200), 255).save(stream, format="PNG")
    page.get_by_label("La feuille signée").set_input_files(
        {"name": "feuille.png", "mimeType": "image/png", "buffer": stream.getvalue()}
    )
    page.get_by_role("button", name="Garder la feuille").click()
    page.get_by_role("heading", name="Fête du quartier").wait_for()
    axe(page)
    page.get_by_label("Si elle n’est pas dans la liste").fill("Tricot du jeudi")
    page.get_by_label("Prénom de qui a signé").fill("Fanta")
    page.get_by_label("Nom", exact=True).fill("Diarra")
    page.get_by_label("Fonction").fill("animatrice")
    page.get_by_role("button", name="Enregistrer cette signature").click()
    page.get_by_text("1 ligne entrée").wait_for()
    axe(page)
    assert not is_wider_than_the_window(page)
    signature = Signature.objects.get(organisation__name="Tricot du jeudi")
    assert signature.channel == "paper"


def test_somebody_is_helped_to_sign(open_page, axe, elsa, tilleuls, jardins):
    national()
    page = open_page(elsa)
    page.goto(f"/charte/signer/{jardins.uuid}/")
    for label, text in (
        ("Votre prénom", "Camille"),
        ("Votre fonction", "voisine"),
        ("Votre adresse", "c@exemple.org"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Votre nom", exact=True).fill("Exemple")
    page.get_by_label("Je déclare que cette association").check()
    page.get_by_role("button", name="Je saisis pour cette personne").click()
    page.get_by_label("Le code que la personne a reçu").wait_for()
    axe(page)
    code = re.search(r"\d{3} \d{3}", Message.objects.get(kind="code_to_read_aloud").body)[0]
    page.get_by_label("Le code que la personne a reçu").fill(code)
    page.get_by_role("button", name="Signer avec ce code").click()
    page.get_by_text("avec l’aide d’une personne").wait_for()


def test_pages_of_what_lasts_pass_axe(open_page, axe, elsa, bruno, jardins, tilleuls, entraide):
    adaptation = adopted(promoter=jardins, actor=elsa, territory=tilleuls).adaptation
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, name="Une autre")
    OrganisationFactory(name="Le jardin partagé", territories=[tilleuls])
    twin = Organisation.objects.get(name="Le jardin partagé")
    actions.propose_adaptation(
        name="Une idée", territories=[tilleuls], organisation=entraide, words="Et si ?", actor=elsa, at=timezone.now()
    )
    paths = [
        "/espace/",
        "/charte/adaptations/",
        "/charte/adaptations/une-idee/",
        "/charte/adaptations/proposer/",
        f"/charte/adaptations/{adaptation.slug}/point/",
        "/charte/doublons/",
        f"/charte/organisations/{jardins.uuid}/reunir/{twin.uuid}/",
        f"/charte/organisations/{jardins.uuid}/fermer/",
        f"/organisations/{jardins.uuid}/transmettre/",
    ]
    phone, desk = open_page(elsa), open_page(elsa, viewport=DESK)
    for path in paths:
        look(phone, axe, path)
        look(desk, axe, path)
    look(open_page(bruno), axe, f"/organisations/{jardins.uuid}/mon-mandat/")
