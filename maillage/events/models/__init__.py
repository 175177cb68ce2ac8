"""The shared calendar: events, their dates, the calendars that are followed, the keys of private feeds."""

from .events import DateChange, Event, Occurrence
from .feeds import CalendarKey, ImportedFeed

__all__ = ["CalendarKey", "DateChange", "Event", "ImportedFeed", "Occurrence"]
