"""One machine, no variable, no server: what `make run` and `make demo` use."""

from .base import *  # noqa: F403
from .base import DEMO, EMAIL_HOST, VAR
from .keys import read_or_make_secret_key

SECRET_KEY = read_or_make_secret_key(VAR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

if DEMO and not EMAIL_HOST:
    EMAIL_BACKEND = "maillage.demo.mailbox.EmailBackend"

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
"""Passkeys over plain HTTP, on this machine alone (by the name `localhost`: an address has no passkey)."""
