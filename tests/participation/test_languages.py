"""Residents' pages say everything in each of their languages."""

import re
from pathlib import Path

import polib
import pytest

from maillage.participation.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "maillage" / "participation"
TAG = re.compile(r"""\{% translate (?:"([^"]*)"|'([^']*)')""")
CALL = re.compile(r"""(?:_|gettext)\(\s*"([^"]*)"\s*\)""")
PAGES = [
    *sorted((APP / "templates/participation/residents").glob("*.html")),
    APP / "templates/participation/_heard.html",
]
CODE = [
    APP / "forms" / "residents.py",
    APP / "models" / "subjects.py",
    APP / "actions" / "deposit.py",
    APP / "views" / "residents.py",
]


def words_of_residents():
    for page in PAGES:
        for one, other in TAG.findall(page.read_text()):
            yield one or other
    for module in CODE:
        yield from CALL.findall(module.read_text())
    reasons = (APP / "models" / "voices.py").read_text().split("class SetAside")[1].split("class Channel")[0]
    yield from CALL.findall(reasons)
    yield from ("Dites-le.", "Sans nom, sans compte. Vous aurez une réponse.")


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES if language.code not in {"fr", "en"}])
def test_every_word_that_a_resident_reads_is_translated(code):
    catalogue = polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))
    said = {entry.msgid for entry in catalogue if entry.msgstr}
    asked = set(words_of_residents())
    assert len(asked) > 80
    assert asked - said == set()
    assert said - asked == set()


def test_a_resident_reads_no_plural_form_that_a_catalogue_would_lack():
    assert not any("blocktranslate" in page.read_text() for page in PAGES)
