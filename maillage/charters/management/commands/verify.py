"""Is this certificate genuine? The file and the platform's certificate answer, offline."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from maillage.charters import seal


class Command(BaseCommand):
    help = "Tells a genuine certificate (PDF) from an altered one, offline, with the reason."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"Ce fichier ne peut pas être lu : {error.strerror}.") from error
        report = seal.check(content)
        if not report.is_genuine:
            raise CommandError(f"✗ Pas authentique : {report.reason}.")
        self.stdout.write(f"✓ Authentique : {report.reason}.")
        if report.token:
            self.stdout.write(f"  signature {report.token}\n  registre, à ce moment : {report.head}")
