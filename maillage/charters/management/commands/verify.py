"""Is this certificate genuine? The file and the platform's certificate answer, offline."""

from datetime import UTC
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from maillage.charters import seal


class Command(BaseCommand):
    help = "Tells a genuine certificate (PDF) from an altered one, offline, with the reason."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--certificate", help="the seal's public certificate, from /charte/cachet.pem; default: this platform's"
        )

    def handle(self, *, file, certificate, **options):
        try:
            content = Path(file).read_bytes()
            known = Path(certificate).read_bytes() if certificate else None
            report = seal.check(content, certificate=known)
        except OSError as error:
            raise CommandError(f"Ce fichier ne peut pas être lu : {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(f"{certificate} n’est pas un certificat PEM.") from error
        if not report.is_genuine:
            raise CommandError(f"✗ Pas authentique : {report.reason}.")
        self.stdout.write(f"✓ Authentique : {report.reason}.")
        if report.stamped_at:
            moment = report.stamped_at.astimezone(UTC).strftime("%d/%m/%Y à %H:%M:%S UTC")
            self.stdout.write(f"  horodaté le {moment} par « {report.stamped_by} » (service non vérifié ici)")
        if report.token:
            self.stdout.write(f"  signature {report.token}\n  registre, à ce moment : {report.head}")
