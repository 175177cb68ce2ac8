"""Content Security Policy, cookies, headers. Our pages have no inline script or style."""

from csp.constants import NONE, SELF

from .territories import MAP_TILES_ORIGINS

SELF_ONLY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", *MAP_TILES_ORIGINS],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": SELF_ONLY, "EXCLUDE_URL_PREFIXES": ["/gestion/"]}
BACK_OFFICE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; object-src 'none'; frame-ancestors 'self'; base-uri 'self'"
)
"""Wagtail's back office has inline scripts; it gets its own policy, from `maillage.ui.middleware`."""

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Browsers obey frame-ancestors, which lets the back office frame its previews; this is for the oldest ones.
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "maillage.ui.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
