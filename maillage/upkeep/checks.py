"""What an operator must not forget under a public name: said by `manage.py check --deploy`, with what to do."""

import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

LONG_ENOUGH = 50
A_MONTH = datetime.timedelta(days=30)


def _error(number, said, hint):
    return Error(said, hint=hint, id=f"maillage.E{number:03}")


def _warning(number, said, hint):
    return Warning(said, hint=hint, id=f"maillage.W{number:03}")


@register(Tags.security, deploy=True)
def secret_key(app_configs, **kwargs):
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if len(key) < LONG_ENOUGH or key.startswith("django-insecure-"):
        return [
            _error(2, "SECRET_KEY is missing, short, or an example.", "Give fifty characters or more, by chance.")
        ]
    made_here = Path(settings.VAR) / "secret-key"
    if made_here.exists() and made_here.read_text().strip() == key:
        return [_warning(2, "SECRET_KEY is the one made for a trial.", "Choose another, in the environment file.")]
    return []


@register(Tags.security, deploy=True)
def public_address(app_configs, **kwargs):
    """It is printed in e-mails, PDFs and QR codes: wrong, it stays so."""
    address = urlsplit(settings.SITE_ADDRESS)
    if address.scheme != "https" or not address.hostname:
        hint = "Set SITE_ADDRESS to https:// and the public name. It is printed in every e-mail, PDF and QR code."
        return [_error(3, f"SITE_ADDRESS is {settings.SITE_ADDRESS!r}.", hint)]
    served = [host.lstrip("*.") for host in settings.ALLOWED_HOSTS]
    if not any(address.hostname == host or address.hostname.endswith(f".{host}") for host in served):
        return [_error(4, "SITE_ADDRESS names a host that is not in ALLOWED_HOSTS.", "Give them the same name.")]
    return []


@register(Tags.security, deploy=True)
def seal(app_configs, **kwargs):
    """A seal made on the fly proves nothing to somebody who does not know this machine."""
    given = [settings.SEAL_KEY_FILE, settings.SEAL_CERTIFICATE_FILE]
    if not all(given):
        hint = "Set SEAL_KEY_FILE and SEAL_CERTIFICATE_FILE: docs/configuration.md, The seal."
        return [_error(5, "The seal of certificates is made on the fly, by this machine, for itself.", hint)]
    try:
        key, certificate = (Path(path).read_bytes() for path in given)
        certificate = x509.load_pem_x509_certificate(certificate)
    except (OSError, ValueError) as problem:
        return [_error(6, f"The seal cannot be read: {problem}", "Both are PEM files that the service may read.")]
    if b"PRIVATE KEY" not in key:
        return [_error(6, "SEAL_KEY_FILE holds no private key.", "Give the key of the certificate, in PEM.")]
    if certificate.not_valid_after_utc < datetime.datetime.now(datetime.UTC) + A_MONTH:
        return [_warning(3, "The certificate of the seal ends within a month.", "Ask for its successor now.")]
    return []


@register(Tags.security, deploy=True)
def cookies(app_configs, **kwargs):
    open_ones = [
        name
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
        if not getattr(settings, name)
    ]
    if open_ones:
        hint = "Serve with DJANGO_SETTINGS_MODULE=config.settings.production."
        return [_error(7, f"Sessions may travel in clear: {', '.join(open_ones)}.", hint)]
    return []


@register(Tags.security, deploy=True)
def doors(app_configs, **kwargs):
    found = []
    if not settings.STAFF_SECOND_FACTOR:
        hint = "Unset STAFF_SECOND_FACTOR: whoever reads the mailbox of an editor writes the national text."
        found.append(_warning(4, "Staff come in with an e-mailed code alone.", hint))
    if settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN:
        found.append(_error(8, "Passkeys are accepted from any origin.", "That is for one's own machine alone."))
    if not settings.TRUSTED_PROXIES:
        hint = "Behind a proxy, set TRUSTED_PROXIES to their number: otherwise all readers share one limit."
        found.append(_warning(5, "No proxy is trusted.", hint))
    if not settings.LIMITS:
        found.append(_error(9, "Nothing is limited.", "Put LIMITS back: config/settings/limits.py."))
    return found


@register(Tags.security, deploy=True)
def mail(app_configs, **kwargs):
    if "console" in settings.EMAIL_BACKEND:
        return [_error(10, "Sign-in codes are printed on the console: nobody can sign in.", "Set EMAIL_HOST.")]
    if "@localhost" in settings.DEFAULT_FROM_EMAIL:
        return [_warning(6, "Messages leave in the name of localhost.", "Set DEFAULT_FROM_EMAIL.")]
    return []


@register(Tags.security)
def identity_provider(app_configs, **kwargs):
    """Looked at everywhere: half a configuration is a button that fails."""
    if settings.OIDC_DISCOVERY_URL and not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        hint = "Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too, or unset OIDC_DISCOVERY_URL."
        return [_error(11, "The identity provider has an address, and no client of ours.", hint)]
    if settings.OIDC_DISCOVERY_URL.startswith("http://") and settings.SECURE_SSL_REDIRECT:
        return [_error(12, "The identity provider is asked in clear.", "Its address begins with https://.")]
    return []
