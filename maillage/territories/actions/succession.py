"""Which neighbourhood of 2015 a neighbourhood of 2024 replaces."""

import shapely
from django.db.models import F
from django.utils.translation import gettext as _

from .. import geometry, vintages
from ..models import Outline, Territory
from ..records import some

ENOUGH = 0.5
ENOUGH_WITH_THE_NUMBER = 0.1
"""Shares of the smaller of the two surfaces. Between the official files the share is either above 0.58 or
below 0.02."""

Link = Territory.predecessors.through


def link_predecessors():
    """Write the links between the 2024 and the 2015 vintages as they stand; returns French notes.

    The number kept by codes in `I` and `M` is believed where the borders or the names agree with it: in Toulouse,
    Montpellier and the Rhône it designates another place. Where it does not, the borders decide alone.
    """
    olds, news = _neighbourhoods(vintages.FIRST), _neighbourhoods(vintages.SECOND)
    if not olds or not news:
        return []
    wanted = _overlapping(olds, news)
    doubtful = []
    by_code = {old["code"]: old for old in olds}
    for new in news:
        old = by_code.get(vintages.previous_code(new["code"]))
        if old is None or (new["pk"], old["pk"]) in wanted:
            continue
        if new["search_name"] == old["search_name"]:
            wanted.add((new["pk"], old["pk"]))
        else:
            doubtful.append(f"{new['code']} ({old['code']})")
    _write(wanted)
    if not doubtful:
        return []
    return [
        _("Le numéro de %(codes)s est celui d’un autre lieu en 2015 : le lien avec 2015 suit les contours.")
        % {"codes": some(sorted(doubtful))}
    ]


def _neighbourhoods(vintage):
    rows = list(
        Outline.objects.filter(territory__vintage=vintage)
        .order_by("pk")
        .values("pk", "geometry", code=F("territory__code"), search_name=F("territory__search_name"))
    )
    for row in rows:
        row["shape"] = geometry.from_wkb(row.pop("geometry"))
    return rows


def _overlapping(olds, news):
    tree = shapely.STRtree([old["shape"] for old in olds])
    pairs = set()
    for new in news:
        if not vintages.has_predecessors(new["code"]):
            continue
        for index in tree.query(new["shape"], predicate="intersects"):
            old = olds[index]
            shared = shapely.intersection(new["shape"], old["shape"]).area
            share = shared / min(new["shape"].area, old["shape"].area)
            numbered = vintages.previous_code(new["code"]) == old["code"]
            if share >= (ENOUGH_WITH_THE_NUMBER if numbered else ENOUGH):
                pairs.add((new["pk"], old["pk"]))
    return pairs


def _write(wanted):
    stored = set(
        Link.objects.filter(
            from_territory__vintage=vintages.SECOND, to_territory__vintage=vintages.FIRST
        ).values_list("from_territory_id", "to_territory_id")
    )
    for new, old in stored - wanted:
        Link.objects.filter(from_territory=new, to_territory=old).delete()
    Link.objects.bulk_create(
        [Link(from_territory_id=new, to_territory_id=old) for new, old in sorted(wanted - stored)],
        batch_size=500,
    )
