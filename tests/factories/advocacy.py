"""The advocacy: proposals stand there from the first day; what is said of them."""

import factory
from django.utils import timezone

from maillage.advocacy.models import Appeal, Echo, Proposal

from .organisations import OrganisationFactory
from .territories import TerritoryFactory


def proposal(number=1):
    return Proposal.objects.get(number=number)


class EchoFactory(factory.django.DjangoModelFactory):
    """An association's own case, that may be cited."""

    class Meta:
        model = Echo

    proposal = factory.LazyFunction(proposal)
    organisation = factory.SubFactory(OrganisationFactory)
    words = "Nous avançons six mois de salaire."
    may_be_cited = True
    said_at = factory.LazyFunction(timezone.now)


class AppealFactory(factory.django.DjangoModelFactory):
    """A letter that has not left yet."""

    class Meta:
        model = Appeal

    proposal = factory.LazyFunction(proposal)
    territory = factory.SubFactory(TerritoryFactory, qpv=True)
    addressee = "La mairie"
    subject = "Six mois d’avance"
    text = "Madame, Monsieur,\n\nNous avançons les salaires."
    written_at = factory.LazyFunction(timezone.now)
