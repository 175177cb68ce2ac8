"""An editor writes a case study in the back office; the organisation that it names agrees; everybody reads it."""

import re

import pytest
from django.test import override_settings
from django.utils import timezone

from maillage.editorial import actions
from maillage.editorial.models import CaseStudy
from maillage.messaging.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.editorial import case_study, news
from tests.harness.client import lenient_templates
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])


def test_an_editor_publishes_what_a_named_organisation_agrees_to(open_page, axe, entraide, amina, gael, page_faults):
    editor = UserFactory(email="redaction@exemple.org", first_name="Rose")
    actions.appoint_editor(editor, subject="cases", may_publish=True, actor=gael, at=timezone.now())
    # Wagtail's own templates use names that they do not define.
    with override_settings(STAFF_SECOND_FACTOR=False), lenient_templates():
        page = open_page(editor, viewport=DESK)
        page.goto(f"/gestion/pages/add/editorial/casestudy/{CaseStudy.objects.first().get_parent().pk}/")
        page.locator("#id_title").fill("La cour ouverte")
        page.locator("#id_context").fill("Une cour fermée au milieu de l’îlot.")
        page.locator("#id_results_obtained").fill("La cour ouvre le mercredi.")
        page.locator("#id_names-ADD").click()
        page.get_by_role("button", name="Choisir une organisation").click()
        page.get_by_role("link", name="Entraide du Parc").click()
        page.locator("#id_names-0-organisation-chooser").get_by_text("Entraide du Parc").wait_for()
        page.get_by_role("button", name="Enregistrer le brouillon").click()
        page.wait_for_load_state()
        case = CaseStudy.objects.get(slug="la-cour-ouverte")
        assert not case.live
        page.goto(case.get_absolute_url())
        axe(page)
        page.get_by_role("link", name="Les accords, la publication").click()
        axe(page)
        assert page.get_by_role("button", name="Publier").count() == 0
        page.get_by_role("button", name="Demander les accords").click()
        page.wait_for_load_state()
        message = Message.objects.get(kind="assent_asked", recipient=amina.email)
        path = re.search(r"http://[^/]+(/pratiques/accord/\S+)", message.body)[1]
        named = open_page(viewport=PHONE)
        named.goto(path)
        axe(named)
        assert not is_wider_than_the_window(named)
        named.get_by_role("button", name="D’accord pour être nommée ainsi").click()
        named.wait_for_load_state()
        assert "Vous avez donné votre accord" in named.inner_text("main")
        axe(named)
        page.reload()
        page.get_by_role("button", name="Publier").click()
        page.wait_for_load_state()
        page_faults[:] = [fault for fault in page_faults if "/gestion/" not in fault]
    reader = open_page(viewport=PHONE)
    reader.goto("/pratiques/")
    reader.get_by_role("link", name="La cour ouverte").click()
    assert "La cour ouvre le mercredi." in reader.inner_text("main")
    axe(reader)


@BOTH
def test_pages_are_read_everywhere(open_page, axe, tilleuls, entraide, amina, gael, viewport):
    finding = ("brake", "time", "Le soir, personne n’est libre.")
    told = {"territories": [tilleuls], "findings": [finding], "themes": ["youth"], "contact": "la coordination"}
    first = case_study(
        title="La cuisine du jeudi",
        live=True,
        comments_open=True,
        sources="La presse : https://exemple.org/a",
        **told,
    )
    case_study(title="Le bus des livres", live=True, **told)
    told_news = news(territories=[tilleuls], summary="Mardi.")
    page = open_page(amina, viewport=viewport)
    for address in (
        *("/pratiques/", "/pratiques/?frein=time", first.get_absolute_url(), f"{first.get_absolute_url()}ici-aussi/"),
        *("/guide/", "/guide/quartiers-prioritaires/", "/guide/cooperer/", "/guide/freins-et-leviers/"),
        *("/guide/methodes/", "/guide/les-pratiques/", "/pratiques/empalot-services/"),
        *("/actualites/", told_news.get_absolute_url(), "/espace/a-lire/"),
    ):
        page.goto(address)
        axe(page)
        assert not is_wider_than_the_window(page), address
    page.goto(first.get_absolute_url())
    page.get_by_role("button", name="Garder pour plus tard").click()
    page.goto("/espace/a-lire/")
    assert first.title in page.inner_text("main")
    editor = open_page(gael, viewport=viewport)
    with override_settings(STAFF_SECOND_FACTOR=False):
        for address in ("/redaction/", "/redaction/commentaires/", f"/redaction/pratiques/{first.slug}/"):
            editor.goto(address)
            axe(editor)
            assert not is_wider_than_the_window(editor), address


def test_without_an_account_pages_are_kept_on_the_device(open_page, axe):
    case = case_study(title="Le four du quartier", live=True)
    page = open_page()
    page.goto(case.get_absolute_url())
    page.get_by_role("button", name="Garder pour plus tard").click()
    page.goto("/espace/a-lire/")
    page.get_by_role("link", name="Le four du quartier").click()
    page.get_by_role("button", name="Ne plus garder").click()
    page.goto("/espace/a-lire/")
    assert "Aucune sur cet appareil" in page.inner_text("main")
    axe(page)
