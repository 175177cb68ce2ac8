"""Is this register whole? The file alone answers; without a file, the database of this instance."""

import sys

from django.core.management.base import BaseCommand, CommandError

from maillage.charters import register
from maillage.charters.models import RegisterEntry
from maillage.charters.queries import register_discords


class Command(BaseCommand):
    help = "Checks a register of signatures (NDJSON file, '-' for standard input), or this instance's own."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a registre.ndjson; default: the database")
        parser.add_argument("--head", help="a hash printed on a certificate: it must be in the chain")

    def handle(self, *, file, head, **options):
        if file:
            report = self._verify_file(file, head)
            discords = []
        else:
            rows = RegisterEntry.objects.order_by("sequence").values_list("body", "hash")
            report = register.verify((self._line(body, digest) for body, digest in rows.iterator()), head=head)
            discords = list(register_discords())
        for fault in report.faults:
            self.stdout.write(self.style.ERROR(f"✗ {fault}"))
        for discord in discords:
            self.stdout.write(self.style.ERROR(f"✗ {discord}"))
        if report.faults or discords:
            raise CommandError(
                f"Ce registre n’est pas authentique : {len(report.faults) + len(discords)} anomalie(s)."
            )
        if file and not report.entries:
            raise CommandError("Ce fichier ne contient aucune entrée : ce n’est pas un registre, ou il a été vidé.")
        self.stdout.write(f"✓ Registre authentique : {report.entries} entrées, dernière empreinte {report.head}")
        if file and not head:
            self.stdout.write(
                "  Un registre coupé à sa fin ne se voit pas de lui-même : comparez avec l’empreinte imprimée sur une"
                " attestation, par --head EMPREINTE."
            )

    def _verify_file(self, file, head):
        try:
            if file == "-":
                return register.verify(sys.stdin, head=head)
            with open(file, encoding="utf-8-sig") as lines:
                return register.verify(lines, head=head)
        except OSError as error:
            raise CommandError(f"Ce fichier ne peut pas être lu : {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError("Ce fichier n’est pas un registre : ce n’est pas du texte UTF-8.") from error

    @staticmethod
    def _line(body, digest):
        try:
            return register.line_of(body, digest)
        except ValueError:
            return body
