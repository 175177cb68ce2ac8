"""The watch."""

import factory
from django.utils import timezone

from maillage.watch.models import Link


class LinkFactory(factory.django.DjangoModelFactory):
    """A link that the team alone reads yet."""

    class Meta:
        model = Link

    url = factory.Sequence(lambda n: f"https://exemple.org/{n}")
    title = factory.Sequence(lambda n: f"Un article {n}")
    added_at = factory.LazyFunction(timezone.now)
