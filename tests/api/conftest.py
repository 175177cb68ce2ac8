"""A small published world, the same at each run but for what is drawn by chance."""

import datetime

import pytest
from django.utils import timezone

from maillage.charters import actions
from maillage.organisations.models import Exchange, OrganisationTheme, TerritoryRole
from maillage.territories.actions import import_neighbourhoods
from maillage.territories.models import Territory
from tests.factories.accounts import UserFactory
from tests.factories.charters import adopted, signed
from tests.factories.organisations import (
    MandateFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
)
from tests.territories.squares import feature, old_feature, square

LISTS = ("territoires", "organisations", "versions", "articles", "adaptations", "signatures", "registre")
ADDRESSES = [
    "/api/v1/",
    "/api/v1/openapi.json",
    *(f"/api/v1/{name}" for name in LISTS),
    *(f"/api/v1/{name}?format=csv" for name in LISTS),
    "/api/v1/territoires?format=geojson",
    "/api/v1/localisation?lon=2.005&lat=43.003",
]


def neighbourhoods():
    """One of 2015, two of 2024."""
    moment = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC)
    new = [feature(), feature("QN01102N", "Viguier", square(2.05))]
    import_neighbourhoods([old_feature()], vintage=2015, source="ANCT, 2015", at=moment)
    import_neighbourhoods(new, vintage=2024, source="ANCT, janvier 2026", at=moment)


def association(name, place, **fields):
    return OrganisationFactory(name=name, territories=[place], **fields)


def somebody_of(organisation):
    user = UserFactory(email=f"membre-{organisation.pk}@exemple.org")
    MembershipFactory(user=user, organisation=organisation, manager=True)
    MandateFactory(user=user, organisation=organisation, confirmed=True)
    return user


@pytest.fixture
def world(db):
    """Neighbourhoods of two vintages, three organisations, an adaptation in force, a signature withdrawn."""
    neighbourhoods()
    here = Territory.objects.get(code="QN01101I")
    elsa = UserFactory(email="coordination@exemple.org")
    TerritoryRole.objects.create(user=elsa, territory=here, role="coordinator", since=timezone.localdate())
    gardens = association(
        "Les Jardins",
        here,
        rna="W111000001",
        purpose="Cultiver ensemble.",
        publics="tout le monde",
        address="1 place du Marché",
        contact_email="jardins@exemple.org",
        seat=here.communes.get(),
    )
    OrganisationTheme.objects.create(organisation=gardens, theme="environment")
    Exchange.objects.create(organisation=gardens, side="offer", kind="premises", words="Une salle le samedi.")
    NetworkMembershipFactory(organisation=gardens, network=NetworkFactory(name="Fédération", slug="federation"))
    help_here = association("Entraide", here)
    adaptation = adopted(promoter=gardens, actor=elsa, territory=here, needed=1)
    signed(adaptation, organisation=gardens, email=somebody_of(gardens).email)
    amina = somebody_of(help_here)
    gone = signed(organisation=help_here, email=amina.email)
    actions.withdraw_signature(gone, reason="Nous arrêtons.", actor=amina, at=timezone.now())
    return {"here": here, "gardens": gardens, "help": help_here, "adaptation": adaptation, "elsa": elsa}
