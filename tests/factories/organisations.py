import factory
from django.utils import timezone

from maillage.organisations.models import (
    Mandate,
    MemberList,
    Membership,
    Network,
    NetworkMembership,
    NetworkRole,
    Organisation,
    TerritoryRole,
)
from maillage.organisations.words import keep_words

from .accounts import UserFactory
from .territories import TerritoryFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A confirmed association, on the ``territories`` given; `draft=True` or `claimed=True` for the states before."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(claimed_at=None, confirmed_at=None)
        claimed = factory.Trait(confirmed_at=None)
        archived = factory.Trait(archived_at=factory.LazyFunction(timezone.now))
        public_partner = factory.Trait(kind=Organisation.Kind.PUBLIC_PARTNER, legal_regime="other")

    name = factory.Sequence(lambda n: f"Association {n}")
    created_at = factory.LazyFunction(timezone.now)
    claimed_at = factory.SelfAttribute("created_at")
    confirmed_at = factory.SelfAttribute("created_at")

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        if create and extracted:
            self.territories.set(extracted)
        if create:
            keep_words([self])


class MembershipFactory(factory.django.DjangoModelFactory):
    """A standing membership; `manager=True` for somebody who manages the organisation."""

    class Meta:
        model = Membership

    class Params:
        manager = factory.Trait(role=Membership.Role.MANAGER)

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = factory.LazyFunction(lambda: timezone.localdate())


class MandateFactory(factory.django.DjangoModelFactory):
    """A declared mandate; `confirmed=True` for one that a coordinator has confirmed."""

    class Meta:
        model = Mandate

    class Params:
        confirmed = factory.Trait(
            confirmed_at=factory.SelfAttribute("declared_at"), confirmed_by=factory.SubFactory(UserFactory)
        )

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    function = "présidence"
    declared_at = factory.LazyFunction(timezone.now)


class NetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Network

    name = factory.Sequence(lambda n: f"Fédération {n}")
    slug = factory.Sequence(lambda n: f"federation-{n}")
    kind = Network.Kind.FEDERATION


class NetworkMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkMembership

    organisation = factory.SubFactory(OrganisationFactory)
    network = factory.SubFactory(NetworkFactory)
    since = factory.LazyFunction(lambda: timezone.localdate())


class NetworkRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkRole

    user = factory.SubFactory(UserFactory)
    network = factory.SubFactory(NetworkFactory)
    since = factory.LazyFunction(lambda: timezone.localdate())


class MemberListFactory(factory.django.DjangoModelFactory):
    """A list that a network brought and has not confirmed."""

    class Meta:
        model = MemberList

    network = factory.SubFactory(NetworkFactory)
    file_name = "membres.csv"
    read_at = factory.LazyFunction(timezone.now)


class TerritoryRoleFactory(factory.django.DjangoModelFactory):
    """A coordinator; `mediator=True` for the other role."""

    class Meta:
        model = TerritoryRole

    class Params:
        mediator = factory.Trait(role=TerritoryRole.Role.MEDIATOR)

    user = factory.SubFactory(UserFactory)
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    role = TerritoryRole.Role.COORDINATOR
    since = factory.LazyFunction(lambda: timezone.localdate())
