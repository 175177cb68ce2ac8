import datetime

import factory

from maillage.territories.folding import fold
from maillage.territories.models import Territory


class TerritoryFactory(factory.django.DjangoModelFactory):
    """A commune, with an invented code."""

    class Meta:
        model = Territory
        skip_postgeneration_save = True

    class Params:
        qpv = factory.Trait(
            kind=Territory.Kind.QPV,
            code=factory.Sequence(lambda n: f"QN{n + 90_000:05d}M"),
            vintage=2024,
            valid_from=datetime.date(2024, 1, 1),
            name=factory.Sequence(lambda n: f"Quartier {n}"),
        )

    kind = Territory.Kind.COMMUNE
    code = factory.Sequence(lambda n: f"{n + 97_000:05d}")
    slug = factory.LazyAttribute(lambda territory: territory.code.lower())
    name = factory.Sequence(lambda n: f"Commune-{n}")
    search_name = factory.LazyAttribute(lambda territory: fold(territory.name))

    @factory.post_generation
    def communes(self, create, extracted, **kwargs):
        if create and extracted:
            self.communes.set(extracted)
