"""What is lent and sought, in its states: loans are moved on by the actions."""

import datetime

import factory
from django.utils import timezone

from maillage.resources import actions
from maillage.resources.availability import moment
from maillage.resources.models import HoursEntry, LedgerSwitch, Match, Need, NeedAnswer, Resource

from .organisations import MembershipFactory, OrganisationFactory
from .territories import TerritoryFactory


class ResourceFactory(factory.django.DjangoModelFactory):
    """A room of an association, offered on its ``territories``."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    owner = factory.SubFactory(OrganisationFactory)
    kind = "room"
    title = factory.Sequence(lambda n: f"La salle {n}")
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        if create:
            self.territories.set(extracted if extracted is not None else self.owner.territories.all())


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "room"
    title = factory.Sequence(lambda n: f"Une salle pour {n} personnes")
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    created_at = factory.LazyFunction(timezone.now)


class NeedAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedAnswer

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    words = "Nous en avons une."
    answered_at = factory.LazyFunction(timezone.now)


class MatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Match

    need = factory.SubFactory(NeedFactory)
    resource = factory.SubFactory(ResourceFactory)
    told_at = factory.LazyFunction(timezone.now)


class LedgerSwitchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LedgerSwitch

    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    on_since = factory.LazyFunction(timezone.now)
    words = "Le collectif, à sa réunion de mai."


class HoursEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HoursEntry

    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    giver = factory.SubFactory(OrganisationFactory)
    receiver = factory.SubFactory(OrganisationFactory)
    hours = 3
    day = factory.LazyFunction(lambda: timezone.localdate())
    words = "Un atelier"
    entered_at = factory.LazyFunction(timezone.now)


def day_in(days):
    """The local day that many days from now."""
    return timezone.localdate() + datetime.timedelta(days=days)


def at_hour(hour, *, days=3):
    """That hour, that many days from now."""
    return moment(day_in(days), datetime.time(hour))


def somebody_of(organisation):
    """A person who acts for it."""
    standing = organisation.memberships.standing().first()
    return standing.user if standing else MembershipFactory(organisation=organisation, manager=True).user


def loan_of(resource, borrower, *, state="asked", starts_at=None, ends_at=None, quantity=1, at=None, **fields):
    """A loan of ``resource`` to ``borrower``, moved on to ``state`` by the actions. By default from 14 to 18 hours,
    in three days; it leaves and comes back at once.
    """
    starts_at, ends_at = starts_at or at_hour(14), ends_at or at_hour(18)
    at = at or min(timezone.now(), starts_at - datetime.timedelta(hours=1))
    lender, asker = somebody_of(resource.owner), somebody_of(borrower)
    loan = actions.ask_loan(
        resource,
        borrower=borrower,
        starts_at=starts_at,
        ends_at=ends_at,
        quantity=quantity,
        message="Une fête de quartier.",
        actor=asker,
        at=at,
    )
    if state in ("accepted", "out", "back", "closed") and loan.state == "asked":
        loan = actions.accept_loan(loan, actor=lender, at=at, words="Avec plaisir.")
    if state in ("out", "back", "closed"):
        loan = actions.hand_out(
            loan, state_noted="Propre.", deposit_received=bool(resource.deposit), actor=lender, at=at
        )
    if state in ("back", "closed"):
        incident = fields.get("incident", "Une chaise cassée." if state == "back" else "")
        loan = actions.take_back(
            loan, state_noted="Propre.", incident=incident, deposit_returned=True, actor=lender, at=at
        )
    return loan
