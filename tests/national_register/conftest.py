import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from maillage.national_register import snapshots
from maillage.national_register.actions import import_register
from tests.factories.register import csv_of, rows_of


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """A data folder for each test: no register was imported there."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    snapshots._opened = None
    yield settings.VAR
    snapshots._opened = None


@pytest.fixture
def import_file(tmp_path):
    """`import_file(content, "name.csv")` imports these bytes; returns the report."""

    def run(content, name="rna_waldec_20261001_dpt_75.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return import_register(lambda _folder: (path, name), at=timezone.now())

    return run


@pytest.fixture
def register(import_file):
    """`register("LES JARDINS", …)` is a register of associations with these titles."""
    return lambda *titles, **every: import_file(csv_of(rows_of(*titles, **every)))


@pytest.fixture
def run_command():
    """`run_command("import_rna", path)`: what it prints, and what it says aside."""

    def run(*arguments, **options):
        output, aside = io.StringIO(), io.StringIO()
        call_command(*map(str, arguments), stdout=output, stderr=aside, **options)
        return output.getvalue(), aside.getvalue()

    return run
