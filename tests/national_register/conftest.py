import io

import pytest
from django.core.management import call_command

from tests.harness.register import import_file, own_folder, register

__all__ = ["import_file", "own_folder", "register"]


@pytest.fixture(autouse=True)
def nothing_imported(own_folder):
    """No test here reads a register that it did not import."""


@pytest.fixture
def run_command():
    """`run_command("import_rna", path)`: what it prints, and what it says aside."""

    def run(*arguments, **options):
        output, aside = io.StringIO(), io.StringIO()
        call_command(*map(str, arguments), stdout=output, stderr=aside, **options)
        return output.getvalue(), aside.getvalue()

    return run
