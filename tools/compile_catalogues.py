"""Compile gettext catalogues, each `.po` into the `.mo` beside it where that is older or missing.

With polib alone: gettext's own programs are needed only to collect messages (`make catalogues`).
"""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def catalogues():
    yield from (ROOT / "locale").glob("*/LC_MESSAGES/*.po")
    yield from (ROOT / "maillage").glob("*/locale/*/LC_MESSAGES/*.po")


def compile_catalogue(source):
    """Returns whether there was something to do."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    polib.pofile(str(source)).save_as_mofile(str(target))
    return True


if __name__ == "__main__":
    done = sum(map(compile_catalogue, catalogues()))
    print(f"    {done} compiled" if done else "    nothing new")
    sys.exit(0)
