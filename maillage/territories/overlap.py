"""How much of a neighbourhood another one covers."""

import shapely

from . import geometry
from .models import Outline


def shares_covered(former, others):
    """{id of one of ``others``: share of the surface of ``former`` that it covers, 0 to 1}; {} without outlines."""
    outlines = {
        outline.territory_id: geometry.from_wkb(outline.geometry)
        for outline in Outline.objects.filter(territory__in=[former, *others])
    }
    own = outlines.pop(former.pk, None)
    if own is None or not own.area:
        return {}
    return {pk: shapely.intersection(own, other).area / own.area for pk, other in outlines.items()}
