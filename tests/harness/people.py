"""The people of the tests, and where they act. Each is one sentence; a test that needs more says it itself."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.accounts import UserFactory
from tests.factories.organisations import (
    MandateFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkMembershipFactory,
    NetworkRoleFactory,
    OrganisationFactory,
    TerritoryRoleFactory,
)
from tests.factories.territories import TerritoryFactory

PERSONAS = ("amina", "bruno", "chloe", "djibril", "elsa", "fatou", "gael", "ines", "hugo")


@pytest.fixture
def commune(db):
    """The commune of the neighbourhood, Valmont-sur-Ourse; invented."""
    return TerritoryFactory(name="Valmont-sur-Ourse")


@pytest.fixture
def tilleuls(commune):
    """The neighbourhood where nearly everybody acts, Les Tilleuls; invented."""
    return TerritoryFactory(qpv=True, name="Les Tilleuls", communes=[commune])


@pytest.fixture
def ailleurs(db):
    """Another neighbourhood, in another commune."""
    return TerritoryFactory(qpv=True, name="La Pierre-Plate", communes=[TerritoryFactory(name="Roquebrune-les-Prés")])


@pytest.fixture
def entraide(tilleuls):
    """Amina's association, confirmed, in the neighbourhood."""
    return OrganisationFactory(name="Entraide du Parc", territories=[tilleuls])


@pytest.fixture
def jardins(tilleuls):
    """Bruno's association, confirmed, in the neighbourhood."""
    return OrganisationFactory(name="Les Jardins partagés", territories=[tilleuls])


@pytest.fixture
def prefecture(tilleuls):
    """A public partner, present in the neighbourhood."""
    return OrganisationFactory(name="Préfecture", public_partner=True, territories=[tilleuls])


@pytest.fixture
def boxe(ailleurs):
    """Hugo's association, confirmed, in the other neighbourhood."""
    return OrganisationFactory(name="Boxe pour toutes", territories=[ailleurs])


@pytest.fixture
def federation(jardins):
    """A network that Bruno's association belongs to; Amina's belongs to none."""
    network = NetworkFactory(name="Fédération des jardins", slug="federation-des-jardins")
    NetworkMembershipFactory(organisation=jardins, network=network)
    return network


@pytest.fixture
def amina(entraide):
    """Represents an association of the neighbourhood: manages it, with a confirmed mandate."""
    return _somebody("amina", manages=entraide)


@pytest.fixture
def bruno(jardins):
    """Represents a partner association of the same neighbourhood, in the same way."""
    return _somebody("bruno", manages=jardins)


@pytest.fixture
def chloe(db):
    """Signed in, represents nobody."""
    return _somebody("chloe")


@pytest.fixture
def djibril():
    """A resident without account."""
    return AnonymousUser()


@pytest.fixture
def elsa(tilleuls):
    """Coordinates the neighbourhood; belongs to no organisation here."""
    user = _somebody("elsa")
    TerritoryRoleFactory(user=user, territory=tilleuls)
    return user


@pytest.fixture
def fatou(prefecture):
    """Works for the prefect: a member of a public partner."""
    user = _somebody("fatou")
    MembershipFactory(user=user, organisation=prefecture)
    return user


@pytest.fixture
def gael(db):
    """Edits the national text; staff."""
    return _somebody("gael", is_staff=True)


@pytest.fixture
def ines(federation):
    """Works for a network and follows its members."""
    user = _somebody("ines")
    NetworkRoleFactory(user=user, network=federation)
    return user


@pytest.fixture
def hugo(boxe):
    """Represents an association of another neighbourhood: an association member, and an outsider here."""
    return _somebody("hugo", manages=boxe)


def _somebody(name, *, manages=None, **fields):
    user = UserFactory(email=f"{name}@exemple.org", first_name=name.capitalize(), last_name="Personne", **fields)
    if manages:
        MembershipFactory(user=user, organisation=manages, manager=True)
        MandateFactory(user=user, organisation=manages, confirmed=True)
    return user
