import pytest

from tests.factories.groups import GroupFactory


@pytest.fixture
def group(tilleuls, entraide, jardins, prefecture, amina, bruno):
    """Entraide (Amina) animates it, Les Jardins (Bruno) are in it, the prefecture is invited."""
    return GroupFactory(
        name="Collectif des Tilleuls", territory=tilleuls, members=[entraide, jardins], partners=[prefecture]
    )
