"""What holds the rest: EPCI, départements, régions, and the communes that a neighbourhood names."""

from django.db.models import F

from .. import vintages
from ..folding import fold
from ..models import Territory

BATCH = 500
KINDS = {
    "departement": Territory.Kind.DEPARTEMENT,
    "region": Territory.Kind.REGION,
    "epci": Territory.Kind.EPCI,
}


def new_territory(kind, code, name, **fields):
    """An unsaved row, with the fields that bulk operations would leave empty."""
    slug = code if kind == Territory.Kind.QPV else f"{kind.value}-{code}"
    return Territory(kind=kind, code=code, slug=slug, name=name, search_name=fold(name)[:200], **fields)


def known(kind):
    """Primary key by official code."""
    return dict(Territory.objects.filter(kind=kind).values_list("code", "pk"))


def ensure_holders(records, *, source, rename):
    """Create the EPCI, départements and régions that ``records`` name; returns primary keys by attribute, then code.

    One whose name is nowhere in the file is created when another file names it. ``rename``: this file's names win.
    """
    found = {}
    for attribute, kind in KINDS.items():
        named = {
            holder.code: holder.name
            for record in records
            if (holder := getattr(record, attribute)) is not None and holder.name
        }
        present = dict(Territory.objects.filter(kind=kind).values_list("code", "name"))
        missing = [
            new_territory(kind, code, name, source=source) for code, name in named.items() if code not in present
        ]
        Territory.objects.bulk_create(missing, batch_size=BATCH)
        if rename:
            for code, name in named.items():
                if present.get(code, name) != name:
                    Territory.objects.filter(kind=kind, code=code).update(name=name, search_name=fold(name)[:200])
        found[attribute] = known(kind)
    _place_departements(records, found)
    return found


def _place_departements(records, found):
    """A département lies in the région that its communes and neighbourhoods name."""
    regions = {
        record.departement.code: found["region"][record.region.code]
        for record in records
        if record.departement and record.region and record.region.code in found["region"]
    }
    placed = dict(Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT).values_list("code", "region_id"))
    for code, region in regions.items():
        if code in placed and placed[code] != region:
            Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT, code=code).update(region=region)


def holder_id(found, attribute, holder):
    return found[attribute].get(holder.code) if holder else None


def ensure_communes(records, *, source, found):
    """Create the communes that neighbourhoods name and nobody knows; returns how many."""
    present = set(Territory.objects.communes().values_list("code", flat=True))
    missing = {}
    for record in records:
        for commune in record.communes:
            if commune.code and commune.name and commune.code not in present:
                missing.setdefault(
                    commune.code,
                    new_territory(
                        Territory.Kind.COMMUNE,
                        commune.code,
                        commune.name,
                        departement_id=holder_id(found, "departement", record.departement),
                        region_id=holder_id(found, "region", record.region),
                        epci_id=holder_id(found, "epci", record.epci),
                        source=source,
                    ),
                )
    Territory.objects.bulk_create(missing.values(), batch_size=BATCH)
    return len(missing)


def place_orphans():
    """Give a département and a région to the communes and neighbourhoods imported before these were known.

    The code says which département (`01053` → `01`, `QP02A001` → `2A`).
    """
    departements = known(Territory.Kind.DEPARTEMENT)
    found = {}
    orphans = Territory.objects.filter(kind__in=[Territory.Kind.COMMUNE, Territory.Kind.QPV], departement=None)
    for pk, code in orphans.values_list("pk", "code"):
        found.setdefault(departements.get(vintages.departement_of(code)), []).append(pk)
    found.pop(None, None)
    for departement, pks in found.items():
        for start in range(0, len(pks), BATCH):
            Territory.objects.filter(pk__in=pks[start : start + BATCH]).update(departement=departement)
    without_region = (
        Territory.objects.filter(region=None, departement__region__isnull=False)
        .order_by()
        .values_list("departement", "departement__region")
        .distinct()
    )
    for departement, region in list(without_region):
        Territory.objects.filter(region=None, departement=departement).update(region=region)


def write(rows, *, fields, created_codes):
    """Insert or update ``rows`` by kind and code, in batches: a few seconds for every commune of the country."""
    fresh = [row for row in rows if row.code in created_codes]
    known_rows = [row for row in rows if row.code not in created_codes]
    Territory.objects.bulk_create(fresh, batch_size=BATCH)
    if known_rows:
        Territory.objects.bulk_create(
            known_rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["kind", "code"],
            update_fields=[*fields, "search_name", "source"],
        )


def end(rows, *, on):
    """End ``rows`` on the day ``on``, and never before they started."""
    pks = [row.pk for row in rows]
    for start in range(0, len(pks), BATCH):
        batch = Territory.objects.filter(pk__in=pks[start : start + BATCH])
        batch.filter(valid_from__gt=on).update(valid_until=F("valid_from"))
        batch.exclude(valid_from__gt=on).update(valid_until=on)
