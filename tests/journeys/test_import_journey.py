"""A charter written in Word enters the workshop of a territory."""

import pytest

from tests.factories import documents
from tests.factories.charters import adaptation_draft
from tests.harness.journeys import is_wider_than_the_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_bruno_imports_the_text_of_his_meeting_on_his_phone(open_page, axe, bruno, jardins, elsa, tilleuls, tmp_path):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    file = tmp_path / "charte.docx"
    file.write_bytes(documents.word())
    page = open_page(bruno)
    page.goto(f"/charte/adaptations/{draft.adaptation.slug}/atelier/")
    page.get_by_role("link", name="Importer un document").click()
    axe(page)
    page.get_by_label("Votre document").set_input_files(str(file))
    page.get_by_role("button", name="Lire le document").click()
    page.get_by_role("heading", name="Relire avant d’importer").wait_for()
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("button", name="Importer dans le projet").click()
    page.get_by_role("heading", name="Il reste un point à corriger").wait_for()
    axe(page)
    page.get_by_role("link", name="Dites pourquoi cet article est adapté").click()
    page.keyboard.type("Ce sont nos mots.")
    page.get_by_role("button", name="Importer dans le projet").click()
    page.get_by_text("6 articles sont importés").wait_for()
    assert draft.articles.get(key="dialogue").reason == "Ce sont nos mots."
