"""What `check --deploy` says of a configuration that is not ready for the public."""

import datetime

import pytest
from django.core.checks import registry, run_checks

from maillage.charters import seal
from maillage.upkeep import checks

READY = {
    "DEMO": False,
    "SECRET_KEY": "k" + "0123456789abcdef" * 4,
    "SITE_ADDRESS": "https://maillage.exemple.org",
    "ALLOWED_HOSTS": ["maillage.exemple.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "STAFF_SECOND_FACTOR": True,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    "TRUSTED_PROXIES": 1,
    "LIMITS": {"x": {}},
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "Maillage <maillage@exemple.org>",
    "OIDC_DISCOVERY_URL": "",
}
ALL = [
    checks.secret_key,
    checks.public_address,
    checks.seal,
    checks.cookies,
    checks.doors,
    checks.mail,
    checks.identity_provider,
]


@pytest.fixture
def ready(settings, tmp_path):
    """A configuration with nothing to say about."""
    for name, value in READY.items():
        setattr(settings, name, value)
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = ""
    settings.SEAL_FOLDER = tmp_path
    key, certificate = seal.files()
    settings.SEAL_KEY_FILE, settings.SEAL_CERTIFICATE_FILE = str(key), str(certificate)
    return settings


def said():
    return sorted(message.id.removeprefix("maillage.") for check in ALL for message in check(None))


def test_ready(ready):
    assert said() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "", "E002"),
        ("SECRET_KEY", "short", "E002"),
        ("SECRET_KEY", "django-insecure-" + "x" * 60, "E002"),
        ("SITE_ADDRESS", "http://127.0.0.1:8000", "E003"),
        ("SITE_ADDRESS", "https://", "E003"),
        ("SITE_ADDRESS", "https://autre.exemple.org", "E004"),
        ("SEAL_KEY_FILE", "", "E005"),
        ("SEAL_CERTIFICATE_FILE", "", "E005"),
        ("SEAL_CERTIFICATE_FILE", "nowhere.pem", "E006"),
        ("SESSION_COOKIE_SECURE", False, "E007"),
        ("CSRF_COOKIE_SECURE", False, "E007"),
        ("STAFF_SECOND_FACTOR", False, "W004"),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", True, "E008"),
        ("TRUSTED_PROXIES", 0, "W005"),
        ("LIMITS", {}, "E009"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E010"),
        ("DEFAULT_FROM_EMAIL", "Maillage <maillage@localhost>", "W006"),
        ("OIDC_DISCOVERY_URL", "https://provider.example/.well-known/openid-configuration", "E011"),
    ],
)
def test_each_mistake_is_said_with_what_to_do(ready, name, value, expected):
    setattr(ready, name, value)
    messages = [message for check in ALL for message in check(None)]
    assert [message.id for message in messages] == [f"maillage.{expected}"]
    assert messages[0].hint


def test_a_key_made_for_a_trial_is_not_for_the_public(ready, tmp_path):
    ready.VAR = tmp_path
    (tmp_path / "secret-key").write_text(READY["SECRET_KEY"])
    assert said() == ["W002"]


def test_a_certificate_in_the_place_of_the_key(ready):
    ready.SEAL_KEY_FILE = ready.SEAL_CERTIFICATE_FILE
    assert said() == ["E006"]


def test_a_seal_that_soon_ends(ready, monkeypatch):
    monkeypatch.setattr(checks, "A_MONTH", datetime.timedelta(days=365 * 11))
    assert said() == ["W003"]


def test_a_provider_asked_in_clear(ready):
    ready.OIDC_CLIENT_ID = ready.OIDC_CLIENT_SECRET = "x"
    ready.OIDC_DISCOVERY_URL = "http://provider.example/"
    assert said() == ["E012"]


def test_they_are_asked_only_before_serving_the_public(ready):
    assert set(ALL) - {checks.identity_provider} <= set(registry.registry.deployment_checks)
    assert not [message for message in run_checks() if message.id.startswith("maillage.")]
