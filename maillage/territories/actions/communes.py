"""Importing the communes and municipal arrondissements."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Territory
from ..records import read_communes, some
from . import holders
from .report import ImportReport

FIELDS = (
    "name",
    "postcodes",
    "population",
    "longitude",
    "latitude",
    "departement_id",
    "region_id",
    "epci_id",
    "mother_commune_id",
    "valid_until",
)
WRITTEN = [*(field.removesuffix("_id") for field in FIELDS), "population_source"]
WHOLE_COUNTRY = 30_000
"""A file with fewer communes is an extract: the others are left as they are."""


@transaction.atomic
def import_communes(rows, *, source, at, actor=None, end_missing=None):
    """Bring the communes to what ``rows`` (geo.api.gouv.fr/communes) say; returns an ImportReport.

    By official code. A commune that merged, and is no longer in a file of the whole country, is ended on the day of
    ``at``, never deleted; ``end_missing`` says otherwise. An arrondissement keeps its mother commune. What the file
    does not know (position, population) does not erase what was known.

    Raises FileRefused before anything is written.
    """
    records, left_out = read_communes(rows)
    found = holders.ensure_holders(records, source=source, rename=True)
    present = {row.code: row for row in Territory.objects.communes()}
    report = ImportReport()
    created = {record.code for record in records if record.code not in present}
    mothers = {record.mother for record in records if record.mother}
    # Mother communes first: an arrondissement needs their key.
    for batch in (
        [record for record in records if not record.mother],
        [record for record in records if record.mother],
    ):
        keys = holders.known(Territory.Kind.COMMUNE) if mothers else {}
        written = _differing(batch, present, found, keys, source)
        holders.write(written, fields=WRITTEN, created_codes=created)
        report.changed += sum(row.code in present for row in written)
    holders.place_orphans()
    report.created = len(created)
    report.unchanged = len(records) - report.created - report.changed
    if end_missing if end_missing is not None else len(records) >= WHOLE_COUNTRY:
        _end_missing(records, present, report, day=timezone.localdate(at))
    if left_out:
        report.notes.append(
            ngettext(
                "%(count)d commune déléguée ou associée laissée de côté.",
                "%(count)d communes déléguées ou associées laissées de côté.",
                left_out,
            )
            % {"count": left_out}
        )
    return report


def _differing(records, present, found, keys, source):
    rows = []
    for record in records:
        row, before = _row(record, found, keys, source), present.get(record.code)
        if before is not None:
            _keep_what_was_known(row, before)
            if all(getattr(row, field) == getattr(before, field) for field in FIELDS):
                continue
        rows.append(row)
    return rows


def _row(record, found, keys, source):
    return holders.new_territory(
        Territory.Kind.COMMUNE,
        record.code,
        record.name,
        postcodes=record.postcodes,
        population=record.population,
        population_source=source if record.population is not None else "",
        longitude=record.longitude,
        latitude=record.latitude,
        departement_id=holders.holder_id(found, "departement", record.departement),
        region_id=holders.holder_id(found, "region", record.region),
        epci_id=holders.holder_id(found, "epci", record.epci),
        mother_commune_id=keys.get(record.mother),
        source=source,
    )


def _keep_what_was_known(row, before):
    if row.population is None:
        row.population, row.population_source = before.population, before.population_source
    if row.longitude is None:
        row.longitude, row.latitude = before.longitude, before.latitude
    row.postcodes = row.postcodes or before.postcodes
    for field in ("departement_id", "region_id", "epci_id"):
        if getattr(row, field) is None:
            setattr(row, field, getattr(before, field))


def _end_missing(records, present, report, *, day):
    codes = {record.code for record in records}
    missing = [row for code, row in present.items() if code not in codes and row.valid_until is None]
    holders.end(missing, on=day)
    report.ended = len(missing)
    if missing:
        report.notes.append(
            _("Communes absentes de ce fichier, en vigueur jusqu’au %(day)s : %(codes)s.")
            % {
                "day": day.strftime("%d/%m/%Y"),
                "codes": some(sorted(f"{row.name} ({row.code})" for row in missing)),
            }
        )
