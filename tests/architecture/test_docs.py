"""The documents say what the code does."""

import importlib
import re
import subprocess
from pathlib import Path

import pytest

from config import env

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = ("config.settings.local", "config.settings.production")
VARIABLE_ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \|", re.MULTILINE)
REGISTRIES = (
    # Written in two halves, so that this file does not name them.
    *("pypi" + ".org", "python" + "hosted", "npm" + "js", "yarn" + "pkg", "un" + "pkg.com", "js" + "delivr"),
    *("cdn" + "js", "debian" + ".org/debian", "conda" + ".anaconda", "registry" + ".hub"),
)
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(root|home|work|tmp|Users)/[\w.-]+")


def committed_texts():
    """Each committed file that is text, with its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        path = ROOT / name
        try:
            yield name, path.read_text()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


def documented_variables():
    return dict(VARIABLE_ROW.findall((ROOT / "docs" / "configuration.md").read_text()))


def test_configuration_lists_exactly_the_variables_that_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("MAILLAGE_VAR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    for name in SETTINGS:
        importlib.import_module(name)
    assert set(documented_variables()) == set(env.READ)


def test_configuration_gives_the_defaults():
    computed = {"SITE_ADDRESS"}  # from PORT
    stale = {
        name: env.READ[name]
        for name, default in documented_variables().items()
        if name not in computed and f"`{env.READ.get(name)}`" not in default and env.READ.get(name)
    }
    assert stale == {}


def test_no_variable_is_read_elsewhere():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "maillage").rglob("*.py")
        for name in re.findall(r"environ\.get\(\s*[\"'](\w+)|getenv\([\"'](\w+)", path.read_text())
        if set(filter(None, name)) - set(env.READ)
    }
    assert readers == set()


def test_every_app_is_on_the_map():
    page = ROOT / "docs" / "architecture.md"
    if not page.exists():
        pytest.skip("docs/architecture.md is not written yet")
    words = set(re.findall(r"\w+", page.read_text()))
    apps = {path.parent.name for path in (ROOT / "maillage").glob("*/apps.py")}
    assert apps - words == set()


def test_nothing_names_a_registry_or_a_machine():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    found = {(name, word) for name, text in committed_texts() for word in REGISTRIES if word in text.lower()} | {
        (name, match[0]) for name, text in committed_texts() for match in MACHINE_PATH.finditer(text)
    }
    assert found == set()
