"""Borders for maps: small GeoJSON answers that browsers and proxies keep."""

import hashlib

from django.db.models import Count, Max
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from .geojson import feature, feature_collection
from .models import Outline, Territory

KEPT_SECONDS = 3600
MEDIA_TYPE = "application/geo+json"


def _outline_etag(request, slug):
    moment = _outline_moment(request, slug)
    return _etag(slug, moment) if moment else None


def _outline_moment(request, slug):
    if not hasattr(request, "outline_moment"):
        request.outline_moment = (
            Outline.objects.filter(territory__slug=slug).values_list("imported_at", flat=True).first()
        )
    return request.outline_moment


def _etag(*parts):
    return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:20] + '"'


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
@condition(etag_func=_outline_etag, last_modified_func=_outline_moment)
def outline(request, slug):
    """The border of one territory; 404 where it has none."""
    territory = get_object_or_404(
        Territory.objects.filter(outline__isnull=False).select_related("outline"), slug=slug
    )
    return JsonResponse(feature(territory), content_type=MEDIA_TYPE)


def _inside(slug):
    """The neighbourhoods in force today in the place ``slug``, itself included."""
    place = get_object_or_404(Territory, slug=slug)
    inside = Territory.objects.within(place).priority_neighbourhoods().filter(outline__isnull=False)
    return inside.in_force(timezone.localdate())


def _outlines_etag(request, slug):
    state = _inside(slug).order_by().aggregate(count=Count("pk"), last=Max("pk"), moment=Max("outline__imported_at"))
    return _etag(slug, sorted(state.items()))


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
@condition(etag_func=_outlines_etag)
def outlines(request, slug):
    """The borders of the neighbourhoods of a commune, an EPCI, a département or a région; 404 where it is unknown."""
    territories = _inside(slug).select_related("outline").order_by("code")
    return JsonResponse(feature_collection(territories), content_type=MEDIA_TYPE)
