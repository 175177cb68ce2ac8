"""Signing in through an identity provider (ProConnect's contract): what it brings, and every way it may fail."""

import copy
import socket
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from maillage.accounts.models import User
from tests.harness.client import page_faults

from .oidc_server import ANOTHER_KEY, CLIENT_ID, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db
DISCOVERY = "/.well-known/openid-configuration"


def turn_on(settings, address):
    settings.OIDC_DISCOVERY_URL = f"{address}{DISCOVERY}"
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    app = providers["openid_connect"]["APPS"][0]
    app.update(client_id=CLIENT_ID, secret=CLIENT_SECRET)
    app["settings"].update(server_url=settings.OIDC_DISCOVERY_URL, auth_params={"acr_values": "eidas1"})
    settings.SOCIALACCOUNT_PROVIDERS = providers


@pytest.fixture
def client():
    """Not the strict one: coming back from a provider is a GET, and signs somebody in."""
    return Client()


@pytest.fixture
def provider(settings):
    server = Provider()
    turn_on(settings, server.address)
    yield server
    server.stop()


def leave(client, query=""):
    """To the provider; what it is asked, as a dictionary."""
    answer = client.get(reverse("openid_connect_login") + query)
    assert answer.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def come_back(client, provider, *, query="", **changed):
    asked = leave(client, query)
    provider.nonces["a-code"] = asked["nonce"]
    return client.get(reverse("openid_connect_callback"), {"code": "a-code", "state": asked["state"], **changed})


def assert_plain_page(answer, client, status):
    page = answer.content.decode()
    assert answer.status_code == status
    assert page_faults(answer) == []
    assert "Recevoir un code par e-mail" in page
    assert "Traceback" not in page
    assert client.get(reverse("dashboard:my-space")).status_code == 302, "nobody is signed in"


def test_off_there_is_no_button_and_no_address(client):
    assert "fournisseur" not in client.get(reverse("account_login")).content.decode()
    assert client.get(reverse("openid_connect_login")).status_code == 404
    assert client.get(reverse("openid_connect_callback"), {"code": "x", "state": "y"}).status_code == 404


def test_on_there_is_one_button_with_its_label(client, provider, settings):
    settings.OIDC_LABEL = "AgentPro"
    assert "Se connecter avec AgentPro" in client.get(reverse("account_login")).content.decode()


def test_what_the_provider_is_asked(client, provider):
    asked = leave(client, "?scope=admin&auth_params=acr_values%3Dnone")
    assert set(asked["scope"].split()) == set(settings.OIDC_SCOPES) == {
        "openid", "email", "given_name", "usual_name", "siret",
    }  # fmt: skip
    assert asked["acr_values"] == "eidas1"
    assert asked["redirect_uri"] == "http://testserver/compte/connexion/fournisseur/retour/"
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert len(asked["nonce"]) >= 32


@pytest.mark.parametrize("is_signed", [True, False], ids=["userinfo as a JWT", "userinfo as JSON"])
def test_signing_in_as_the_person_with_that_address(client, provider, fatou, is_signed):
    provider.userinfo_is_signed = is_signed
    answer = come_back(client, provider, query="?next=/annuaire/")
    assert answer["Location"] == "/annuaire/"
    assert "Bonjour Fatou" in client.get(reverse("dashboard:my-space")).content.decode()
    assert User.objects.filter(email__iexact="fatou@exemple.org").count() == 1


def test_somebody_new_has_an_account_and_nothing_of_the_provider_is_kept(client, provider):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    come_back(client, provider)
    person = User.objects.get(email="fatou@exemple.org")
    assert (person.first_name, person.last_name) == ("Fatou", "Diop")
    assert not person.is_staff
    assert not person.has_usable_password()
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


def test_a_closed_account_stays_closed(client, provider, fatou):
    User.objects.filter(pk=fatou.pk).update(is_active=False)
    assert come_back(client, provider)["Location"] == reverse("account_inactive")
    assert client.get(reverse("dashboard:my-space")).status_code == 302


def test_another_site_is_never_where_one_comes_back(client, provider):
    assert come_back(client, provider, query="?next=https://mechant.example/")["Location"] == "/espace/"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}])
def test_an_address_that_is_not_proved_is_not_believed(client, provider, fatou, claims):
    provider.claims.update(claims)
    assert_plain_page(come_back(client, provider), client, 403)


def test_a_provider_that_says_nothing_of_the_address_is_believed_if_the_settings_say_so(
    client, provider, fatou, settings
):
    del provider.claims["email_verified"]
    assert_plain_page(come_back(client, provider), client, 403)
    settings.OIDC_TRUSTS_EMAIL = True
    assert come_back(client, provider)["Location"] == "/espace/"


@pytest.mark.parametrize(
    "id_claims",
    [
        {"iss": "https://autre.example"},
        {"aud": "another-client"},
        {"nonce": "another-nonce"},
        {"nonce": None},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"sub": "somebody-else"},
    ],
    ids=str,
)
def test_an_identity_made_for_somebody_or_something_else_is_refused(client, provider, fatou, id_claims):
    provider.id_claims = id_claims
    assert_plain_page(come_back(client, provider), client, 503)


def test_a_token_signed_by_another_key_is_refused(client, provider, fatou):
    provider.key = ANOTHER_KEY
    assert_plain_page(come_back(client, provider), client, 503)


def test_a_state_that_is_not_ours_or_was_used_is_refused(client, provider, fatou):
    assert_plain_page(come_back(client, provider, state="invented"), client, 503)
    asked = leave(client)
    provider.nonces["a-code"] = asked["nonce"]
    back = reverse("openid_connect_callback") + f"?code=a-code&state={asked['state']}"
    stranger = type(client)()
    assert_plain_page(stranger.get(back), stranger, 503)
    assert client.get(back)["Location"] == "/espace/"
    assert client.get(back).status_code == 503


def test_stopping_on_the_way_is_no_error(client, provider):
    asked = leave(client)
    answer = client.get(reverse("openid_connect_callback"), {"error": "access_denied", "state": asked["state"]})
    assert_plain_page(answer, client, 403)


FAULTS = [
    "slow",
    (500, "text/html", "<h1>panne</h1>"),
    (200, "text/html", "<h1>maintenance</h1>"),
    (200, "application/json", "{}"),
    (200, "application/json", "[]"),
    (200, "application/json", '{"keys": [{}], "access_token": "x", "id_token": "x.y.z"}'),
    (200, "application/jwt", "not.a.token"),
    (404, "application/json", "{}"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("path", ["/token", "/userinfo", "/jwks"])
def test_whatever_the_provider_answers_there_is_a_page_in_plain_words(client, provider, fatou, path, fault):
    provider.faults[path] = fault
    assert_plain_page(come_back(client, provider), client, 503)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_provider_that_cannot_say_who_it_is(client, provider, fault):
    provider.faults[DISCOVERY] = fault
    assert_plain_page(client.get(reverse("openid_connect_login")), client, 503)


def test_a_provider_that_is_gone(client, provider, settings):
    asked = leave(client)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        turn_on(settings, f"http://127.0.0.1:{free.getsockname()[1]}")
        assert_plain_page(client.get(reverse("openid_connect_login")), client, 503)
        answer = client.get(reverse("openid_connect_callback"), {"code": "c", "state": asked["state"]})
        assert_plain_page(answer, client, 503)


def test_what_the_provider_says_is_not_logged(client, provider, caplog):
    provider.faults["/token"] = (400, "application/json", '{"error": "s3cret-in-the-answer"}')
    come_back(client, provider)
    assert "identity provider failed" in caplog.text
    assert "s3cret" not in caplog.text


def test_a_second_factor_is_asked_after_the_provider_too(client, provider, gael):
    from .test_second_factor import protect

    protect(gael)
    provider.claims["email"] = "gael@exemple.org"
    assert come_back(client, provider)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("dashboard:my-space")).status_code == 302
