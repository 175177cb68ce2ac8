"""Events and followed calendars."""

import datetime

import factory
from django.utils import timezone

from maillage.events.actions.dates import write_dates
from maillage.events.calendar import rule_of
from maillage.events.models import CalendarKey, Event, ImportedFeed

from .accounts import UserFactory
from .organisations import OrganisationFactory
from .resources import day_in
from .territories import TerritoryFactory


class EventFactory(factory.django.DjangoModelFactory):
    """Something of an association in three days, from 18 to 20, on its ``territories``, with its dates."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    class Params:
        repeats = ""
        repeats_until = None

    organiser = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"La fête {n}")
    starts_on = factory.LazyFunction(lambda: day_in(3))
    ends_on = factory.SelfAttribute("starts_on")
    starts_time = datetime.time(18)
    ends_time = datetime.time(20)
    place = "La halle"
    rule = factory.LazyAttribute(
        lambda made: rule_of(
            made.repeats, made.starts_on, made.repeats_until, zone="Europe/Paris", all_day=made.starts_time is None
        )
    )
    created_at = factory.LazyFunction(timezone.now)
    changed_at = factory.SelfAttribute("created_at")

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        if create:
            self.territories.set(extracted if extracted is not None else self.organiser.territories.all())
            write_dates(self)


class ImportedFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportedFeed

    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    name = factory.Sequence(lambda n: f"Médiathèque {n}")
    url = factory.Sequence(lambda n: f"https://agenda.example/{n}.ics")
    created_at = factory.LazyFunction(timezone.now)


class CalendarKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarKey

    user = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)
