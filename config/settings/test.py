"""What the tests run on. The product never looks at which settings these are."""

from .base import *  # noqa: F403
from .base import CACHES as REAL_CACHES
from .base import ROOT, TEMPLATES

SECRET_KEY = "a-key-for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO = True
PAGE_CACHE_SECONDS = 0
# Tests look for words, not for the no-break spaces between them.
LOCALE_PATHS = [ROOT / "locale"]
SITE_ADDRESS = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tests that are not about limits do in a second what people do in a day.

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": REAL_CACHES["pages"],
}
LIMITS = {}
SECONDS_ON_A_FORM = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class UndefinedVariable(str):
    """Raise, instead of rendering nothing, where a template names a variable that is not there."""

    __slots__ = ()

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, name):
        raise NameError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
WHILE_SERVING: list[str] = []
