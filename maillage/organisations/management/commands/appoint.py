"""The operator gives a place that nobody on the site can give: to coordinate, to follow a network, to edit."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from maillage.accounts.actions import know_by_email
from maillage.organisations.actions import appoint_coordinator, appoint_to_network
from maillage.organisations.models import Network
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = (
        "appoint coordinator EMAIL CODE | appoint network EMAIL SLUG (follows its members) |"
        " appoint editor EMAIL (edits the national text, enters the back office)"
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=["coordinator", "network", "editor"])
        parser.add_argument("email")
        parser.add_argument(
            "code",
            nargs="?",
            help="official code of the territory: QN07511M, 31555…; or the short name of the network",
        )

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
        if role == "network":
            self._appoint_to_network(email, code)
            return
        territory = self._territory(code)
        try:
            appoint_coordinator(territory, email=email, actor=None, at=timezone.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{email} coordonne {territory.name} ({territory.code}) ; un message part.")

    def _appoint_to_network(self, email, slug):
        network = Network.objects.filter(slug=slug or "").first()
        if network is None:
            known = ", ".join(Network.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(f"Aucun réseau n’a le nom court « {slug} ». Ceux qui sont connus : {known}.")
        try:
            appoint_to_network(network, email=email, actor=None, at=timezone.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{email} suit {network.name} ; un message part.")

    def _territory(self, code):
        found = Territory.objects.filter(code__iexact=code or "").order_by("-vintage").first()
        if found is None:
            raise CommandError(
                f"Aucun territoire n’a le code « {code} ». Importez-les d’abord : manage.py import_territories."
            )
        return found
