"""Importing the priority neighbourhoods of one vintage, with their borders."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.journal.actions import record as write_down

from .. import vintages
from ..folding import fold
from ..locate import forget_index
from ..models import Outline, Territory
from ..records import read_neighbourhoods, some
from ..refusals import FileRefused
from . import holders
from .report import ImportReport
from .succession import link_predecessors

FIELDS = (
    "name",
    "vintage",
    "valid_from",
    "valid_until",
    "longitude",
    "latitude",
    "departement_id",
    "region_id",
    "epci_id",
)
WRITTEN = [field.removesuffix("_id") for field in FIELDS]
Link = Territory.communes.through


def import_neighbourhoods(features, *, vintage, source, at, actor=None, end_missing=True, progress=None):
    """Bring the neighbourhoods of ``vintage`` to what ``features`` (GeoJSON) say; returns an ImportReport.

    By official code, so a second run changes nothing. One of this vintage that is no longer in the file is ended
    on the day of ``at``, never deleted, and revived when it comes back; ``end_missing=False`` is for an extract.
    Communes, EPCI, départements and régions that the features name are created where missing. Predecessors are
    linked whichever vintage came first. ``progress`` is called with (done, total) while borders are read.

    Raises FileRefused before anything is written.
    """
    records = read_neighbourhoods(features, vintage=vintage, progress=progress)
    with transaction.atomic():
        report = _NeighbourhoodImport(records, vintage=vintage, source=source, at=at, actor=actor).run(end_missing)
    forget_index()
    return report


class _NeighbourhoodImport:
    """One run: what was there, what the file says, and the difference between the two."""

    def __init__(self, records, *, vintage, source, at, actor):
        self.records, self.vintage, self.source = records, vintage, source
        self.at, self.actor, self.day = at, actor, timezone.localdate(at)
        self.report = ImportReport(repaired=[record.code for record in records if record.repaired])
        self.changed = set()

    def run(self, end_missing):
        self.present = self._present()
        self.found = holders.ensure_holders(self.records, source=self.source, rename=False)
        made = holders.ensure_communes(self.records, source=self.source, found=self.found)
        if made:
            self.report.notes.append(
                ngettext(
                    "%(made)d commune créée d’après ce fichier.",
                    "%(made)d communes créées d’après ce fichier.",
                    made,
                )
                % {"made": made}
            )
        holders.place_orphans()
        self._write_rows()
        self._write_outlines()
        self._write_links()
        if end_missing:
            self._end_missing()
        self.report.notes += link_predecessors()
        self._count()
        return self.report

    def _present(self):
        present = {row.code: row for row in Territory.objects.priority_neighbourhoods()}
        for record in self.records:
            row = present.get(record.code)
            if row is not None and row.vintage != self.vintage:
                raise FileRefused(
                    _("%(code)s est déjà un quartier du millésime %(vintage)d : un code ne change pas de main.")
                    % {"code": record.code, "vintage": row.vintage}
                )
        return present

    def _write_rows(self):
        self._learn_communes()
        created = {record.code for record in self.records if record.code not in self.present}
        rows = []
        for record in self.records:
            row, before = self._row(record), self.present.get(record.code)
            if before is None:
                rows.append(row)
                continue
            if any(getattr(row, field) != getattr(before, field) for field in FIELDS):
                rows.append(row)
                self.changed.add(record.code)
            if before.valid_until is not None and row.valid_until != before.valid_until:
                self.report.revived.append(record.code)
        holders.write(rows, fields=WRITTEN, created_codes=created)
        Territory.objects.priority_neighbourhoods().filter(code__in=[record.code for record in self.records]).exclude(
            source=self.source
        ).update(source=self.source)
        self.keys = holders.known(Territory.Kind.QPV)
        self.report.created = len(created)
        for code in self.report.revived:
            self._record("territories.revive", code)

    def _row(self, record):
        departement = vintages.departement_of(record.code)
        if record.departement:
            departement = record.departement.code
        departement_id = self.found["departement"].get(departement)
        region_id = holders.holder_id(self.found, "region", record.region)
        communes = self._commune_ids(record)
        epci_id = holders.holder_id(self.found, "epci", record.epci)
        return holders.new_territory(
            Territory.Kind.QPV,
            record.code,
            record.name,
            vintage=self.vintage,
            valid_from=vintages.starts_on(self.vintage, record.code),
            valid_until=vintages.ends_on(self.vintage, record.code),
            longitude=record.longitude,
            latitude=record.latitude,
            departement_id=departement_id,
            region_id=region_id or self.region_of.get(departement_id),
            epci_id=epci_id or next((self.epci_of[pk] for pk in communes if self.epci_of[pk]), None),
            source=self.source,
        )

    def _learn_communes(self):
        """Communes by code, and by name within a département for the files of 2015."""
        self.commune_keys, self.by_name, self.epci_of = {}, {}, {}
        communes = Territory.objects.communes().filter(mother_commune=None)
        for pk, code, name, epci in communes.values_list("pk", "code", "search_name", "epci"):
            self.commune_keys[code] = pk
            self.by_name.setdefault((vintages.departement_of(code), name), []).append(pk)
            self.epci_of[pk] = epci
        self.region_of = dict(
            Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT).values_list("pk", "region_id")
        )

    def _commune_ids(self, record):
        pks = []
        for commune in record.communes:
            if commune.code:
                found = [self.commune_keys[commune.code]] if commune.code in self.commune_keys else []
            else:
                key = (vintages.departement_of(record.code), fold(commune.name)[:200])
                found = self.by_name.get(key, [])
            if len(found) == 1:
                pks += found
        return list(dict.fromkeys(pks))

    def _write_outlines(self):
        stored = {
            pk: bytes(border)
            for pk, border in Outline.objects.filter(territory__vintage=self.vintage).values_list("pk", "geometry")
        }
        outlines = []
        for record in self.records:
            pk = self.keys[record.code]
            if stored.get(pk) == record.wkb:
                continue
            if record.code in self.present:
                self.changed.add(record.code)
            outlines.append(
                Outline(
                    territory_id=pk,
                    geometry=record.wkb,
                    drawing=record.drawing.path,
                    drawing_height=record.drawing.height,
                    area_m2=record.area_m2,
                    was_repaired=record.repaired,
                    imported_at=self.at,
                )
            )
        Outline.objects.bulk_create(
            outlines,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["territory"],
            update_fields=["geometry", "drawing", "drawing_height", "area_m2", "was_repaired", "imported_at"],
        )

        renamed = [self.keys[code] for code in self.changed]
        Outline.objects.filter(pk__in=renamed).update(imported_at=self.at)

    def _write_links(self):
        """The communes of each neighbourhood. A file that says nothing of them leaves them as they are."""
        keys = {self.keys[record.code]: record for record in self.records if record.communes}
        stored = set(
            Link.objects.filter(from_territory__kind=Territory.Kind.QPV, from_territory__vintage=self.vintage)
            .filter(from_territory__in=Territory.objects.priority_neighbourhoods())
            .values_list("from_territory_id", "to_territory_id")
        )
        wanted, unknown = set(), []
        for pk, record in keys.items():
            communes = self._commune_ids(record)
            wanted |= {(pk, commune) for commune in communes}
            if len(communes) < len(record.communes):
                unknown.append(record.code)
        gone = {link for link in stored if link[0] in keys} - wanted
        added = wanted - stored
        self.changed |= {keys[pk].code for pk, _commune in gone | added if keys[pk].code in self.present}
        for pk, commune in gone:
            Link.objects.filter(from_territory=pk, to_territory=commune).delete()
        Link.objects.bulk_create(
            [Link(from_territory_id=pk, to_territory_id=commune) for pk, commune in sorted(added)],
            batch_size=holders.BATCH,
        )
        if unknown:
            self.report.notes.append(
                _("Commune non reconnue pour %(codes)s : importez les communes, puis ce fichier de nouveau.")
                % {"codes": some(unknown)}
            )

    def _end_missing(self):
        codes = {record.code for record in self.records}
        missing = [
            row
            for code, row in self.present.items()
            if row.vintage == self.vintage
            and code not in codes
            and not code.startswith(vintages.INVENTED)
            and (row.valid_until is None or row.valid_until > max(self.day, row.valid_from))
        ]
        holders.end(missing, on=self.day)
        self.report.ended = len(missing)
        if missing:
            ended = sorted(row.code for row in missing)
            self.report.notes.append(
                _("Absents de ce fichier, en vigueur jusqu’au %(day)s : %(codes)s.")
                % {"day": self.day.strftime("%d/%m/%Y"), "codes": some(ended)}
            )
            for code in ended:
                self._record("territories.end", code)

    def _record(self, verb, code):
        write_down(verb, self.present[code], actor=self.actor, at=self.at, source=self.source)

    def _count(self):
        self.report.changed = len(self.changed)
        self.report.unchanged = len(self.records) - self.report.created - self.report.changed
