import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.national_register import catalogue
from maillage.national_register.actions import import_register
from maillage.national_register.refusals import RegisterRefused

SHOWN = 50
WIDTH = 30


class Command(BaseCommand):
    help = (
        "Imports the national register of associations (RNA): the official zip, one CSV of it, the aggregated CSV, or"
        " the former rna_import layout. Without a path: the newest file of the official dataset, found through"
        " RNA_CATALOGUE_URL. The register in use is replaced in one move, once the new one is whole."
    )

    def add_arguments(self, parser):
        parser.add_argument("place", nargs="?", help="path or http(s) address of an official file")

    def handle(self, *, place, **options):
        self._started = time.monotonic()
        self._drawn = None
        try:
            report = import_register(
                lambda folder: self._fetch(place, folder), at=timezone.now(), progress=self._progress
            )
        except RegisterRefused as refusal:
            raise CommandError(f"{refusal} {_('Le répertoire en service n’a pas changé.')}") from None
        except OSError as error:
            raise CommandError(
                _("Le répertoire n’a pas pu être écrit : %(reason)s. Celui en service n’a pas changé.")
                % {"reason": error.strerror or error}
            ) from None
        self._report(report)

    def _fetch(self, place, folder):
        if place is None:
            place = catalogue.newest_file()
            self.stdout.write(_("Le plus récent : %(place)s") % {"place": place})
        if "://" not in place:
            return Path(place), Path(place).name
        path = catalogue.download(place, folder, progress=lambda done, total: self._progress(done, total, None))
        return path, place

    def _progress(self, done, total, rows):
        """A bar on a terminal; otherwise four lines for the reading."""
        share = done / total if total else 0
        if self.stdout.isatty():
            step = int(share * 200)
        elif rows is None:
            return
        else:
            step = int(share * 4)
        if (rows is None, step) == self._drawn:
            return
        self._drawn = (rows is None, step)
        told = f"{share:4.0%}  {done // 1_000_000} Mo" if rows is None else f"{share:4.0%}  {rows} associations"
        if not self.stdout.isatty():
            self.stdout.write(told)
            return
        full = int(share * WIDTH)
        self.stdout.write(f"\r[{'█' * full}{' ' * (WIDTH - full)}] {told}", ending="\n" if done >= total else "")
        self.stdout.flush()

    def _report(self, report):
        for file, line, reason in report.rejected[:SHOWN]:
            self.stderr.write(
                _("%(file)s, ligne %(line)d : %(reason)s") % {"file": file, "line": line, "reason": reason}
            )
        if report.rejections > SHOWN:
            self.stderr.write(_("… et %(count)d autres.") % {"count": report.rejections - SHOWN})
        self.stdout.write(
            _(
                "Répertoire national du %(vintage)s : %(kept)d associations, %(taken_over)d reprises sous un autre"
                " numéro, %(rejected)d lignes rejetées, %(seconds)d s."
            )
            % {
                "vintage": report.vintage,
                "kept": report.kept,
                "taken_over": report.taken_over,
                "rejected": report.rejections,
                "seconds": time.monotonic() - self._started,
            }
        )
