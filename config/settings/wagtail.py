"""Wagtail, under /gestion/. It must not call outside servers."""

from config import env

SPAM_SERVICE_URL = env.text("SPAM_SERVICE_URL")
"""Address of an Akismet-compatible service (`…/1.1/comment-check`) that is asked about comments besides our own look.
Empty: nobody outside is asked. Only the words leave, with the address of this site; never who wrote them."""
SPAM_SERVICE_KEY = env.text("SPAM_SERVICE_KEY")

WAGTAIL_SITE_NAME = "Maillage"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/connexion/"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "maillage.editorial.moderation.let_through"
"""Who named in a case study has not agreed is asked first: docs/features/editorial.md."""
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
"""Never SVG: a drawing may hold a script."""
WAGTAIL_AUTO_UPDATE_PREVIEW = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "csv"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILUSERS_PASSWORD_ENABLED = False
