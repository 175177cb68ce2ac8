"""Links are kept once, read by all when public, taken away and brought back whole; a broken file keeps nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.editorial.models import Editor
from maillage.watch import bookmarks
from maillage.watch.addresses import canonical
from maillage.watch.models import Link
from tests.factories.watch import LinkFactory

pytestmark = pytest.mark.django_db
SHAARLI = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<!-- This is an automatically generated file. -->
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
<DT><A HREF="https://exemple.org/charte?utm_source=x#a" ADD_DATE="1600000000" TAGS="QPV,charte">Suites &amp; fin</A>
<DD>À lire avant la réunion.
Deux pages.
<DT><A HREF="https://exemple.org/guide" ADD_DATE="1600000001" PRIVATE="1" TAGS="">Le guide</A>
<DT><A HREF="javascript:alert(1)" ADD_DATE="1600000002">Piège</A>
<DT><A HREF="https://exemple.org/charte" ADD_DATE="1600000003">La même, encore</A>
</DL><p>
"""
BROWSER = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE><H1>Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">Politique de la ville</H3>
    <DL><p>
        <DT><A HREF="https://ville.example/a">A</A>
    </DL><p>
    <DT><A HREF="https://ville.example/b">B</A>
</DL>
"""


def file(text, name="marque-pages.html"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, content_type="text/html")


def bring(client, text, **values):
    return client.post("/veille/apporter/", {"file": file(text), **values})


def test_a_shaarli_file_is_read_as_it_was_meant():
    found = bookmarks.read(SHAARLI.encode())
    first, second = found.bookmarks
    assert first.url == "https://exemple.org/charte"
    assert first.title == "Suites & fin"
    assert first.tags == ["qpv", "charte"]
    assert first.note == "À lire avant la réunion.\nDeux pages."
    assert (second.note, second.tags) == ("", [])
    assert found.refused == [(11, "javascript:alert(1)")]
    assert found.breaks_at is None


def test_folders_of_a_browser_become_words():
    found = {one.url: one.tags for one in bookmarks.read(BROWSER.encode()).bookmarks}
    assert found["https://ville.example/a"] == ["politique de la ville"]


@pytest.mark.parametrize("cut", ['ADD_DATE="1600000001" PRI', "Le gui", "</DL>", "https://exemple.org/gu"])
def test_a_file_broken_in_the_middle_says_where_and_keeps_nothing(sign_in, gael, cut):
    broken = SHAARLI[: SHAARLI.index(cut) + (0 if cut == "</DL>" else len(cut))]
    line = broken.count("\n") + 1
    client = sign_in(gael)
    page = bring(client, broken).content.decode()
    assert f"à la ligne {line}" in page
    assert not Link.objects.exists()
    page = bring(client, broken, even_if_cut="on").content.decode()
    assert f"à la ligne {line}" in page
    assert Link.objects.filter(url="https://exemple.org/charte").exists()
    assert not Link.objects.exclude(url__startswith="https://exemple.org/").exists()


@pytest.mark.parametrize("content", ["", "Bonjour", "<html><p>Rien</p></html>", b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_another_file_is_refused_in_plain_words(sign_in, gael, content):
    page = bring(sign_in(gael), content)
    assert page.status_code == 200
    assert not Link.objects.exists()


def test_what_is_brought_waits_for_the_team_and_can_be_undone(sign_in, client, gael):
    LinkFactory(url="https://exemple.org/guide", title="Déjà là")
    page = bring(sign_in(gael), SHAARLI).content.decode()
    assert "1 lien nouveau, 1 déjà là" in page
    assert "ligne 11" in page
    link = Link.objects.get(url="https://exemple.org/charte")
    assert (link.status, link.is_public, link.brought_by.name) == ("unclassified", False, "marque-pages.html")
    assert "Suites &amp; fin" not in client.get("/veille/").content.decode()
    sign_in(gael).post(f"/veille/apporter/{link.brought_by.uuid}/defaire/")
    assert [one.title for one in Link.objects.all()] == ["Déjà là"]


def test_taken_away_and_brought_back_they_are_the_same(sign_in, gael):
    client = sign_in(gael)
    LinkFactory(title="<b>Gras</b> & « guillemets »", note="<script>x</script>\nDeux lignes", tags=["qpv", "l’été"])
    LinkFactory(url="https://exemple.org/?a=1&b=2")
    told = sorted(Link.objects.values_list("url", "title", "note", "tags"))
    taken = b"".join(client.get("/veille/veille.html").streaming_content)
    Link.objects.all().delete()
    bring(client, taken)
    assert sorted(Link.objects.values_list("url", "title", "note", "tags")) == told


def test_who_is_not_of_the_team_takes_away_what_is_public_alone(client):
    LinkFactory(title="Pour l’équipe")
    LinkFactory(title="Pour tous", is_public=True)
    taken = b"".join(client.get("/veille/veille.html").streaming_content).decode()
    for page in (taken, client.get("/veille/").content.decode(), client.get("/veille/flux.atom").content.decode()):
        assert "Pour tous" in page
        assert "Pour l’équipe" not in page
    hidden = Link.objects.get(title="Pour l’équipe")
    assert client.get(hidden.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("HTTPS://Exemple.org/A?utm_source=x&id=3#haut", "https://exemple.org/A?id=3"),
        ("http://exemple.org", "http://exemple.org/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://exemple.org/a b", ""),
        ("https://[::1", ""),
    ],
)
def test_one_page_has_one_address(typed, kept):
    assert canonical(typed) == kept


def test_a_gesture_fills_the_form_and_a_link_is_kept_once(sign_in, elsa):
    client = sign_in(elsa)
    page = client.get("/veille/ajouter/?url=https://exemple.org/x&title=<script>x</script>").content.decode()
    assert 'value="https://exemple.org/x"' in page
    assert "<script>x</script>" not in page
    told = {"url": "https://exemple.org/x", "title": "X", "status": "to_read", "words": "QPV, qpv, fête"}
    client.post("/veille/ajouter/", told)
    assert Link.objects.get().tags == ["qpv", "fête"]
    again = client.post("/veille/ajouter/", {**told, "url": "https://exemple.org/x#plus-bas"})
    assert again["Location"] == Link.objects.get().get_absolute_url()
    assert Link.objects.count() == 1


def test_who_keeps_the_watch(sign_in, chloe, amina, fatou, gael, now):
    for user in (chloe, amina, fatou):
        assert sign_in(user).get("/veille/ajouter/").status_code == 403
    Editor.objects.create(user=chloe, subject="news", since=now)
    Editor.objects.create(user=fatou, subject="news", since=now)
    assert sign_in(chloe).get("/veille/ajouter/").status_code == 200
    assert sign_in(fatou).get("/veille/ajouter/").status_code == 403


def test_words_and_tags_narrow_the_list(client):
    LinkFactory(title="Les bancs", tags=["mobilier"], is_public=True)
    LinkFactory(title="La fête", note="avec des bancs", is_public=True)
    LinkFactory(title="Autre chose", is_public=True)
    page = client.get("/veille/?q=bancs").content.decode()
    assert "Les bancs" in page
    assert "La fête" in page
    assert "Autre chose" not in page
    page = client.get("/veille/?tag=mobilier").content.decode()
    assert "La fête" not in page


def test_ten_thousand_links_come_in_one_gesture(sign_in, gael, django_assert_max_num_queries):
    links = "".join(f'<DT><A HREF="https://exemple.org/{n}" TAGS="a">Lien {n}</A>\n' for n in range(10_000))
    client = sign_in(gael)
    with django_assert_max_num_queries(200):
        bring(client, f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n{links}</DL><p>\n")
    assert Link.objects.count() == 10_000


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, number, django_assert_max_num_queries):
    LinkFactory.create_batch(number, is_public=True)
    with django_assert_max_num_queries(4):
        client.get("/veille/")
