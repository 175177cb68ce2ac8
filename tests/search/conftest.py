import pytest
from django.utils import timezone

from maillage.search.actions import mend_index


@pytest.fixture
def indexed():
    """The index as it is after the day's duty: tests that undo everything commit nothing."""
    return lambda: mend_index(at=timezone.now())
