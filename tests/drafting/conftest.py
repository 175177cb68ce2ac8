"""A collective of Les Tilleuls that writes an adaptation together."""

import pytest

from tests.factories.drafting import amendment_to, group_of, workshop_of


@pytest.fixture
def group(jardins, entraide, tilleuls):
    """Bruno's association animates it, Amina's is a member."""
    return group_of(entraide, territory=tilleuls, facilitator=jardins)


@pytest.fixture
def workshop(group, jardins, bruno, amina, tilleuls, now):
    """The adaptation that Bruno's association carries, opened to the group."""
    return workshop_of(group, promoter=jardins, actor=bruno, territory=tilleuls, at=now)


@pytest.fixture
def amendment(workshop, amina, entraide, now):
    """Amina's association proposes other words for the article « Avec les habitants »."""
    return amendment_to(workshop, actor=amina, organisation=entraide, at=now)
