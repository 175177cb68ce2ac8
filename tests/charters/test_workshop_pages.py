"""Writing an adaptation and the national text, as their authors do it in pages."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.charters.models import CharterVersion, Remark
from tests.factories.charters import adaptation_draft, national

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(jardins, bruno, elsa, tilleuls):
    return adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)


def day(days):
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def test_from_the_opening_to_the_adoption(sign_in, bruno, jardins, amina, entraide, tilleuls):
    national()
    his, hers = sign_in(bruno), sign_in(amina)
    his.post(
        reverse("charters:open-adaptation"),
        {"name": "La charte aux Tilleuls", "territories": [tilleuls.slug], "promoters": [jardins.pk]},
    )
    slug = "la-charte-aux-tilleuls"
    edit = reverse("charters:workshop-edit-article", args=[slug, "avec"])
    refused = his.post(edit, {"treatment": "adapted", "title": "Avec", "text": "Autre", "reason": ""})
    assert "Dites pourquoi" in refused.content.decode()
    his.post(edit, {"treatment": "adapted", "title": "Avec", "text": "Autrement dit.", "reason": "Ici."})
    his.post(
        reverse("charters:workshop-new-article", args=[slug]),
        {"kind": "commitment", "title": "Le jeudi", "text": "Une heure ouverte."},
    )
    assert hers.get(reverse("charters:adaptation", args=[slug])).status_code == 404, "not open yet"
    his.post(reverse("charters:open-to-remarks", args=[slug]), {"until": day(20)})

    page = hers.get(reverse("charters:adaptation", args=[slug])).content.decode()
    assert "Autrement dit" in page
    hers.post(
        reverse("charters:make-remark", args=[slug]),
        {"organisation": entraide.pk, "article_key": "le-jeudi", "text": "Plutôt le mardi ?"},
    )
    remark = Remark.objects.get()
    his.post(reverse("charters:answer-remark", args=[slug, remark.pk]), {"answer": "Va pour le jeudi."})
    assert "Va pour le jeudi." in hers.get(reverse("charters:adaptation", args=[slug])).content.decode()

    his.post(
        reverse("charters:adopt", args=[slug]),
        {"adopted_on": day(0), "adopted_by": "réunion", "signatures_needed": 3, "review_on": day(300)},
    )
    version = CharterVersion.objects.get(adaptation__slug=slug)
    assert version.is_open_for_signature
    assert {a.key: a.treatment for a in version.articles.all()} == {
        "pourquoi": "kept",
        "dialogue": "kept",
        "avec": "adapted",
        "le-jeudi": "added",
    }


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "gael", "hugo"])
def test_nobody_else_enters_the_workshop(request, sign_in, draft, persona):
    reader = sign_in(request.getfixturevalue(persona))
    slug = draft.adaptation.slug
    pages = [
        reverse("charters:workshop", args=[slug]),
        reverse("charters:adopt", args=[slug]),
        reverse("charters:workshop-edit-article", args=[slug, "avec"]),
        reverse("charters:workshop-new-article", args=[slug]),
    ]
    for address in pages:
        assert reader.get(address).status_code in {403, 404}, address
    writes = {
        reverse("charters:open-to-remarks", args=[slug]): {"until": day(9)},
        reverse("charters:workshop-edit-article", args=[slug, "avec"]): {"treatment": "left_out", "reason": "x"},
        reverse("charters:workshop-remove-article", args=[slug, "avec"]): {},
        reverse("charters:revise", args=[slug]): {},
        reverse("charters:make-remark", args=[slug]): {"text": "x"},
    }
    for address, data in writes.items():
        assert reader.post(address, data).status_code in {403, 404}, address
    draft.refresh_from_db()
    assert draft.opened_at is None
    assert set(draft.articles.values_list("treatment", flat=True)) == {"kept"}


def test_a_visitor_is_asked_to_sign_in(client, draft):
    response = client.get(reverse("charters:workshop", args=[draft.adaptation.slug]))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/compte/connexion/")


def test_a_remark_in_the_name_of_another_association_is_refused(
    sign_in, bruno, jardins, entraide, amina, elsa, tilleuls
):
    opened = adaptation_draft(promoter=entraide, actor=elsa, territory=tilleuls, opened=True)
    response = sign_in(bruno).post(
        reverse("charters:make-remark", args=[opened.adaptation.slug]),
        {"organisation": entraide.pk, "text": "En leur nom"},
    )
    assert response.status_code == 409
    assert Remark.objects.count() == 0
    assert "En leur nom" in response.content.decode(), "what was typed is kept"


def test_the_editor_writes_and_publishes_the_national_text(sign_in, gael):
    editor = sign_in(gael)
    editor.post(reverse("charters:start-national-draft"))
    draft = CharterVersion.objects.get()
    assert draft.articles.filter(kind="principle").count() == 4
    editor.post(
        reverse("charters:national-edit-article", args=["dialogue"]),
        {"kind": "value", "title": "Dialogue", "text": "Nous parlons.", "plain_language": "", "source": ""},
    )
    assert "jamais" in editor.get(reverse("charters:publish-national")).content.decode()
    editor.post(reverse("charters:publish-national"))
    draft.refresh_from_db()
    assert draft.is_published
    assert draft.articles.get(key="dialogue").text == "Nous parlons."


@pytest.mark.parametrize("persona", ["amina", "chloe", "elsa", "fatou", "ines"])
def test_nobody_else_writes_the_national_text(request, sign_in, persona):
    reader = sign_in(request.getfixturevalue(persona))
    assert reader.get(reverse("charters:national-draft")).status_code == 403
    assert reader.post(reverse("charters:start-national-draft")).status_code == 403
    assert CharterVersion.objects.count() == 0


def test_words_typed_without_choosing_to_adapt_are_not_thrown_away(sign_in, bruno, draft):
    edit = reverse("charters:workshop-edit-article", args=[draft.adaptation.slug, "avec"])
    page = sign_in(bruno).post(edit, {"treatment": "kept", "title": "Avec les habitants", "text": "Mes mots."})
    assert "choisissez « Adapté »" in page.content.decode()
    assert "Mes mots." in page.content.decode()


def test_the_editor_says_where_the_official_text_comes_from(sign_in, gael, client):
    editor = sign_in(gael)
    editor.post(reverse("charters:start-national-draft"))
    editor.post(reverse("charters:name-national"), {"title": "Charte", "source": "Le document, page 3"})
    editor.post(reverse("charters:publish-national"))
    page = client.get("/charte/").content.decode()
    assert "Le document, page 3" in page
    assert "ce n’est pas la charte officielle" not in page


def test_the_same_text_is_not_published_twice(sign_in, gael):
    national()
    editor = sign_in(gael)
    editor.post(reverse("charters:start-national-draft"))
    page = editor.post(reverse("charters:publish-national"), follow=True).content.decode()
    assert "la même chose que la version en vigueur" in page
    assert CharterVersion.objects.published().count() == 1
