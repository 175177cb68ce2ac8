"""For somebody who lost telephone, keys and recovery codes: the operator, who has checked that it is them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.accounts.actions import forget_second_factor
from maillage.accounts.models import User


class Command(BaseCommand):
    help = "Takes away the second factors of a person, who signs in with the e-mailed code and chooses new ones."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(f"Personne n’a l’adresse {email}.")
        number = forget_second_factor(user, at=timezone.now())
        self.stdout.write(f"{user.email} : {number} moyen(s) de preuve retiré(s).")
