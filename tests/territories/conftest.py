import pytest

from maillage.territories.actions import import_communes, import_neighbourhoods

from . import squares


@pytest.fixture
def import_2024(db):
    """`import_2024(feature(), …)` imports these features as the whole file of 2024; returns the report."""

    def run(*features, at=None, **options):
        return import_neighbourhoods(
            list(features), vintage=2024, source="ANCT", at=at or squares.moment(), **options
        )

    return run


@pytest.fixture
def import_2015(db):
    """`import_2015(old_feature(), …)`: the same for 2015."""

    def run(*features, at=None, **options):
        return import_neighbourhoods(
            list(features), vintage=2015, source="ANCT", at=at or squares.moment(), **options
        )

    return run


@pytest.fixture
def three_communes(db):
    """Carcassonne, Paris and its 18th arrondissement are known."""
    return import_communes(squares.communes(), source="INSEE", at=squares.moment())
