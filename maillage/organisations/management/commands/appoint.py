"""The operator gives a person a place that nobody on the site can give: coordinator of a territory, or editor."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from maillage.accounts.actions import know_by_email
from maillage.organisations.actions import appoint_coordinator
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = "appoint coordinator EMAIL CODE | appoint editor EMAIL (edits the national text, enters the back office)"

    def add_arguments(self, parser):
        parser.add_argument("role", choices=["coordinator", "editor"])
        parser.add_argument("email")
        parser.add_argument("code", nargs="?", help="official code of the territory: QN07511M, 31555…")

    def handle(self, *, role, email, code, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"« {email} » n’est pas une adresse e-mail.") from error
        if role == "editor":
            user = know_by_email(email, proved=False)
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
            self.stdout.write(
                f"{email} édite le texte national et entre dans /gestion/, avec un code reçu par e-mail."
            )
            return
        territory = self._territory(code)
        try:
            appoint_coordinator(territory, email=email, actor=None, at=timezone.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{email} coordonne {territory.name} ({territory.code}) ; un message part.")

    def _territory(self, code):
        found = Territory.objects.filter(code__iexact=code or "").order_by("-vintage").first()
        if found is None:
            raise CommandError(
                f"Aucun territoire n’a le code « {code} ». Importez-les d’abord : manage.py import_territories."
            )
        return found
