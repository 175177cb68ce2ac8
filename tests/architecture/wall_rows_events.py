"""The shared calendar: rows that could leak, and who may see each."""

from django.utils import timezone

from maillage.events.models import DateChange
from tests.factories.events import CalendarKeyFactory, EventFactory, ImportedFeedFactory
from tests.factories.resources import day_in

from .wall_rows import EVERYBODY, LeakRow

SPACE = frozenset({"amina", "bruno", "elsa"})


def event_of_entraide(request, **fields):
    fixture = request.getfixturevalue
    return EventFactory(organiser=fixture("entraide"), territories=[fixture("tilleuls")], **fields)


def event_for_everybody(request):
    return event_of_entraide(request)


def event_between_associations(request):
    return event_of_entraide(request, audience="space")


def event_naming_the_prefecture(request):
    event = event_between_associations(request)
    event.others.add(request.getfixturevalue("prefecture"))
    return event


def event_removed(request):
    return event_of_entraide(request, removed_at=timezone.now())


def date_between_associations(request):
    return event_between_associations(request).occurrences.get()


def changed_date(request):
    event = event_of_entraide(request, audience="space", repeats="WEEKLY", repeats_until=day_in(30))
    return DateChange.objects.create(
        event=event, original_on=event.starts_on, cancelled=True, changed_at=timezone.now()
    )


def feed_of_entraide(request):
    fixture = request.getfixturevalue
    return ImportedFeedFactory(organisation=fixture("entraide"), territory=fixture("tilleuls"))


def key_of_amina(request):
    return CalendarKeyFactory(user=request.getfixturevalue("amina"))


ROWS = {
    "events.Event": [
        LeakRow(event_for_everybody, EVERYBODY, "announced to everybody"),
        LeakRow(event_between_associations, SPACE, "between associations of the territory"),
        LeakRow(event_naming_the_prefecture, SPACE, "a public partner that is named reads nothing of it"),
        LeakRow(event_removed, frozenset({"amina"}), "taken away, it is its organiser's"),
    ],
    "events.Occurrence": [LeakRow(date_between_associations, SPACE, "as its event")],
    "events.DateChange": [LeakRow(changed_date, SPACE, "as its event")],
    "events.ImportedFeed": [
        LeakRow(feed_of_entraide, frozenset({"amina", "elsa"}), "whose calendar it is, and the coordination")
    ],
    "events.CalendarKey": [LeakRow(key_of_amina, frozenset({"amina"}), "one's own secret")],
}
