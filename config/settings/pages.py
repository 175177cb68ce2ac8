"""Public pages kept whole for visitors (docs/decisions/0020)."""

from config import env

PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 60)
"""How long, at most; 0 keeps none. What changes something public drops them all at once."""

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        # A folder, not memory: every process of this machine must see the same pages, and drop them together.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.folder("MAILLAGE_VAR", "var") / "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
