from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.upkeep.archive import write_backup


class Command(BaseCommand):
    help = "Writes everything that cannot be made again in one file, while the site serves."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *, path, **options):
        if not Path(path).absolute().parent.is_dir():
            raise CommandError(f"Le dossier de {path} n’existe pas.")
        try:
            manifest = write_backup(path, at=timezone.now(), say=self.stdout.write)
        except OSError as error:
            raise CommandError(f"La sauvegarde n’a pas pu être écrite : {error.strerror}.") from error
        total = sum(table["rows"] for table in manifest["tables"].values())
        size = max(1, Path(path).stat().st_size // 1000)
        self.stdout.write(
            f"✓ {path} : {total} lignes, {size} ko. Gardez-la hors de cette machine : elle contient des clés."
        )
