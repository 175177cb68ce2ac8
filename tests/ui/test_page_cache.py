"""Kept pages: quick for visitors, never somebody else's words, and nothing old once something public has changed."""

import gzip
import re

import pytest
from django.conf import settings as current_settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.organisations.actions import confirm_mandate
from maillage.ui import page_cache
from tests.factories.charters import adaptation_draft, adopted, national, request_for, signed
from tests.factories.organisations import MandateFactory, OrganisationFactory
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)
"""Where something must be dropped: that is done once it is committed."""

PAGES = {
    *("/", "/charte/", "/charte/histoire/", "/charte/signer/", "/charte/signataires/", "/charte/adaptations/"),
    *(
        "/charte/versions/1/",
        "/territoires/",
        "/territoires/couverture/",
        "/annuaire/",
        "/annuaire/?page=1",
        "/recherche/?q=parc",
    ),
    *("/charte/signataires/?text=national", "/charte/verifier/", "/charte/signer/nouvelle/"),
    *("/accessibilite/", "/mentions-legales/", "/confidentialite/", "/plan-du-site/", "/compte/connexion/"),
}


@pytest.fixture
def kept(settings, tmp_path):
    """Pages are kept, in a folder of this test."""
    settings.PAGE_CACHE_SECONDS = 60
    pages = {**settings.CACHES["pages"], "LOCATION": tmp_path / "pages"}
    settings.CACHES = {**settings.CACHES, "pages": pages}
    return settings


@pytest.fixture
def town(entraide, jardins, amina, bruno, elsa, tilleuls):
    """A text, an adaptation, signatures (one of them not listed), and every page that shows them."""
    signed(national(), organisation=entraide, email=amina.email)
    hidden = signed(organisation=jardins, email=bruno.email, is_listed=False)
    adopted(promoter=entraide, actor=amina, territory=tilleuls)
    places = (
        reverse("directory:territory", args=[tilleuls.slug]),
        reverse("directory:organisation", args=[entraide.slug]),
        reverse("directory:organisation", args=[jardins.slug]),
        "/charte/adaptations/la-charte-aux-tilleuls/",
        "/charte/adaptations/la-charte-aux-tilleuls/differences/",
        reverse("charters:verify-signature", args=[hidden.token]),
    )
    return sorted(PAGES.union(places))


def words(response):
    """The page without what changes each time: the tokens of forms."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'value="\d+:[\w-]+:[\w-]+"|value="[\w-]+:[\w-]+:[\w-]+"', "", page)


def is_kept(path, queries, **headers):
    with queries(0):
        return Client().get(path, **headers).status_code == 200


def client_of(sign_in, person, language):
    client = sign_in(person)
    client.cookies[current_settings.LANGUAGE_COOKIE_NAME] = language
    return client


def test_nobody_ever_sees_the_page_of_somebody_else(request, sign_in, settings, kept, town):
    french = [(request.getfixturevalue(name), "fr") for name in PERSONAS]
    english = [(request.getfixturevalue(name), "en") for name in ("djibril", "amina", "fatou")]
    readers = [client_of(sign_in, *reader) for reader in french + english]
    settings.PAGE_CACHE_SECONDS = 0
    alone = {path: [words(reader.get(path)) for reader in readers] for path in town}
    settings.PAGE_CACHE_SECONDS = 60
    for path in town:
        # From both ends in turn, so that each comes after everybody else.
        for place in [*range(len(readers)), *reversed(range(len(readers)))]:
            assert words(readers[place].get(path)) == alone[path][place], (path, place)


def test_the_pages_of_the_list_are_kept(kept, town, django_assert_num_queries):
    for path in town:
        Client().get(path)
    drawn = {
        path for path in town if caches["pages"].get(page_cache.key_of(Client().get(path).wsgi_request, "fr")) is None
    }
    assert drawn == {"/charte/verifier/", "/charte/signer/nouvelle/", "/compte/connexion/", "/recherche/?q=parc"}
    assert is_kept("/charte/signataires/", django_assert_num_queries)


def test_a_page_that_is_only_read_sets_no_cookie(kept, town):
    for path in town:
        first = Client().get(path)
        assert not first.cookies or b"csrfmiddlewaretoken" in first.content, path
        assert "nonce-" not in first["Content-Security-Policy"]


def test_the_language_is_chosen_without_a_token_and_each_keeps_its_own(kept, town):
    strict = Client(enforce_csrf_checks=True)
    assert '<html lang="fr">' in strict.get("/").content.decode()
    answer = strict.post("/langue/", {"language": "en", "next": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert answer.cookies["langue"]["samesite"] == "Lax"
    for _turn in range(2):
        assert '<html lang="en">' in strict.get("/").content.decode()
        assert '<html lang="fr">' in Client().get("/").content.decode()
    strict.cookies["langue"] = "../../fr"
    assert '<html lang="fr">' in strict.get("/").content.decode()


@commits
def test_a_signature_is_in_the_list_at_once(kept, town):
    visitor = Client()
    before = visitor.get("/charte/signataires/").content.decode()
    assert before == visitor.get("/charte/signataires/").content.decode()
    assert "Chœur des Tilleuls" not in before
    newcomer = OrganisationFactory(name="Chœur des Tilleuls")
    version = actions.version_in_place_of(signed(national()).version) or national()
    request = request_for(version, organisation=newcomer)
    visitor.get("/charte/signataires/")
    actions.confirm_signature(request, at=timezone.now())
    assert "Chœur des Tilleuls" in visitor.get("/charte/signataires/").content.decode()
    assert "Chœur des Tilleuls" in visitor.get("/annuaire/").content.decode()


@commits
def test_what_is_undone_drops_nothing_and_what_is_confirmed_does(kept, town, elsa, tilleuls, now):
    visitor, organisation = Client(), OrganisationFactory(name="Le Fournil", territories=[tilleuls])
    mandate = MandateFactory(organisation=organisation)
    signed(organisation=organisation, email=mandate.user.email)
    assert "à confirmer" in visitor.get("/charte/signataires/").content.decode()
    confirm_mandate(mandate, actor=elsa, at=now)
    visitor.get("/")
    stamp = caches["pages"].get(page_cache.STAMP)
    with transaction.atomic():
        page_cache.drop_public_pages()
        transaction.set_rollback(True)
    assert caches["pages"].get(page_cache.STAMP) == stamp


def test_an_action_that_writes_several_lines_drops_once(kept, tilleuls, now, django_capture_on_commit_callbacks):
    stamps = []
    with django_capture_on_commit_callbacks() as callbacks:
        signed(email="nouvelle@exemple.org", at=now)
    for callback in callbacks:
        callback()
        stamps.append(caches["pages"].get(page_cache.STAMP))
    assert len(stamps) > 1
    # Before the first drop, what else the action had to do: what the search tells anew drops nothing.
    assert len(set(stamps) - {None}) == 1


@commits
def test_the_back_office_and_the_imports_drop_pages_too(kept, sign_in, gael, tmp_path, tilleuls):
    gael.is_superuser = True
    gael.save()

    def stamp():
        Client().get("/mentions-legales/")
        return caches["pages"].get(page_cache.STAMP)

    before = stamp()
    fields = {"name": "Réseau neuf", "slug": "reseau-neuf", "kind": "federation"}
    assert sign_in(gael).post("/gestion/networks/new/", fields).status_code == 302
    assert stamp() != before
    before = stamp()
    communes = tmp_path / "communes.json"
    communes.write_text('[{"code": "97000", "nom": "Essai-sur-Mer", "typeLiaison": 0, "type": "commune-actuelle"}]')
    call_command("import_territories", str(communes), "--extract")
    assert stamp() != before


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "ailleurs.example"},
        {"HTTP_RANGE": "bytes=0-10"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"HTTP_COOKIE": "sessionid=forged"},
        {"HTTP_COOKIE": "messages=forged"},
        {"HTTP_COOKIE": "langue=xx"},
        {"HTTP_HOST": "ailleurs.example"},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=0"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_X_ORIGINAL_URL": "/annuaire/"},
    ],
)
def test_a_forged_request_poisons_nothing(kept, town, headers):
    truth = words(Client().get("/charte/"))
    page_cache.drop_now()
    for method in ("get", "head", "options"):
        getattr(Client(), method)("/charte/", **headers)
    answer = Client().get("/charte/")
    assert answer.status_code == 200
    assert words(answer) == truth
    assert "Content-Encoding" not in answer.headers


def test_head_and_compression_get_what_they_ask(kept, town):
    plain = Client().get("/charte/").content
    zipped = Client().get("/charte/", HTTP_ACCEPT_ENCODING="gzip")
    assert Client().get("/charte/", HTTP_ACCEPT_ENCODING="gzip").content == zipped.content
    assert gzip.decompress(zipped.content) == plain == Client().get("/charte/").content
    assert Client().head("/charte/").content == b""
    assert Client().get("/charte/").content == plain


def test_a_browser_that_has_the_page_is_told_so(kept, town):
    first = Client().get("/charte/", HTTP_ACCEPT_ENCODING="gzip")
    again = Client().get("/charte/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    page_cache.drop_now()
    unchanged = Client().get("/charte/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=first["ETag"])
    assert unchanged.status_code == 304
    assert Client().get("/charte/").status_code == 200


def test_variants_of_an_address_stay_few(kept, town):
    Client().get("/annuaire/")
    count = len(list(caches["pages"]._list_cache_files()))
    for query in ("q=a", "page=1&page=2", "x=1", "page=99999", "theme=" + "a" * 50, "signatory=yes"):
        Client().get(f"/annuaire/?{query}")
    assert len(list(caches["pages"]._list_cache_files())) == count
    Client().get("/annuaire/?page=2&theme=sport")
    assert len(list(caches["pages"]._list_cache_files())) == count + 1


def test_a_message_is_read_by_its_reader_alone(kept, town, amina, entraide, client):
    prepared = request_for(national(), organisation=OrganisationFactory(), email="neuve@exemple.org")
    somebody = Client()
    somebody.post(f"/charte/signer/demande/{prepared.uuid}/renvoyer/")
    assert 'role="status"' in somebody.get("/charte/").content.decode()
    assert 'role="status"' not in Client().get("/charte/").content.decode()


def test_a_page_drawn_while_something_changed_is_not_served(kept, town, rf):
    """What a reader began before the change is kept under the stamp of before."""
    response = Client().get("/charte/")
    key = page_cache.key_of(response.wsgi_request, "fr")
    page_cache.drop_now()
    page_cache.keep(key, response.wsgi_request, response)
    assert page_cache.key_of(response.wsgi_request, "fr") != key


@commits
def test_a_folder_that_cannot_be_written_slows_and_breaks_nothing(kept, town, tmp_path):
    (tmp_path / "blocked").write_text("a file where a folder should be")
    kept.CACHES = {**kept.CACHES, "pages": {**kept.CACHES["pages"], "LOCATION": tmp_path / "blocked" / "pages"}}
    assert Client().get("/charte/").status_code == 200
    signed()


@commits
def test_drafts_of_others_stay_hidden_behind_kept_pages(kept, sign_in, town, bruno, jardins, tilleuls):
    adaptation_draft(promoter=jardins, actor=bruno, territory=tilleuls, name="Essai secret", opened=True)
    member = sign_in(bruno)
    for path in ("/charte/adaptations/", "/charte/adaptations/essai-secret/"):
        for _turn in range(2):
            assert "Essai secret" in member.get(path).content.decode()
            assert "Essai secret" not in Client().get(path).content.decode()
