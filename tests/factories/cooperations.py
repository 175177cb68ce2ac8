import factory
from django.utils import timezone

from maillage.cooperations.models import Cooperation

from .organisations import OrganisationFactory


class CooperationFactory(factory.django.DjangoModelFactory):
    """A cooperation under way; ``partners``: organisations, the first one leads; ``territories``."""

    class Meta:
        model = Cooperation
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(published_at=factory.LazyFunction(timezone.now))

    title = factory.Sequence(lambda n: f"Jardin commun {n}")
    slug = factory.Sequence(lambda n: f"jardin-commun-{n}")
    aim = "Cultiver ensemble le terrain du C."
    stage = "under_way"
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def partners(self, create, extracted, **kwargs):
        for rank, organisation in enumerate(extracted or [OrganisationFactory()]):
            self.partners.create(
                organisation=organisation,
                role="lead" if rank == 0 else "partner",
                state="accepted",
                since=self.created_at,
                settled_at=self.created_at,
            )

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        self.territories.set(extracted or [])
