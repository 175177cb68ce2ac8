"""One stylesheet made of many files: read in order, squeezed, addressed by its hash. No build step."""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
FIRST, LAST = ("tokens", "base", "layout"), ("utilities", "print")


def _squeezed(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).strip()


def _read():
    components = sorted((FOLDER / "components").glob("*.css"))
    files = [FOLDER / f"{name}.css" for name in FIRST] + components + [FOLDER / f"{name}.css" for name in LAST]
    css = "".join(_squeezed(file.read_text(encoding="utf-8")) for file in files).encode()
    return hashlib.sha256(css).hexdigest()[:12], css, gzip.compress(css, 9, mtime=0)


_read_once = lru_cache(maxsize=1)(_read)


def stylesheet():
    """(hash, CSS, CSS compressed by gzip), the last two as bytes; read again each time in development."""
    return _read() if settings.DEBUG else _read_once()
