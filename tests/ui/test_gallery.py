"""The gallery shows every component, to developers and in a demonstration alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project

pytestmark = pytest.mark.django_db

CSS = Path(project.ROOT) / "maillage" / "ui" / "static" / "ui" / "css" / "components"
SHOWN = [
    "button", "button--quiet", "button--danger", "link-button", "tag", "tag--warn",
    "notice", "notice--info", "notice--warning", "notice--success", "notice--refusal", "empty",
    "card", "choice", "facts", "facts--row", "figure-list",
    "article", "article--adapted", "article--added", "article--left-out", "beside", "plain",
    "steps", "thread", "thread--wide", "hash", "outline", "table", "pager", "search", "filters",
    "bars", "symbol", "legend", "orders",
    "error-summary", "field", "field--error", "options--cards",
]  # fmt: skip


@pytest.mark.parametrize(("debug", "demo", "status"), [(False, False, 404), (True, False, 200), (False, True, 200)])
def test_it_is_open_to_developers_and_in_a_demonstration_alone(client, settings, debug, demo, status):
    settings.DEBUG, settings.DEMO = debug, demo
    assert client.get("/composants/").status_code == status


def test_every_component_is_shown_in_every_state(client):
    html = client.get("/composants/").content.decode()
    shown = set(re.sub(r"[^\w-]+", " ", " ".join(re.findall(r'class="([^"]*)"', html))).split())
    assert set(SHOWN) - shown == set()


@pytest.mark.parametrize("name", SHOWN)
def test_a_component_that_is_shown_has_its_style(name):
    files = [*CSS.glob("*.css"), CSS.parent / "utilities.css"]
    assert any(re.search(rf"\.{re.escape(name)}\b", file.read_text()) for file in files)


def test_the_pager_keeps_the_page_number_in_the_address(client):
    html = client.get("/composants/?page=3").content.decode()
    assert 'rel="prev" href="?page=2"' in html
    assert "Page 3 sur 10" in html
