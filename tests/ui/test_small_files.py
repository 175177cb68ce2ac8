"""The stylesheet, and the small files that browsers ask for by themselves."""

import gzip
import json
import re

import pytest

from maillage.ui import stylesheet as sheets

BUDGET = 12_000
"""Bytes, compressed: the page, the sheet and the drawings share 40 kB."""


def address(client):
    return f"/ui/{sheets.stylesheet()[0]}.css"


def test_the_sheet_is_one_small_file_kept_for_ever(client):
    answer = client.get(address(client), headers={"accept-encoding": "gzip"})
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Vary"] == "Accept-Encoding"
    assert len(answer.content) < BUDGET
    assert gzip.decompress(answer.content) == client.get(address(client)).content


def test_the_sheet_begins_with_the_order_of_its_layers(client):
    css = client.get(address(client)).content.decode()
    assert css.startswith("@layer tokens,base,layout,components,utilities;")
    assert "/*" not in css
    assert css.count("{") == css.count("}")


def test_every_colour_and_size_that_is_used_is_a_token(client):
    css = client.get(address(client)).content.decode()
    set_ones = set(re.findall(r"[{;](--[\w-]+):", css))
    used = set(re.findall(r"var\((--[\w-]+)[,)]", css))
    assert used - set_ones == set()


def test_an_older_sheet_leads_to_todays_and_is_asked_for_again(client):
    answer = client.get("/ui/0123456789ab.css")
    assert answer["Location"] == address(client)
    assert answer["Cache-Control"] == "no-cache"


def test_the_sheet_is_read_again_in_development_alone(settings, monkeypatch, tmp_path):
    for name in ("tokens", "base", "layout", "utilities", "print"):
        (tmp_path / f"{name}.css").write_text(f".{name} {{ color: red; }}")
    monkeypatch.setattr(sheets, "FOLDER", tmp_path)
    before = sheets.stylesheet()[0]
    settings.DEBUG = True
    assert sheets.stylesheet()[1] == b"".join(
        b".%s{color: red;}" % name for name in (b"tokens", b"base", b"layout", b"utilities", b"print")
    )
    settings.DEBUG = False
    assert sheets.stylesheet()[0] == before


def test_the_icon_is_there_for_whoever_asks(client):
    assert client.get("/favicon.svg")["Content-Type"] == "image/svg+xml"
    assert client.get("/favicon.ico")["Location"] == "/favicon.svg"


def test_the_manifest_is_json(client):
    answer = client.get("/application.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert json.loads(answer.content)["name"] == "Maillage"


@pytest.mark.parametrize(("demo", "closed"), [(True, "Disallow: /\n"), (False, "Disallow: /gestion/\n")])
def test_a_demonstration_is_kept_out_of_search_engines(client, settings, demo, closed):
    settings.DEMO = demo
    assert closed in client.get("/robots.txt").content.decode()
