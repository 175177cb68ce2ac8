import factory
from allauth.account.models import EmailAddress

from maillage.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody whose address is known to be theirs; no password, as everybody."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne-{n}@exemple.org")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne {n}")
    password = "!"

    @factory.post_generation
    def verified_address(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
