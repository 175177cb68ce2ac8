"""The front page, and the pages that the law and people expect."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.charters import signed

pytestmark = pytest.mark.django_db

OPERATOR = {
    "OPERATOR_NAME": "Collectif d’exploitation",
    "OPERATOR_ADDRESS": "1 rue de l’Exemple",
    "OPERATOR_CONTACT": "contact@exemple.org",
    "OPERATOR_DIRECTOR": "Camille Exemple",
    "HOST_NAME": "Hébergeur d’exemple",
}


def text(client, name):
    return client.get(reverse(name)).content.decode()


def test_a_new_platform_says_that_nothing_has_moved_yet(client):
    html = text(client, "home:home")
    assert "Rien n’a encore bougé ici" in html
    assert reverse("organisations:find") in html


def test_the_latest_signature_is_on_the_front_page(client, entraide, amina):
    signed(organisation=entraide, email="amina@exemple.org")
    html = text(client, "home:home")
    assert entraide.name in html
    assert "Rien n’a encore bougé" not in html


def test_the_front_page_asks_as_many_questions_whatever_has_moved(client, entraide, jardins):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    signed(organisation=entraide, email="amina@exemple.org")
    one = questions()
    signed(organisation=jardins, email="bruno@exemple.org")
    assert questions() == one <= 10


def test_the_front_page_shows_the_practice_in_eight_steps_and_a_way_to_sign(client, entraide):
    signed(organisation=entraide, email="amina@exemple.org")
    html = text(client, "home:home")
    assert len(re.findall(r"<li><b>", html.split('class="thread thread--wide"')[1].split("</ol>")[0])) == 8
    assert f'action="{reverse("search:search")}"' in html
    assert reverse("charters:sign") in html


@pytest.mark.parametrize("name", ["home:legal", "home:accessibility", "home:privacy"])
def test_what_the_operator_has_not_filled_in_is_said(client, settings, name):
    for key in OPERATOR:
        setattr(settings, key, "")
    assert "à compléter par l’exploitant" in text(client, name)


@pytest.mark.parametrize("name", ["home:legal", "home:accessibility", "home:privacy"])
def test_what_the_operator_has_filled_in_is_shown(client, settings, name):
    for key, value in OPERATOR.items():
        setattr(settings, key, value)
    html = text(client, name)
    assert "contact@exemple.org" in html
    assert "à compléter" not in html


def test_no_conformity_is_claimed_that_nobody_audited(client):
    html = text(client, "home:accessibility")
    assert "non auditée" in html
    assert "Défenseur des droits" in html


def test_nobody_is_sent_to_sign_a_text_that_is_not_there(client):
    assert reverse("charters:sign") not in text(client, "home:home")


@pytest.mark.parametrize("new", [True, False])
def test_the_site_map_leads_only_to_pages_that_exist(client, sign_in, entraide, amina, new):
    if not new:
        signed(organisation=entraide, email="amina@exemple.org")
    html = text(client, "home:sitemap").split("<main")[1].split("</main>")[0]
    assert (reverse("charters:sign") in html) is not new
    reader = sign_in(amina)
    for address in re.findall(r'href="([^"]+)"', html):
        assert reader.get(address).status_code in {200, 302}, address
