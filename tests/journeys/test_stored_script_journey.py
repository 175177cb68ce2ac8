"""Stored script in every field that people type, on every page that shows one, in a real browser, with a canary."""

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from tests.harness.client import lenient_templates
from tests.security.hostile import SCRIPT, write_everywhere
from tests.security.scene import build_scene
from tests.security.test_side_doors import addresses, words_of

from .conftest import DESK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def pages_that_show_it(scene, persona):
    """One address of each kind whose page says the hostile words, whatever the way it writes them."""
    client, found = Client(), {}
    if scene[persona].is_authenticated:
        client.force_login(scene[persona])
    scene["hidden"], scene["unlisted"] = scene["new"], scene["national_signature"]
    for name, address in addresses(scene):
        kind = f"{name} {address}" if name == "back office" else name
        if kind in found or any(slow in name for slow in ("pdf", "sheet", "certificate", "export", "scan")):
            continue
        answer = client.get(address)
        if answer.status_code == 200 and "html" in answer["Content-Type"] and "caught" in words_of(answer):
            found[kind] = address
    return found


@pytest.mark.parametrize(("persona", "least"), [("djibril", 8), ("bruno", 25), ("elsa", 25), ("gael", 10)])
def test_words_that_people_type_are_never_code(open_page, request, persona, least):
    scene = build_scene(request)
    scene["gael"].is_superuser = True
    scene["gael"].save()
    assert write_everywhere() > 30
    ModelLogEntry.objects.update(label=SCRIPT)
    with lenient_templates():
        found = pages_that_show_it(scene, persona)
        look_at(open_page(scene[persona], viewport=DESK), found)
    assert len(found) >= least, sorted(found)


def look_at(page, found):
    for name, address in found.items():
        assert page.goto(address, wait_until="domcontentloaded").status == 200, (name, address)
        assert page.evaluate("window.caught") is None, (name, address)
        # Were it let in, the policy of the page would stop it: it must not be let in.
        assert page.evaluate("document.querySelectorAll('img[src=\"x\"], [onerror]').length") == 0, (name, address)
