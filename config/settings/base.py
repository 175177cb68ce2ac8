"""What is true everywhere. One module a concern; each reads its own variables through `config.env`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env

from .access import *  # noqa: F403
from .cache import CACHES, PAGE_CACHE_SECONDS  # noqa: F401
from .database import DATABASES, DEFAULT_AUTO_FIELD  # noqa: F401
from .email import *  # noqa: F403
from .life import *  # noqa: F403
from .limits import *  # noqa: F403
from .logging import LOGGING  # noqa: F401
from .national_register import *  # noqa: F403
from .operator import *  # noqa: F403
from .seal import *  # noqa: F403
from .security import *  # noqa: F403
from .territories import *  # noqa: F403
from .wagtail import *  # noqa: F403

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = env.folder("MAILLAGE_VAR", "var")

DEBUG = False
DEMO = env.flag("MAILLAGE_DEMO")
SITE_NAME = "Maillage"
SITE_ADDRESS = env.text("SITE_ADDRESS", f"http://127.0.0.1:{env.number('PORT', 8000)}")
"""Scheme, host and port printed in e-mails, PDFs and QR codes, without a final slash."""

INSTALLED_APPS = [
    "maillage.ui",
    "maillage.journal",
    "maillage.messaging",
    "maillage.accounts",
    "maillage.territories",
    "maillage.national_register",
    "maillage.organisations",
    "maillage.charters",
    "maillage.groups",
    "maillage.cooperations",
    "maillage.drafting",
    "maillage.events",
    "maillage.participation",
    "maillage.resources",
    "maillage.agreements",
    "maillage.alerts",
    "maillage.evaluation",
    "maillage.editorial",
    "maillage.advocacy",
    "maillage.newsletter",
    "maillage.support",
    "maillage.watch",
    "maillage.digest",
    "maillage.privacy",
    "maillage.directory",
    "maillage.dashboard",
    "maillage.home",
    "maillage.api",
    "maillage.search",
    "maillage.upkeep",
    "maillage.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "leaflet",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maillage.ui.middleware.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "maillage.api.middleware.OpenData",
    "django.middleware.http.ConditionalGetMiddleware",
    "maillage.ui.middleware.BackOfficePolicy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "maillage.ui.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maillage.ui.middleware.PublicForms",
    "maillage.accounts.middleware.StaffSecondFactor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.ui.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "maillage.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "maillage.ui.forms.FormRenderer"

BEFORE_SERVING = ["maillage.demo.checks.refuse_a_story_without_the_demo", "maillage.ui.page_cache.drop_now"]
"""Called by `manage.py serve` before anything is served; what they raise stops it."""

MESSAGES_THAT_LEAVE_NO_TRACE = ["farewell"]
"""Kinds of messages whose row goes once they have left, or were given up; see docs/features/privacy.md."""

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
# The second holds French as print wants it, made at installation by tools/compile_catalogues.py.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "typography"]
LANGUAGE_COOKIE_NAME = "langue"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
PRIVATE_ROOT = VAR / "private"
"""Files that no address serves: a view that checks who asks opens them."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:my-space"
LOGOUT_REDIRECT_URL = "home:home"

# Sign-in by a code sent by e-mail: no password to remember, none to steal.
ACCOUNT_ADAPTER = "maillage.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Page weights are a budget: see docs/features/territories.md for the map.
LEAFLET_CONFIG = {"NO_GLOBALS": True}
