import datetime

import factory
from django.utils import timezone

from maillage.groups.models import (
    ActionPoint,
    AgendaItem,
    DateOption,
    DatePoll,
    Group,
    JoinRequest,
    Meeting,
    Presence,
    ResidentSeat,
)

from .territories import TerritoryFactory


class GroupFactory(factory.django.DjangoModelFactory):
    """A coordination body of ``territory``; ``members``: organisations, the first one animates it."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Collectif {n}")
    slug = factory.Sequence(lambda n: f"collectif-{n}")
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    founding_text = "Nous nous réunissons chaque mois."
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for rank, organisation in enumerate(extracted or (), start=1):
            self.members.create(
                organisation=organisation, facilitates=rank == 1, host_order=rank, since=timezone.localdate()
            )

    @factory.post_generation
    def partners(self, create, extracted, **kwargs):
        for organisation in extracted or ():
            self.partners.create(organisation=organisation, since=timezone.localdate())


class ResidentSeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResidentSeat

    group = factory.SubFactory(GroupFactory)
    name = "Nadia"
    since = factory.LazyFunction(lambda: timezone.localdate())


class JoinRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JoinRequest

    group = factory.SubFactory(GroupFactory)
    asked_at = factory.LazyFunction(timezone.now)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting in twelve days; `held=True` for one of last week that took place."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    class Params:
        invited = factory.Trait(invited_at=factory.LazyFunction(timezone.now))
        today = factory.Trait(date=factory.LazyFunction(lambda: timezone.localdate()))
        held = factory.Trait(
            date=factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=7)),
            held_at=factory.LazyFunction(timezone.now),
            minutes_due_on=factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=1)),
        )
        validated = factory.Trait(held=True, validated_at=factory.LazyFunction(timezone.now))

    group = factory.SubFactory(GroupFactory)
    date = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=12))
    starts_at = datetime.time(14)
    ends_at = datetime.time(16)
    place = "Salle des fêtes"
    planned_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def agenda(self, create, extracted, **kwargs):
        for order, title in enumerate(extracted or (), start=1):
            AgendaItemFactory(meeting=self, order=order, title=title)

    @factory.post_generation
    def present(self, create, extracted, **kwargs):
        for organisation in extracted or ():
            Presence.objects.create(meeting=self, organisation=organisation, was_present=True)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = 1
    title = "La fête du quartier"


class ActionPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionPoint

    group = factory.SubFactory(GroupFactory)
    wording = "Réserver la salle"
    created_at = factory.LazyFunction(timezone.now)


class DatePollFactory(factory.django.DjangoModelFactory):
    """A poll with two dates, in ten and eleven days."""

    class Meta:
        model = DatePoll
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    title = "Préparer la fête"
    opened_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def options(self, create, extracted, **kwargs):
        for days in (10, 11):
            DateOption.objects.create(
                poll=self,
                date=timezone.localdate() + datetime.timedelta(days=days),
                starts_at=datetime.time(18),
                ends_at=datetime.time(20),
            )
