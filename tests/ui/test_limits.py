"""Limits: generous to a room full of people, slow for a script, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.urls import reverse

from config.settings import limits
from maillage.messaging.models import Message
from maillage.ui.limits import client_address, network_of, read_rates, seconds_to_wait
from tests.factories.charters import national
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_limits(settings, tmp_path):
    settings.LIMITS = limits.LIMITS
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / "cache")}
    settings.CACHES = {"default": files}
    cache.clear()
    yield
    cache.clear()


def signing(n, **fields):
    return {
        "first_name": "Amina",
        "last_name": "B.",
        "function": "présidente",
        "email": f"personne{n}@exemple.org",
        "has_mandate": "on",
        "involvement": "sign_only",
        **fields,
    }


@pytest.fixture
def sign_address(db):
    national()
    return reverse("charters:sign-particulars", args=[OrganisationFactory(name="Entraide").uuid])


def test_a_social_centre_signs_twenty_five_associations_in_an_hour_from_one_address(client, sign_address, clock):
    for n in range(25):
        assert client.get("/charte/signer/", {"q": "Entraide"}).status_code == 200
        answer = client.post(sign_address, signing(n))
        assert answer.status_code == 302, n
        clock.advance(minutes=2)


def test_a_room_of_thirty_people_asks_for_codes_in_ten_minutes(client, clock):
    for n in range(30):
        assert type(client)().post(reverse("account_login"), {"email": f"p{n}@exemple.org"}).status_code == 302
        clock.advance(seconds=20)


def test_a_script_is_slowed_and_a_person_behind_it_loses_nothing(client, sign_address, clock):
    answers = []
    for n in range(300):
        answers.append(client.post(sign_address, signing(n)))
        clock.advance(seconds=0.2)
    passed = sum(answer.status_code == 302 for answer in answers)
    assert passed <= 20
    assert Message.objects.count() <= 20
    stopped = answers[-1]
    page = stopped.content.decode()
    assert stopped.status_code == 429
    assert 0 < int(stopped["Retry-After"]) <= 60
    assert "Recommencez dans" in page
    assert 'name="email" value="personne299@exemple.org"' in page
    assert f'action="{sign_address}"' in page
    clock.advance(seconds=61)
    assert client.post(sign_address, signing(299)).status_code == 302


def test_a_sustained_script_is_stopped_for_longer(client, sign_address, clock):
    passed = 0
    for n in range(200):
        passed += client.post(sign_address, signing(n)).status_code == 302
        clock.advance(seconds=6)
    assert passed == 150
    stopped = client.post(sign_address, signing(1000))
    assert int(stopped["Retry-After"]) > 600
    assert "minutes" in stopped.content.decode()


def test_one_mailbox_is_not_flooded_whoever_asks(client, sign_address):
    for n in range(25):
        assert client.post(sign_address, signing(n, email="victime@exemple.org"), REMOTE_ADDR=f"10.0.0.{n}")
    answer = client.post(sign_address, signing(9, email=" Victime@exemple.org"), REMOTE_ADDR="10.0.1.1")
    assert answer.status_code == 429


def test_networks_do_not_pay_for_each_other(client, sign_address):
    for n in range(16):
        last = client.post(sign_address, signing(n), REMOTE_ADDR="192.0.2.1")
    assert last.status_code == 429
    assert client.post(sign_address, signing(99), REMOTE_ADDR="192.0.2.2").status_code == 302


def test_searching_is_limited_and_reading_is_not(client, clock):
    for _ in range(240):
        assert client.get("/recherche/?q=a").status_code == 200
    stopped = client.get("/recherche/?q=a")
    assert stopped.status_code == 429
    assert 'href="/recherche/?q=a"' in stopped.content.decode()
    assert client.get("/annuaire/").status_code == 200
    clock.advance(minutes=1)
    assert client.get("/recherche/?q=a").status_code == 200


@pytest.mark.parametrize(
    ("address", "method", "most"),
    [
        ("/charte/verifier/", "post", 20),
        ("/charte/signataires.csv", "get", 20),
        ("/charte/registre.ndjson", "get", 20),
        ("/compte/connexion/code/", "post", 40),
    ],
)
def test_each_costly_thing_has_its_limit(client, address, method, most):
    answers = [getattr(client, method)(address).status_code for _ in range(most + 1)]
    assert 429 not in answers[:-1]
    assert answers[-1] == 429


def test_every_limit_is_well_written_and_names_addresses_that_exist():
    from tests.architecture.test_access import declared

    known = {name for name, _kind in declared()}
    for name, limit in limits.LIMITS.items():
        assert read_rates(limit["rates"]), name
        assert set(limit["routes"]) <= known, name
        assert limit["counts"] in {"POST", "GET", "search", "file"}
    assert set(limits.FORMS_WITH_A_TRAP) <= known


def test_a_limit_may_be_taken_away_and_a_wrong_one_says_so():
    assert read_rates("") == ()
    with pytest.raises(ImproperlyConfigured, match="30 per minute"):
        read_rates("30 per minute")


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "1.2.3.4", "203.0.113.9"),
        (0, "", "203.0.113.9"),
        (1, "", "203.0.113.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "203.0.113.9"),
        (1, "<script>", "203.0.113.9"),
        (1, "6.6.6.6, ", "203.0.113.9"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_of_a_reader_is_believed_only_from_our_own_proxies(settings, trusted, forwarded, address):
    settings.TRUSTED_PROXIES = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", **headers)) == address


def test_a_forged_header_escapes_no_limit(client, sign_address, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(16):
        last = client.post(sign_address, signing(n), HTTP_X_FORWARDED_FOR=f"6.6.6.{n}, 192.0.2.1")
    assert last.status_code == 429


def test_a_household_in_ipv6_is_one_network():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("not an address") == "not an address"


def test_no_address_is_kept_in_clear(client, tmp_path):
    client.post(reverse("account_login"), {"email": "amina@exemple.org"}, REMOTE_ADDR="192.0.2.77")
    kept = b"".join(file.read_bytes() + file.name.encode() for file in (tmp_path / "cache").glob("*"))
    assert kept
    assert b"192.0.2.77" not in kept
    assert b"amina@" not in kept


def test_workers_that_count_at_the_same_moment_all_count(settings):
    """They share files and a lock: so do threads."""
    settings.LIMITS = {"x": {"rates": "50/m/network", "counts": "POST", "routes": []}}
    request = RequestFactory().post("/")
    with ThreadPoolExecutor(8) as workers:
        waits = list(workers.map(lambda _: seconds_to_wait(request, "x"), range(160)))
    assert waits.count(0) == 50


def test_what_allauth_counts_by_itself_ends_on_the_same_page(client, settings):
    settings.LIMITS, settings.ACCOUNT_RATE_LIMITS = {}, {"signup": "1/m/ip"}
    client.post(reverse("account_signup"), {"email": "a@exemple.org"})
    stopped = type(client)().post(reverse("account_signup"), {"email": "b@exemple.org"})
    assert stopped.status_code == 429
    assert "b@exemple.org" in stopped.content.decode()
