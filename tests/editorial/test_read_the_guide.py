"""The guide assembles itself from its chapters and the published cases: pages, PDF, EPUB."""

import io
import json
import re
import zipfile

import page
import pytest
from django.utils import timezone
from lxml import etree
from PIL import Image as Drawing
from wagtail.images import get_image_model

from maillage.editorial import editions
from maillage.editorial.guide import Selection, document
from maillage.editorial.models import Guide, GuideChapter
from tests.factories.editorial import case_study

pytestmark = pytest.mark.django_db


def _picture(title="Une cour"):
    stream = io.BytesIO()
    Drawing.new("RGB", (40, 30), "green").save(stream, "JPEG")
    from django.core.files.images import ImageFile

    return get_image_model().objects.create(
        title=title, file=ImageFile(io.BytesIO(stream.getvalue()), name="cour.jpg")
    )


def _with_picture(image):
    body = [
        {
            "type": "picture",
            "value": {
                "image": {"image": image.pk, "decorative": False, "alt_text": "Une cour plantée"},
                "credit": "L.",
                "caption": "En mai",
            },
        },
        {"type": "quote", "value": {"words": "On s’y retrouve.", "who": "une habitante"}},
        {
            "type": "text",
            "value": '<p>Un <b>lien</b> : <a href="https://exemple.org/x">ici</a><script>alert(1)</script></p>',
        },
    ]
    return json.dumps(body)


def test_its_contents_lead_to_each_chapter(client):
    home = client.get("/guide/").content.decode()
    for address in re.findall(r'href="(/guide/[a-z-]+/)"', home):
        assert client.get(address).status_code == 200
    assert "pas le guide officiel" in home


def test_a_brake_shows_the_cases_that_tell_it(client):
    case = case_study(findings=[("brake", "time", "Le soir, personne.")], live=True)
    chapter = client.get("/guide/freins-et-leviers/").content.decode()
    assert case.title in chapter


def test_the_figures_carry_their_vintage(client, tilleuls):
    assert tilleuls.vintage
    assert str(tilleuls.vintage) in client.get("/guide/quartiers-prioritaires/").content.decode()


def test_the_pdf_passes_the_validator_with_pictures_and_bookmarks(client):
    case = case_study(live=True, body=_with_picture(_picture()))
    content = client.get("/guide/guide.pdf").content
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []
    assert b"/Outlines" in content
    assert case.title


def test_the_pdf_is_kept_until_its_content_changes(monkeypatch):
    made = []
    monkeypatch.setattr(editions, "compile_pdf", lambda path, data: made.append(1) or b"%PDF-")
    at = timezone.now()
    first = document(Selection(), at=at)
    assert editions.edition(first, "pdf") == editions.edition(document(Selection(), at=at), "pdf")
    assert len(made) <= 1
    case_study(live=True, title="Une toute autre pratique")
    editions.edition(document(Selection(), at=at), "pdf")
    assert len(made) >= 1
    chapter = GuideChapter.objects.get(slug="methodes")
    chapter.title = "Manières de faire"
    before = len(made)
    chapter.save_revision().publish()
    editions.edition(document(Selection(), at=at), "pdf")
    assert len(made) == before + 1


def test_the_epub_holds_together(client):
    case = case_study(live=True, body=_with_picture(_picture()))
    content = client.get("/guide/guide.epub").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, book.read("mimetype")) == (
            "mimetype",
            zipfile.ZIP_STORED,
            b"application/epub+zip",
        )
        names = set(book.namelist())
        package = etree.fromstring(book.read("EPUB/content.opf"))
        space = {"o": "http://www.idpf.org/2007/opf"}
        items = {one.get("id"): one for one in package.findall(".//o:item", space)}
        assert {f"EPUB/{one.get('href')}" for one in items.values()} <= names
        assert all(one.get("idref") in items for one in package.findall(".//o:itemref", space))
        assert [one for one in items.values() if one.get("properties") == "nav"]
        for name in names:
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                etree.fromstring(book.read(name))
        told = "".join(book.read(name).decode() for name in names if name.endswith(".xhtml"))
    assert case.title in told
    assert 'alt="Une cour plantée"' in told
    assert "<script" not in told


def test_a_territory_and_a_network_have_their_own_selection(client, tilleuls, ailleurs, jardins, boxe, federation):
    here = case_study(territories=[tilleuls], names=[jardins], live=True)
    there = case_study(territories=[ailleurs], names=[boxe], live=True)
    for query in (f"?territoire={tilleuls.slug}", f"?reseau={federation.slug}"):
        chapter = client.get(f"/guide/les-pratiques/{query}").content.decode()
        assert here.title in chapter
        assert there.title not in chapter
    assert client.get("/guide/?territoire=nulle-part").status_code == 404


def test_the_five_monographs_say_that_they_wait_for_the_guide(client):
    page_ = client.get("/pratiques/empalot-services/").content.decode()
    assert "compléter d’après le guide" in page_
    assert "anru.fr" in page_


def test_models_of_assents_are_a_chapter(client):
    chapter = client.get("/guide/modeles-d-accords/").content.decode()
    assert "Partenariat" in chapter
    assert "Regarder en arrière" in chapter


def test_the_wall_keeps_drafts_out_of_the_guide(client, tilleuls):
    draft = case_study(territories=[tilleuls], findings=[("brake", "time", "Tard.")], title="Pas encore dit")
    told = json.dumps(document(Selection(), at=timezone.now()), default=str)
    assert draft.title not in told
    for address in ("/guide/freins-et-leviers/", "/guide/les-pratiques/", "/pratiques/"):
        assert draft.title not in client.get(address).content.decode()


def test_a_guide_that_is_not_published_is_in_no_file_either(client):
    Guide.objects.get().unpublish()
    for address in ("/guide/", "/guide/guide.pdf", "/guide/guide.epub"):
        assert client.get(address).status_code == 404, address
