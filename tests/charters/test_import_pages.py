"""Importing a text, as people do it in pages: choose, read again, correct, confirm."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from maillage.charters.models import CharterVersion
from tests.factories import documents
from tests.factories.charters import adaptation_draft, national

pytestmark = pytest.mark.django_db
UPLOAD, CONFIRM = "/charte/redaction/importer/", "/charte/redaction/importer/confirmer/"
REPLACE = {"mode": "replace"}


class _Fields(HTMLParser):
    """What a browser would send back of the page's form."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.select, self.area, self.within = {}, None, None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.within = self.within or (tag == "form" and "confirmer" in (a.get("action") or ""))
        if not self.within:
            return
        if tag == "input" and a.get("name") and (a["type"] not in {"radio", "checkbox"} or "checked" in a):
            self.sent[a["name"]] = a.get("value") or ""
        elif tag == "textarea":
            self.area, self.sent[a["name"]] = a["name"], ""
        elif tag == "select":
            self.select = a["name"]
        elif tag == "option" and self.select and "selected" in a:
            self.sent[self.select] = a["value"]

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag):
        self.area = None if tag == "textarea" else self.area
        self.within = self.within and tag != "form"


def fields(response):
    return {name: value.removeprefix("\n") for name, value in _Fields(response.content.decode()).sent.items()}


def document(content=None, name="charte.docx"):
    return {"document": SimpleUploadedFile(name, documents.word() if content is None else content)}


@pytest.fixture
def editor(sign_in, gael):
    return sign_in(gael)


def test_a_national_draft_is_started_from_a_file(editor):
    assert UPLOAD in editor.get(reverse("charters:national-draft")).content.decode()
    preview = editor.post(UPLOAD, document())
    page = preview.content.decode()
    assert "6 articles lus" in page
    assert "Image ignorée" in page
    assert CharterVersion.objects.count() == 0, "nothing is written before the confirmation"
    sent = fields(preview)
    assert sent["version_title"] == "La charte aux Tilleuls"
    response = editor.post(CONFIRM, {**sent, "article-1-text": "Corrigé.", "source": "Le document, page 2"})
    assert response.headers["Location"] == reverse("charters:national-draft")
    draft = CharterVersion.objects.get()
    assert draft.title == "La charte aux Tilleuls"
    assert draft.articles.count() == 6
    corrected = draft.articles.get(key="dialogue")
    assert (corrected.text, corrected.source, corrected.kind) == ("Corrigé.", "Le document, page 2", "value")


def test_a_script_in_a_title_is_shown_as_text(editor):
    page = editor.post(UPLOAD, document()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_preview_says_what_is_replaced_and_what_is_removed(editor):
    national(publish=False)
    preview = editor.post(UPLOAD, document())
    page = preview.content.decode()
    assert "Prend la place des mots de l’article « Dialogue »" in page
    assert "2 articles du projet ne sont pas dans ce fichier" in page
    assert "<li>Avec les habitants</li>" in page
    assert "mode" not in fields(preview), "nobody chooses in their place"
    assert "Choisissez : le remplacer" in editor.post(CONFIRM, fields(preview)).content.decode()
    editor.post(CONFIRM, {**fields(preview), **REPLACE})
    assert "avec" not in CharterVersion.objects.get().articles.values_list("key", flat=True)


def test_what_the_page_did_not_announce_is_announced_before_it_is_done(editor):
    draft = national(publish=False)
    sent = fields(editor.post(UPLOAD, document(documents.markdown([(1, "Dialogue"), (0, "Oui.")]), "c.md")))
    again = editor.post(CONFIRM, {**sent, **REPLACE, "article-0-title": "Avec les habitants"})
    assert "Voici ce que l’importation ferait maintenant" in again.content.decode()
    assert draft.articles.count() == 3
    assert fields(again)["article-0-title"] == "Avec les habitants"
    editor.post(CONFIRM, fields(again))
    assert [a.key for a in draft.articles.all()] == ["avec"]


def test_a_draft_changed_by_somebody_else_meanwhile_is_announced(editor):
    draft = national(publish=False)
    sent = fields(editor.post(UPLOAD, document()))
    draft.articles.filter(key="avec").update(text="Une phrase écrite entre-temps.")
    assert "ont changé" in editor.post(CONFIRM, {**sent, **REPLACE}).content.decode()
    assert draft.articles.filter(key="avec").exists()


def test_completing_keeps_everything(editor):
    draft = national(publish=False)
    editor.post(CONFIRM, {**fields(editor.post(UPLOAD, document())), "mode": "complete"})
    assert {"avec", "pourquoi", "dialogue", "le-gouter-du-jeudi"} <= set(draft.articles.values_list("key", flat=True))


def test_nothing_typed_is_lost_when_something_is_missing(editor):
    sent = fields(editor.post(UPLOAD, document()))
    page = editor.post(
        CONFIRM, {**sent, "article-0-title": "", "article-1-text": "Mes mots à moi.", "source": "Page 9"}
    )
    content = page.content.decode()
    assert "Donnez un titre à cet article" in content
    assert "Rien n’est encore importé" in content
    kept = fields(page)
    assert (kept["article-1-text"], kept["source"]) == ("Mes mots à moi.", "Page 9")
    assert json.loads(kept["warnings"]) == json.loads(sent["warnings"])
    assert kept["article-5-title"] == sent["article-5-title"]
    assert CharterVersion.objects.count() == 0


def test_an_article_set_aside_needs_nothing_and_is_not_imported(editor):
    sent = fields(editor.post(UPLOAD, document()))
    editor.post(CONFIRM, {**sent, "article-0-skip": "on", "article-0-title": "", "article-0-text": ""})
    assert CharterVersion.objects.get().articles.count() == 5


def test_setting_everything_aside_is_refused(editor):
    sent = fields(editor.post(UPLOAD, document()))
    skipped = {f"article-{n}-skip": "on" for n in range(6)}
    assert "gardez-en au moins un" in editor.post(CONFIRM, {**sent, **skipped}).content.decode()
    assert CharterVersion.objects.count() == 0


def test_a_refused_file_says_why(editor):
    page = editor.post(UPLOAD, document(b"%PDF-1.7", "charte.docx"))
    assert "Un PDF ne garde pas les titres" in page.content.decode()
    page = editor.post(UPLOAD, document(b"", "charte.docx"))
    assert "Ce fichier est vide" in page.content.decode()
    page = editor.post(UPLOAD, document(b"x" * 5_000_001, "charte.docx"))
    assert "dépasse 5 Mo" in page.content.decode()


def test_a_preview_cut_on_its_way_is_said(editor):
    page = editor.post(CONFIRM, {"article-0-title": "Oui"}, follow=True)
    assert "n’est pas arrivé entier" in page.content.decode()


@pytest.mark.parametrize("warnings", ["{", '{"a": 1}', "3", '["<script>x</script>"]', "[[1]]"])
def test_warnings_bent_on_their_way_break_nothing(editor, warnings):
    sent = fields(editor.post(UPLOAD, document()))
    page = editor.post(CONFIRM, {**sent, "warnings": warnings, "article-0-title": ""})
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_the_biggest_text_makes_the_whole_way(editor):
    text = "\n\n".join(["# Charte", *(f"## Titre {n} du texte\n\n{'été ' * 220}" for n in range(200))])
    sent = fields(editor.post(UPLOAD, document(text.encode(), "c.md")))
    assert editor.post(CONFIRM, sent).status_code == 302
    assert CharterVersion.objects.get().articles.count() == 200


@pytest.fixture
def draft(jardins, bruno, elsa, tilleuls):
    return adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)


def workshop_pages(draft):
    slug = draft.adaptation.slug
    return reverse("charters:workshop-import", args=[slug]), reverse("charters:workshop-import-confirm", args=[slug])


def test_an_adaptation_is_filled_from_a_file_with_its_reasons(sign_in, bruno, draft):
    upload, confirm = workshop_pages(draft)
    his = sign_in(bruno)
    assert upload in his.get(reverse("charters:workshop", args=[draft.adaptation.slug])).content.decode()
    preview = his.post(upload, document())
    page = preview.content.decode()
    assert "Adapte l’article « Dialogue » du texte national." in page
    assert "2 articles du projet ne changent pas" in page
    assert "remplacez" not in page
    refused = his.post(confirm, fields(preview))
    assert "Dites pourquoi cet article est adapté" in refused.content.decode()
    sent = fields(refused)
    assert len([name for name in sent if re.fullmatch(r"article-\d+-reason", name)]) == 1
    his.post(confirm, {**sent, "article-1-reason": "Nous parlons autrement ici."})
    articles = {a.key: (a.treatment, a.reason) for a in draft.articles.all()}
    assert articles["dialogue"] == ("adapted", "Nous parlons autrement ici.")
    assert articles["avec"] == ("kept", "")
    assert articles["le-gouter-du-jeudi"] == ("added", "")


def test_one_reason_may_stand_for_all(sign_in, bruno, draft):
    upload, confirm = workshop_pages(draft)
    his = sign_in(bruno)
    his.post(confirm, {**fields(his.post(upload, document())), "reason": "Nos mots."})
    assert draft.articles.get(key="dialogue").reason == "Nos mots."


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "gael", "hugo"])
def test_nobody_else_imports_into_the_workshop(request, sign_in, draft, persona):
    reader = sign_in(request.getfixturevalue(persona))
    for address in workshop_pages(draft):
        assert reader.post(address, document()).status_code in {403, 404}
    assert draft.articles.count() == 3


@pytest.mark.parametrize("persona", ["amina", "chloe", "elsa", "fatou", "ines"])
def test_nobody_else_imports_the_national_text(request, sign_in, persona):
    reader = sign_in(request.getfixturevalue(persona))
    assert reader.get(UPLOAD).status_code == 403
    assert reader.post(CONFIRM, {}).status_code == 403


def test_a_published_adaptation_has_no_import(sign_in, bruno, draft):
    upload, _confirm = workshop_pages(draft)
    draft.adaptation.versions.all().delete()
    assert sign_in(bruno).get(upload).status_code == 404
