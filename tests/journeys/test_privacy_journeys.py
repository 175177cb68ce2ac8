"""Somebody looks at what is kept of them, takes it away, and leaves."""

import zipfile

import pytest
from django.urls import reverse

from maillage.accounts.models import User
from tests.factories.charters import signed
from tests.factories.organisations import MembershipFactory

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_she_takes_her_data_away_hands_over_and_is_forgotten(open_page, axe, amina, entraide, tmp_path, viewport):
    signature = signed(organisation=entraide, email="amina@exemple.org", first_name="Amina", last_name="Benali")
    MembershipFactory(organisation=entraide, user__first_name="Bachir", user__last_name="Second")
    page = open_page(amina, viewport=viewport)
    page.goto("/espace/")
    page.get_by_role("link", name="Mes données").click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger mes données (ZIP)").click()
    download.value.save_as(tmp_path / "export.zip")
    assert "LISEZMOI.txt" in zipfile.ZipFile(tmp_path / "export.zip").namelist()

    page.get_by_role("link", name="Voir ce qui serait effacé").click()
    axe(page)
    page.get_by_label("J’ai compris").check()
    page.get_by_role("button", name="Effacer mon compte").click()
    assert "Confiez d’abord" in page.text_content("main")
    axe(page)
    page.get_by_role("link", name="Confier la gestion").first.click()
    axe(page)
    page.get_by_label("Adresse e-mail de la personne qui prend la suite").fill("bachir@exemple.org")
    page.get_by_label("Sa fonction dans l’association").fill("trésorier")
    page.get_by_role("button", name="Transmettre").click()
    page.get_by_text("C’est transmis").wait_for()
    page.goto(reverse("privacy:forget"))
    page.get_by_label("J’ai compris").check()
    page.get_by_role("button", name="Effacer mon compte").click()
    page.wait_for_url("**" + reverse("privacy:forgotten"))
    axe(page)
    assert User.objects.get(pk=amina.pk).forgotten_at
    page.goto(signature.get_absolute_url())
    axe(page)
    assert "personne oubliée" in page.text_content("main")
