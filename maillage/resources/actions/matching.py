"""Needs and offers that meet: found when either is said, told once."""

import datetime

from django.utils import timezone

from ..availability import has_a_free_day
from ..models import Match, Need, Resource
from ..permissions import may_borrow

MOST = 50
"""A need or an offer is not compared with more: those of one neighbourhood are a few dozen."""
AHEAD = datetime.timedelta(days=30)


def match_need(need, *, at):
    """The offers that meet ``need``: same kind, shared territory, offered to that association, one day free."""
    offers = Resource.objects.standing().filter(kind=need.kind, territories=need.territory)
    offers = offers.exclude(owner_id=need.organisation_id).order_by("-created_at")[:MOST]
    return _keep([(need, offer) for offer in offers], at)


def match_resource(resource, *, at):
    """The needs that ``resource`` meets, in the same way."""
    today = timezone.localdate(at)
    needs = Need.objects.standing(today).filter(kind=resource.kind, territory__in=resource.territories.values("pk"))
    needs = needs.exclude(organisation_id=resource.owner_id).select_related("organisation").order_by("-created_at")
    return _keep([(need, resource) for need in needs[:MOST]], at)


def _keep(pairs, at):
    rows = [
        Match(need=need, resource=resource, told_at=at)
        for need, resource in pairs
        if may_borrow(need.organisation, resource) and _has_a_free_day(need, resource, timezone.localdate(at))
    ]
    # A pair that was told stays as it was.
    Match.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _has_a_free_day(need, resource, today):
    if need.from_on is None and need.to_on is None:
        return True
    first = max(need.from_on or today, today)
    last = max(need.to_on or first + AHEAD, first)
    return has_a_free_day(resource, first, last)
