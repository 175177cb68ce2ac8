from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings


@pytest.fixture(autouse=True)
def letters():
    """The texts of the news "greeting", which only these tests know."""
    templates = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
    with override_settings(TEMPLATES=templates):
        yield
