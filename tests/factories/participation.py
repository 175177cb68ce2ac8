"""Residents' voices and the needs made of them."""

import datetime
import uuid

import factory
from django.utils import timezone

from maillage.participation.codes import code_of, hash_of
from maillage.participation.models import HeardNeed, ResidentVoice

from .territories import TerritoryFactory


class HeardNeedFactory(factory.django.DjangoModelFactory):
    """A need nobody has taken up yet. ``released``: shown to all."""

    class Meta:
        model = HeardNeed

    class Params:
        released = factory.Trait(
            release_words="Réunion du collectif, accord de toutes.", released_at=factory.LazyFunction(timezone.now)
        )
        taken_up = factory.Trait(taken_up_at=factory.LazyFunction(timezone.now))

    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    wording = factory.Sequence(lambda n: f"Des bancs devant l’école {n}")
    subject = "living"
    since = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=20))
    opened_at = factory.LazyFunction(timezone.now)


class ResidentVoiceFactory(factory.django.DjangoModelFactory):
    """A voice that nobody has looked at yet. ``shared``: the collective reads it."""

    class Meta:
        model = ResidentVoice

    class Params:
        shared = factory.Trait(
            shared_words=factory.SelfAttribute("words"), shared_at=factory.LazyFunction(timezone.now)
        )

    key = factory.LazyFunction(uuid.uuid4)
    code_hash = factory.LazyAttribute(lambda made: hash_of(code_of(made.key)))
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    words = factory.Sequence(lambda n: f"Il n’y a nulle part où s’asseoir, numéro {n}.")
    heard_at = factory.LazyFunction(timezone.now)
