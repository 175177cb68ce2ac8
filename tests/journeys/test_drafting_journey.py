"""A text written by a group, in a real browser: proposed on a phone, accepted at a desk, read by everybody inside."""

import pytest
from django.utils import timezone

from maillage.charters.actions import add_article, change_article
from maillage.drafting import actions
from tests.factories.drafting import amendment_to, group_of, workshop_of
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def look(page, axe, path):
    assert page.goto(path).status == 200, path
    axe(page)
    assert not is_wider_than_the_window(page), path


@pytest.fixture
def workshop(jardins, entraide, bruno, tilleuls):
    group = group_of(entraide, territory=tilleuls, facilitator=jardins)
    return workshop_of(
        group, promoter=jardins, actor=bruno, territory=tilleuls, words="Commencez par l’article trois."
    )


def test_a_member_proposes_on_a_phone_and_the_animator_accepts_at_a_desk(open_page, axe, workshop, amina, bruno):
    phone = open_page(amina)
    look(phone, axe, f"/groupes/{workshop.group.slug}/textes/")
    phone.get_by_role("link", name="La charte aux Tilleuls").click()
    axe(phone)
    phone.get_by_role("link", name="Commenter ou amender l’article : Avec les habitants").click()
    axe(phone)
    phone.get_by_label("Votre commentaire").fill("Et les jeunes ?")
    phone.get_by_role("button", name="Envoyer le commentaire").click()
    phone.get_by_text("Et les jeunes ?").wait_for()
    phone.get_by_role("link", name="Proposer d’autres mots").click()
    axe(phone)
    assert not is_wider_than_the_window(phone)
    phone.get_by_label("Texte").fill("Nous décidons avec les habitantes et les habitants.")
    phone.get_by_label("Pourquoi").fill("Elles sont la moitié.")
    phone.get_by_role("button", name="Proposer au groupe").click()
    phone.get_by_text("Elles sont la moitié.").wait_for()
    axe(phone)

    desk = open_page(bruno, viewport=DESK)
    look(desk, axe, workshop.get_absolute_url())
    desk.get_by_role("link", name="Commenter ou amender l’article : Avec les habitants").click()
    desk.get_by_role("link", name="Proposé par Entraide du Parc").click()
    axe(desk)
    desk.get_by_label("J’ai une objection").check()
    desk.get_by_label("En quelques mots").fill("C’est long.")
    desk.get_by_role("button", name="Donner cet avis").click()
    desk.get_by_text("Votre avis est noté").wait_for()
    desk.get_by_role("link", name="Accepter", exact=True).click()
    axe(desk)
    desk.get_by_label("Pourquoi cet article").fill("Ici, nous le disons ainsi.")
    desk.get_by_label("Un mot pour qui l’a proposé").fill("Merci !")
    desk.get_by_role("button", name="Accepter : le texte change").click()
    desk.get_by_text("L’amendement est accepté").wait_for()
    axe(desk)
    assert workshop.version.articles.get(key="avec").text == "Nous décidons avec les habitantes et les habitants."

    look(phone, axe, f"{workshop.get_absolute_url()}histoire/")
    phone.get_by_text("Merci !").wait_for()


def test_every_page_at_both_widths(open_page, axe, workshop, amina, entraide, bruno, jardins):
    now = timezone.now()
    long_text = "Nous décidons avec les habitants. Nous le disons. Nous revenons dire ce que cela devient."
    article = workshop.version.articles.get(key="avec")
    change_article(article, actor=bruno, at=now, treatment="adapted", text=long_text, reason="Ici.")
    one = amendment_to(workshop, actor=amina, organisation=entraide, text=long_text.replace("disons", "écrivons"))
    two = amendment_to(workshop, actor=bruno, organisation=jardins, text=long_text.replace("disons", "crions"))
    change_article(article, actor=bruno, at=now, text=long_text.replace("revenons", "retournons"))
    amendment_to(workshop, actor=amina, organisation=entraide, article_key="dialogue", text="Parlons.")
    actions.take_stance(one, kind="object", words="Trop vague.", organisation=jardins, actor=bruno, at=now)
    said = {"organisation": entraide, "actor": amina, "at": now, "article_key": "avec"}
    comment = actions.make_comment(workshop, text="Et les jeunes ?", **said)
    actions.make_comment(workshop, text="Oui.", parent=comment, organisation=jardins, actor=bruno, at=now)
    add_article(workshop.version, actor=bruno, at=now, key="ici", kind="value", title="Ici", text="À nous.")
    actions.propose_amendment(
        workshop,
        kind="add",
        article_kind="commitment",
        title="Le jeudi",
        text="Une heure ouverte.",
        reason="Pour venir.",
        organisation=entraide,
        actor=amina,
        at=now,
    )
    base = workshop.get_absolute_url()
    pages = {
        "workshop": base,
        "article": f"{base}articles/avec/",
        "amend": f"{base}articles/avec/amender/",
        "removal": f"{base}articles/avec/retirer/",
        "new": f"{base}ajouter/",
        "amendment": one.get_absolute_url(),
        "accept": f"{one.get_absolute_url()}accepter/",
        "merge": f"{two.get_absolute_url()}reecrire/",
        "refuse": f"{one.get_absolute_url()}refuser/",
        "close": f"{base}fermer/",
        "history": f"{base}histoire/",
        "paper": f"{base}a-imprimer/",
    }
    for options in ({}, {"viewport": DESK}):
        page = open_page(bruno, **options)
        for path in pages.values():
            look(page, axe, path)


def test_two_people_in_one_article(open_page, axe, page_faults, workshop, bruno, elsa):
    slug = workshop.version.adaptation.slug
    path = f"/charte/adaptations/{slug}/atelier/article/avec/"
    first, second = open_page(bruno), open_page(elsa)
    for page, words in ((first, "Nous décidons au marché."), (second, "Nous décidons le jeudi.")):
        page.goto(path)
        page.get_by_label("Adapté").check()
        page.get_by_label("Texte", exact=False).first.fill(words)
        page.get_by_label("Pourquoi").fill("Ici.")
    first.get_by_role("button", name="Enregistrer").click()
    first.get_by_text("L’article est enregistré").wait_for()
    second.get_by_role("button", name="Enregistrer").click()
    second.get_by_role("heading", name="Quelqu’un a changé cet article pendant que vous écriviez").wait_for()
    axe(second)
    assert not is_wider_than_the_window(second)
    assert second.locator("textarea[name=text]").input_value() == "Nous décidons le jeudi."
    second.get_by_role("button", name="Enregistrer").click()
    second.get_by_text("L’article est enregistré").wait_for()
    # The browser notes that the answer said 409.
    page_faults.clear()
