import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Limits of attempts are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()
