from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.territories import files
from maillage.territories.actions import (
    FileRefused,
    import_communes,
    import_neighbourhoods,
    import_population,
)
from maillage.ui.page_cache import drop_public_pages

ORDER = [files.COMMUNES, files.NEIGHBOURHOODS, files.POPULATION]
"""Neighbourhoods name communes, and a population needs its neighbourhoods."""


class Command(BaseCommand):
    help = (
        "Imports official territories: priority neighbourhoods (GeoJSON, or the zip of the official data set),"
        " communes (JSON of geo.api.gouv.fr), population (CSV). What a file is, is recognised. Idempotent by"
        " official code. Without a path: the address of QPV_FILE_URL."
    )

    def add_arguments(self, parser):
        parser.add_argument("place", nargs="?", help="path or http(s) address of an official file")
        parser.add_argument("--vintage", type=int, help="vintage of the neighbourhoods: 2015, 2024")
        parser.add_argument("--communes", metavar="PATH_OR_URL", help="communes, imported first")
        parser.add_argument("--population", metavar="PATH_OR_URL", help="code_qp;population_2020, imported last")
        parser.add_argument("--population-source", help='for example "INSEE, RP 2020"')
        parser.add_argument("--source", help="source written beside the rows; by default the publisher and the file")
        parser.add_argument("--extract", action="store_true", help="end nothing: the file is a part of the whole")
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")

    def handle(self, **options):
        at = timezone.now()
        try:
            opened = [self._open(place, kind) for place, kind in self._places(options)]
            self._check(opened, options)
            with transaction.atomic():
                for file in sorted(opened, key=lambda file: ORDER.index(file.kind)):
                    self._report(file, self._import(file, at=at, options=options))
                drop_public_pages()
                if options["dry_run"]:
                    transaction.set_rollback(True)
                    self.stdout.write(_("À blanc : rien n’a été écrit."))
        except FileRefused as refusal:
            raise CommandError(f"{refusal} {_('Rien n’a été modifié.')}") from None

    def _places(self, options):
        places = [(options["place"], None), (options["communes"], files.COMMUNES)]
        places = [pair for pair in [*places, (options["population"], files.POPULATION)] if pair[0]]
        return places or [(settings.QPV_FILE_URL, None)]

    def _open(self, place, expected):
        self.stdout.write(_("Lecture de %(place)s…") % {"place": place})
        file = files.open_official(place)
        if expected not in {None, file.kind}:
            raise FileRefused(
                _("%(place)s n’est pas le fichier attendu par --%(option)s.") % {"place": place, "option": expected}
            )
        return file

    def _check(self, opened, options):
        if options["vintage"] is not None and not 2015 <= options["vintage"] <= 2100:
            raise CommandError(_("Un millésime est une année : --vintage 2024 ou --vintage 2015."))
        if options["vintage"] is None and any(file.kind == files.NEIGHBOURHOODS for file in opened):
            raise CommandError(
                _(
                    "Indiquez de quelle génération sont ces quartiers : --vintage 2024 (codes QN…) ou"
                    " --vintage 2015 (codes QP…)."
                )
            )

    def _import(self, file, *, at, options):
        if file.kind == files.COMMUNES:
            return import_communes(
                file.rows,
                source=options["source"] or f"INSEE, Etalab, Licence Ouverte 2.0, {file.name}",
                at=at,
                end_missing=False if options["extract"] else None,
            )
        if file.kind == files.POPULATION:
            year = file.column.removeprefix("population").strip("_")
            return import_population(
                file.rows,
                source=options["population_source"] or f"INSEE, RP {year}".strip(),
                at=at,
                column=file.column,
            )
        return import_neighbourhoods(
            file.rows,
            vintage=options["vintage"],
            source=options["source"] or f"ANCT, Licence Ouverte 2.0, {file.name}",
            at=at,
            end_missing=not options["extract"],
            progress=self._progress,
        )

    def _progress(self, done, total):
        """A counter on a terminal, otherwise four lines."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} / {total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done == total or done % max(1, total // 4) == 0:
            self.stdout.write(_("%(done)d contours lus sur %(total)d") % {"done": done, "total": total})

    def _report(self, file, report):
        self.stdout.write(
            _("%(name)s : créés %(created)d, modifiés %(changed)d, terminés %(ended)d, inchangés %(unchanged)d.")
            % {
                "name": file.name,
                "created": report.created,
                "changed": report.changed,
                "ended": report.ended,
                "unchanged": report.unchanged,
            }
        )
        if report.revived:
            self.stdout.write(_("De nouveau en vigueur : %(codes)s.") % {"codes": ", ".join(report.revived)})
        if report.repaired:
            self.stdout.write(_("Contours réparés : %(codes)s.") % {"codes": ", ".join(report.repaired)})
        for note in report.notes:
            self.stdout.write(note)
