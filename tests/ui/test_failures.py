"""When something fails: what happened, what is kept, what to do next."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.harness.client import html_faults

pytestmark = pytest.mark.django_db


def test_a_form_without_its_cookie_is_told_how_to_be_sent_again():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"email": "amina@exemple.org"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "rien de ce que vous aviez écrit n’est perdu" in page
    assert html_faults(page) == []


def test_a_page_that_is_not_there_offers_a_search(client):
    answer = client.get("/rien-de-tel/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_a_page_for_others_says_so(client):
    page = render_to_string("403.html", request=client.get("/").wsgi_request)
    assert "Vous ne pouvez pas faire cela" in page
    assert html_faults(page) == []


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_of_a_breakdown_need_nothing(name):
    page = render_to_string(name)
    assert html_faults(page) == []
    assert "{" not in page


def test_a_breakdown_is_told_in_french(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("maillage.home.views.queries.figures", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Une panne de notre côté" in answer.content.decode()
