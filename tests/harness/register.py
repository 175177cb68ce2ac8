"""Fixtures: a national register of a few invented rows, in a data folder of the test's own."""

import pytest
from django.utils import timezone

from maillage.national_register import snapshots
from maillage.national_register.actions import import_register
from tests.factories.register import csv_of, rows_of


@pytest.fixture
def own_folder(settings, tmp_path):
    """A data folder for one test: no register was imported there."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    snapshots._opened = None
    yield settings.VAR
    snapshots._opened = None


@pytest.fixture
def import_file(own_folder, tmp_path):
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
