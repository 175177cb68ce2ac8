"""When a resource is free: its weekly hours, and the half hours that are promised."""

import calendar
import dataclasses
import datetime

from django.utils import timezone

from .models import HALF_HOUR, half_hours
from .models.loans import HeldSlot

DAY_FROM, DAY_TO = datetime.time(8), datetime.time(20)
"""What is looked at of a day, where no weekly hours are told."""
FREE, PARTLY, TAKEN, CLOSED, PAST = "free", "partly", "taken", "closed", "past"


@dataclasses.dataclass(frozen=True)
class Day:
    """``state``: free, partly, taken, closed (no weekly hours), past."""

    date: datetime.date
    state: str
    is_today: bool = False


def moment(day, hour):
    """The aware moment of a local day and hour."""
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def day_span(day):
    return half_hours(moment(day, DAY_FROM), moment(day, DAY_TO))


def month_of(resource, first, *, today):
    """The weeks of the month that begins on ``first``: lists of seven `Day`, or None beside the month. One query
    for what is promised, one for the weekly hours.
    """
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    taken = dict(
        HeldSlot.objects.filter(
            resource=resource,
            slot__gte=half_hours(moment(first, datetime.time.min), moment(first, DAY_TO)).start,
            slot__lt=half_hours(moment(first, DAY_FROM), moment(last, datetime.time(23, 59))).stop,
            taken__gt=0,
        ).values_list("slot", "taken")
    )
    weekly = list(resource.slots.all())
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        weeks.append(
            [_day(resource, day, taken, weekly, today) if day.month == first.month else None for day in week]
        )
    return weeks


def _day(resource, day, taken, weekly, today):
    if day < today:
        return Day(day, PAST)
    hours = [(slot.starts_at, slot.ends_at) for slot in weekly if slot.weekday == day.weekday()]
    if weekly and not hours:
        return Day(day, CLOSED, day == today)
    spans = [half_hours(moment(day, a), moment(day, b)) for a, b in hours] or [
        half_hours(moment(day, datetime.time.min), moment(day + datetime.timedelta(days=1), datetime.time.min))
    ]
    looked_at = spans if hours else [day_span(day)]
    full = [taken.get(slot, 0) >= resource.quantity for span in looked_at for slot in span]
    touched = any(taken.get(slot) for span in spans for slot in span)
    state = TAKEN if all(full) else PARTLY if touched else FREE
    return Day(day, state, day == today)


def promised_times(resource, starts_at, ends_at):
    """What is promised between two moments: (from, to, how many are left), each as long as nothing changes."""
    span = half_hours(starts_at, ends_at)
    rows = (
        HeldSlot.objects.filter(resource=resource, slot__gte=span.start, slot__lt=span.stop, taken__gt=0)
        .order_by("slot")
        .values_list("slot", "taken")
    )
    found = []
    for slot, taken in rows:
        left = max(0, resource.quantity - taken)
        if found and found[-1][1] == slot and found[-1][2] == left:
            found[-1][1] = slot + 1
        else:
            found.append([slot, slot + 1, left])
    return [(_at(first), _at(last), left) for first, last, left in found]


def _at(slot):
    return timezone.localtime(datetime.datetime.fromtimestamp(slot * HALF_HOUR, datetime.UTC))


def is_within_hours(resource, starts_at, ends_at):
    """Whether a loan fits the weekly hours: within one of them where it lasts part of a day; where it lasts longer,
    it leaves and comes back within one. Without weekly hours, always.
    """
    weekly = list(resource.slots.all())
    if not weekly:
        return True
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if start.date() == end.date():
        return any(
            slot.weekday == start.weekday() and slot.starts_at <= start.time() and end.time() <= slot.ends_at
            for slot in weekly
        )
    return all(
        any(s.weekday == one.weekday() and s.starts_at <= one.time() <= s.ends_at for s in weekly)
        for one in (start, end)
    )


def is_free(resource, starts_at, ends_at, quantity=1):
    """Whether ``quantity`` of it are left during every half hour between the two moments."""
    span = half_hours(starts_at, ends_at)
    held = HeldSlot.objects.filter(resource=resource, slot__gte=span.start, slot__lt=span.stop)
    return not held.filter(taken__gt=resource.quantity - quantity).exists()


def has_a_free_day(resource, from_on, to_on):
    """Whether one day at least, from ``from_on`` to ``to_on``, is wholly free between eight and twenty hours."""
    days = [from_on + datetime.timedelta(days=n) for n in range(min((to_on - from_on).days + 1, 62))]
    full = HeldSlot.objects.filter(resource=resource).full()
    span = full.filter(slot__gte=day_span(days[0]).start, slot__lt=day_span(days[-1]).stop)
    slots = set(span.values_list("slot", flat=True))
    return any(slots.isdisjoint(day_span(day)) for day in days)
