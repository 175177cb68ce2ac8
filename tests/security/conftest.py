"""A site with something of everything, for tests that try every door."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from maillage.charters import actions
from tests.factories.charters import adaptation_draft, adopted, signed


@pytest.fixture
def town(
    entraide, amina, jardins, bruno, elsa, tilleuls, prefecture, fatou, boxe, hugo, federation, ines, gael, chloe
):
    """A text in force, an adaptation signed, another open to remarks, a national draft, people everywhere."""
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)
    signature = signed(version, organisation=jardins, email="bruno@exemple.org")
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, name="La charte du Parc")
    actions.draft_national_version(actor=gael, at=timezone.now(), title="Brouillon", articles=[])
    return {"version": version, "signature": signature, "draft": draft}


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()
    yield
    cache.clear()
