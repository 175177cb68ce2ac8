"""The platform's seal on signed PDFs: a key and its certificate, both PEM."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

SEAL_KEY_FILE = env.text("SEAL_KEY_FILE")
SEAL_CERTIFICATE_FILE = env.text("SEAL_CERTIFICATE_FILE")
"""Both empty: a key is made once in the data folder, and its certificate says that it is one machine's own."""
SEAL_FOLDER = env.folder("MAILLAGE_VAR", "var") / "seal"

SEAL_TIMESTAMP_URL = env.text("SEAL_TIMESTAMP_URL")
"""A time-stamp service (RFC 3161); empty: seals carry no time stamp and nobody is asked."""
SEAL_TIMESTAMP_TIMEOUT_SECONDS = env.number("SEAL_TIMESTAMP_TIMEOUT_SECONDS", 5.0)

if SEAL_TIMESTAMP_URL and urlsplit(SEAL_TIMESTAMP_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("SEAL_TIMESTAMP_URL starts with http:// or https://.")
