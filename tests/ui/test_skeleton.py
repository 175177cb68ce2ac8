"""What every page has: its head, its menu, its foot, its policy."""

import re

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = ["home:accessibility", "home:legal", "home:privacy", "home:sitemap", "ui:gallery", "account_login"]


@pytest.fixture
def draw():
    """`draw(template, **context)` is that page for a visitor."""

    def draw(name, path="/", **context):
        request = RequestFactory().get(path)
        request.user = context.pop("user", None)
        request.LANGUAGE_CODE = "fr"
        return render_to_string(name, context, request)

    return draw


@pytest.mark.parametrize("page", PAGES)
def test_a_page_carries_a_policy_that_refuses_what_is_not_ours(client, page):
    policy = client.get(reverse(page)).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_all_that_the_page_asks_for_is_ours_and_little(client):
    html = client.get(reverse("home:home")).content.decode()
    asked = re.findall(r'<(?:link|script|img)\b[^>]*(?:href|src)="([^"]+)"', html)
    assert all(address.startswith("/") for address in asked), asked
    assert len(asked) < 8


def test_the_first_link_leads_to_the_content(client):
    html = client.get(reverse("home:legal")).content.decode()
    assert re.search(r"<body>\s*<a class=\"skip\" href=\"#contenu\">", html)
    assert '<main id="contenu" tabindex="-1">' in html


def test_the_menu_marks_the_section_where_one_is(client):
    html = client.get("/annuaire/").content.decode()
    marked = re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current="page"', html)
    assert set(marked) == {"/annuaire/"}


def test_the_menu_opens_without_a_script(client):
    assert re.search(r"<details class=\"menu[^>]*>\s*<summary>", client.get("/").content.decode())


def test_who_is_signed_in_finds_their_space_and_the_way_out(client, sign_in, amina):
    visitor, member = client.get("/").content.decode(), sign_in(amina).get("/").content.decode()
    assert reverse("account_login") in visitor
    assert reverse("account_logout") not in visitor
    assert reverse("account_logout") in member
    assert reverse("dashboard:my-space") in member


@pytest.mark.parametrize(
    ("level", "look"),
    [(messages.SUCCESS, "success"), (messages.WARNING, "warning"), (messages.ERROR, "refusal")],
)
def test_a_message_is_announced_with_its_weight(draw, level, look):
    html = draw("ui/base.html", messages=[Message(level, "C’est <b>dit</b>.")])
    assert 'role="status"' in html
    assert f'<p class="notice notice--{look}">C’est &lt;b&gt;dit&lt;/b&gt;.</p>' in html


def test_the_strip_of_the_demonstration_is_nowhere_else(client, draw, settings):
    assert 'class="banner"' in client.get("/").content.decode()
    settings.DEMO = False
    assert 'class="banner"' not in draw("ui/base.html")


def test_the_other_language_is_chosen_by_a_form_and_kept(client):
    html = client.get(reverse("home:legal")).content.decode()
    assert re.search(r'<html lang="fr">', html)
    assert f'<form class="inline" method="post" action="{reverse("set_language")}"><input type="hidden"' in html
    answer = client.post(reverse("set_language"), {"language": "en", "next": reverse("home:legal")})
    assert answer["Location"] == reverse("home:legal")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    page = client.get(reverse("home:legal"))
    assert '<html lang="en">' in page.content.decode()
    assert page["Content-Language"] == "en"


def test_the_picture_for_social_networks_has_a_whole_address_and_exists(client):
    html = client.get("/").content.decode()
    address = re.search(r'og:image" content="([^"]+)"', html)[1]
    assert address == f"{settings.SITE_ADDRESS}/static/ui/social.png"
    assert finders.find("ui/social.png")
    assert finders.find("ui/icon-192.png")
