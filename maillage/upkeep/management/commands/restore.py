from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from maillage.charters import register
from maillage.charters.models import RegisterEntry
from maillage.charters.queries import register_discords
from maillage.upkeep.archive import NotWhole, is_empty, restore_backup


class Command(BaseCommand):
    help = "Puts a backup in place of what this instance holds. Refuses what is not whole; then nothing changes."

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument("--replace", action="store_true", help="even if this instance already holds people")

    def handle(self, *, path, replace, **options):
        call_command("migrate", verbosity=0, interactive=False)
        if not is_empty() and not replace:
            raise CommandError(
                "Cette instance contient déjà des personnes. Pour mettre la sauvegarde à leur place : --replace."
            )
        try:
            manifest = restore_backup(path, check=self._check, say=self.stdout.write)
        except NotWhole as refusal:
            raise CommandError(f"Cette sauvegarde est refusée : {refusal}. Rien n’a été changé.") from refusal
        except IntegrityError as error:
            raise CommandError(f"Cette sauvegarde se contredit : {error}. Rien n’a été changé.") from error
        self.stdout.write(f"✓ Restaurée : faite le {manifest['made_at']}. Relancez le site.")

    def _check(self):
        entries = RegisterEntry.objects.order_by("sequence")
        report = register.verify([register.line_of(entry.body, entry.hash) for entry in entries])
        faults = [*report.faults, *register_discords()]
        if faults:
            raise NotWhole(f"son registre n’est pas authentique ({faults[0]})")
