"""What is huge is answered in time, or refused: no text, query or list holds a worker."""

import random
import time

import pytest
from django.test import Client
from django.urls import reverse

from maillage.charters.differences import ADDED, REMOVED, SAME, word_differences
from maillage.charters.merging import Conflict, merge_texts

from .doors import DOORS
from .scene import build_scene

FEW_WORDS = ("le", "la", "de", "nous.", "vous")


def text_of(length, seed):
    dice = random.Random(seed)
    return " ".join(dice.choice(FEW_WORDS) for _ in range(length))


@pytest.fixture
def seconds():
    """Allows a slow machine: what is guarded against takes minutes."""
    start = time.monotonic()
    yield 8
    assert time.monotonic() - start < 8


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (text_of(30_000, 1), text_of(30_000, 2)),
        ("a " * 100_000, "b a " * 60_000),
        ("oui. " * 50_000, "oui. non. " * 25_000),
        ("\n" * 200_000, " \n" * 100_000),
        ("x" * 300_000, "x" * 299_999),
    ],
    ids=["few words", "one word", "one sentence", "spaces", "one long word"],
)
def test_comparing_huge_texts_ends_and_loses_nothing(seconds, before, after):
    runs = word_differences(before, after)
    assert "".join(text for kind, text in runs if kind in {SAME, REMOVED}) == before
    assert "".join(text for kind, text in runs if kind in {SAME, ADDED}) == after


def test_a_change_in_a_huge_text_is_still_shown_word_by_word(seconds):
    text = text_of(30_000, 3)
    changed = text[:70_000].rsplit(" ", 1)[0] + " ICI " + text[len(text[:70_000].rsplit(" ", 1)[0]) + 1 :]
    runs = word_differences(text, changed)
    assert sum(len(words) for kind, words in runs if kind != SAME) < 200
    assert any("ICI" in words for kind, words in runs if kind == ADDED)


def test_merging_huge_texts_is_left_to_people(seconds):
    with pytest.raises(Conflict):
        merge_texts("Oui. " * 20_000, "Oui. Non. " * 10_000, "Non. " * 5_000 + "Oui. " * 15_000)


@pytest.mark.django_db
def test_pages_of_a_huge_article(request, seconds):
    scene, client = build_scene(request), Client()
    client.force_login(scene["elsa"])
    door = DOORS["charters:workshop-edit-article"]
    huge = {**door.data(scene), "text": text_of(45_000, 4)}
    assert client.post(reverse("charters:workshop-edit-article", kwargs=door.where(scene)), huge).status_code == 302
    slug = scene["open"].adaptation.slug
    for page in ("", "differences/", "atelier/", "atelier/texte-national/"):
        assert client.get(f"/charte/adaptations/{slug}/{page}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("size", [3_000_000, 30_000_000])
def test_a_form_that_is_too_heavy_is_refused(request, seconds, size):
    scene, client = build_scene(request), Client(raise_request_exception=False)
    client.force_login(scene["elsa"])
    door = DOORS["charters:workshop-edit-article"]
    address = reverse("charters:workshop-edit-article", kwargs=door.where(scene))
    answer = client.post(address, {**door.data(scene), "text": "a" * size})
    assert answer.status_code in {200, 400, 413}
    assert answer.status_code != 200 or "trop long" in answer.content.decode()
    assert len(scene["open"].articles.get(key="avec").text) < 1_000


@pytest.mark.django_db
def test_a_form_of_thousands_of_fields_is_refused(request, seconds):
    scene, client = build_scene(request), Client(raise_request_exception=False)
    client.force_login(scene["elsa"])
    fields = {f"article-{number}-title": "x" for number in range(5_000)}
    address = reverse("charters:workshop-import-confirm", args=[scene["open"].adaptation.slug])
    assert client.post(address, fields).status_code == 400
    where = reverse("organisations:create")
    assert client.post(where, {"territories": [str(number) for number in range(900)]}).status_code == 200
    assert client.post(where, {"territory_names": ",".join(["Les Tilleuls"] * 30)}).status_code == 200
    assert client.post(where, {"territory_names": ",".join(map(str, range(100)))}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/recherche/", "/annuaire/", "/territoires/", "/charte/signataires/", "/charte/signer/"]
)
def test_a_huge_search_is_answered(request, seconds, address):
    build_scene(request)
    for words in ("a " * 4_000, "%" * 8_000, "_" * 8_000, "é" * 8_000, "((((a*)*)*)*)*" * 500):
        assert Client().get(address, {"q": words}).status_code == 200


@pytest.mark.django_db
def test_a_scan_that_is_too_big_or_something_else_is_refused(request, seconds):
    from django.core.files.uploadedfile import SimpleUploadedFile

    scene, client = build_scene(request), Client()
    client.force_login(scene["elsa"])
    for content in (
        b"%PDF-1.7\n" + b"0" * 11_000_000,
        b"MZ" * 500,
        b"<html><script>",
        b"",
        b"\x89PNG",
        b"GIF89a" * 9,
    ):
        data = {
            **DOORS["charters:gatherings"].data(scene),
            "scan": SimpleUploadedFile("a.pdf", content, content_type="application/pdf"),
        }
        answer = client.post(reverse("charters:gatherings"), data)
        assert answer.status_code in {200, 302}, content[:10]
        assert answer.status_code == 200 or content.startswith(b"\x89PNG")
