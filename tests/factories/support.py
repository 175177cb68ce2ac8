"""The directory of support."""

import factory
from django.utils import timezone

from maillage.support.models import Support, SupportScheme

from .territories import TerritoryFactory


class SupportSchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportScheme
        django_get_or_create = ("slug",)

    slug = "dla-invente"
    name = "Appui inventé"
    explained = "Un appui inventé."
    questions = ["job"]
    source_title = "Une page"
    source_url = "https://exemple.org/"


class SupportFactory(factory.django.DjangoModelFactory):
    """Somebody who gives a support on a neighbourhood, checked today."""

    class Meta:
        model = Support

    scheme = factory.SubFactory(SupportSchemeFactory)
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    body = factory.Sequence(lambda n: f"Maison des associations {n}")
    questions = ["job", "money"]
    source_title = "Sa page"
    source_url = "https://exemple.org/maison"
    checked_on = factory.LazyFunction(timezone.localdate)
