"""Alerts."""

import datetime

import factory
from django.utils import timezone

from maillage.alerts.models import Alert

from .organisations import OrganisationFactory, TerritoryRoleFactory


class AlertFactory(factory.django.DjangoModelFactory):
    """An alert that nobody has read, to somebody who coordinates."""

    class Meta:
        model = Alert

    organisation = factory.SubFactory(OrganisationFactory)
    territory_role = factory.SubFactory(TerritoryRoleFactory)
    kind = "funding"
    words = "La subvention n’arrive pas."
    sent_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))
