"""What all workers of this machine share, and may lose: counts of attempts. Files, in the data folder."""

from config import env

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.folder("MAILLAGE_VAR", "var") / "cache",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    }
}
