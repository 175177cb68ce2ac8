"""How much of a former neighbourhood each of those that follow it covers."""

import shapely

from . import geometry
from .models import Outline


def shares_covered(followers):
    """Share of the surface of each former territory that each of its followers covers, from 0 to 1.

    ``followers``: former territory → territories. Returns {(former id, follower id): share}; a pair of which one has
    no outline is not there. One query, however many.
    """
    wanted = {one.pk for former, others in followers.items() for one in (former, *others)}
    shapes = {
        outline.territory_id: geometry.from_wkb(outline.geometry)
        for outline in Outline.objects.filter(territory__in=wanted).only("territory", "geometry")
    }
    return {
        (former.pk, other.pk): shapely.intersection(shapes[former.pk], shapes[other.pk]).area / shapes[former.pk].area
        for former, others in followers.items()
        for other in others
        if former.pk in shapes and other.pk in shapes
    }
