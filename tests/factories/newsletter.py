"""Letters of territories."""

import factory
from django.utils import timezone

from maillage.newsletter.models import Letter, Subscriber

from .territories import TerritoryFactory


class LetterFactory(factory.django.DjangoModelFactory):
    """A letter that has not left."""

    class Meta:
        model = Letter

    slug = factory.Sequence(lambda n: f"lettre-{n}")
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    title = "La lettre de novembre"
    words = "Bonjour à toutes et à tous."
    composed_at = factory.LazyFunction(timezone.now)


class SubscriberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"abonnee{n}@exemple.org")
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        if create and extracted:
            self.territories.set(extracted)
