"""English is complete, and says the same things: every message translated, none fuzzy, placeholders kept."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_every_message_has_its_english(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_placeholders_are_kept(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        if not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


def test_no_french_quotation_mark_is_left(catalogue):
    assert [entry.msgstr for entry in catalogue if "«" in entry.msgstr] == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_the_catalogue_holds_every_message_of_the_source(catalogue, tmp_path):
    for folder in ("maillage", "config"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "--locale", "en", "--verbosity", "0"]
    collect = "import sys; sys.path.insert(0, sys.argv[1]); from django.core.management import ManagementUtility"
    code = f"{collect}; ManagementUtility(sys.argv[2:]).execute()"
    subprocess.run(
        [sys.executable, "-c", code, str(ROOT), *command[1:]],
        cwd=tmp_path,
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "MAILLAGE_VAR": str(tmp_path),
        },
    )
    collected = polib.pofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    assert {entry.msgid for entry in collected} - {entry.msgid for entry in catalogue} == set(), "run make catalogues"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Cooperating, neighbourhood by neighbourhood"),
        ("/charte/signer/", "Which association"),
        ("/annuaire/", "directory"),
        ("/charte/verifier/", "authentic"),
    ],
)
def test_a_reader_who_chose_english_reads_english(client, address, words):
    from tests.factories.charters import national

    national()
    client.cookies["langue"] = "en"
    page = client.get(address).content.decode()
    assert '<html lang="en"' in page
    assert words.lower() in page.lower()
    with translation.override("en"):
        assert "Signer au nom" not in page
