"""Nothing outgrows a sitting."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = {
    # what: (folder, glob, lines)
    "module": ("maillage", "**/*.py", 400),
    "tool": ("tools", "**/*.py", 400),
    "template": ("maillage", "**/templates/**/*.html", 150),
    "settings": ("config", "**/*.py", 250),
    "tests": ("tests", "**/*.py", 300),
}
KNOWN_LONGER = {}
"""Path → why. Keep it empty."""


@pytest.mark.parametrize("what", LONGEST)
def test_no_file_outgrows_its_budget(what):
    folder, glob, most = LONGEST[what]
    too_long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / folder).glob(glob)
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > most
    }
    assert too_long.keys() == KNOWN_LONGER.keys() & too_long.keys(), too_long
