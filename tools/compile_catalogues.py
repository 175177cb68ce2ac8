"""Compile gettext catalogues, each `.po` into the `.mo` beside it where that is older or missing.

With polib alone: gettext's own programs are needed only to collect messages (`make catalogues`).

French is the language of the source, so it has no `.po`. What print expects of it, and nobody types, is made here:
no-break spaces before `: ; ! ?` and inside « », and the French rule of plurals (0 is singular).
"""

import re
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
FRENCH = ROOT / "locale" / "typography" / "fr" / "LC_MESSAGES" / "django.mo"


def catalogues():
    yield from (ROOT / "locale").glob("*/LC_MESSAGES/*.po")
    yield from (ROOT / "maillage").glob("*/locale/*/LC_MESSAGES/*.po")


def is_up_to_date(target, source):
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def compile_catalogue(source):
    """Returns whether there was something to do."""
    target = source.with_suffix(".mo")
    if is_up_to_date(target, source):
        return False
    polib.pofile(str(source)).save_as_mofile(str(target))
    return True


def typeset(text):
    """``text`` with the no-break spaces of French print."""
    text = re.sub(r" ([:;!?»])", "\u00a0\\1", text)
    return text.replace("« ", "«\u00a0")


def make_french():
    """Returns whether there was something to do."""
    if not SOURCE.exists() or is_up_to_date(FRENCH, SOURCE):
        return False
    french = polib.POFile()
    french.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": "fr",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    for entry in polib.pofile(str(SOURCE)):
        forms = {"msgid": entry.msgid, "msgctxt": entry.msgctxt}
        if entry.msgid_plural:
            plural = {0: typeset(entry.msgid), 1: typeset(entry.msgid_plural)}
            french.append(polib.POEntry(**forms, msgid_plural=entry.msgid_plural, msgstr_plural=plural))
        elif not entry.obsolete:
            french.append(polib.POEntry(**forms, msgstr=typeset(entry.msgid)))
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    french.save_as_mofile(str(FRENCH))
    return True


if __name__ == "__main__":
    done = sum(map(compile_catalogue, catalogues())) + make_french()
    print(f"    {done} compiled" if done else "    nothing new")
