"""What all workers of this machine share, and may lose. Files, in the data folder: every process sees the same."""

from config import env

PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 60)
"""How long a public page is kept whole for visitors, at most; 0 keeps none (docs/decisions/0020)."""

_folder = env.folder("MAILLAGE_VAR", "var")
_backend = "django.core.cache.backends.filebased.FileBasedCache"
CACHES = {
    # Counts of attempts.
    "default": {"BACKEND": _backend, "LOCATION": _folder / "cache", "OPTIONS": {"MAX_ENTRIES": 3000}},
    # Pages kept whole.
    "pages": {"BACKEND": _backend, "LOCATION": _folder / "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
}
