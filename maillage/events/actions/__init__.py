"""What can be done with the shared calendar."""

from .dates import change_date, restore_date
from .events import (
    EDITABLE,
    AlreadyChanged,
    DatesMeet,
    announce_event,
    cancel_event,
    change_event,
    leave_event,
    name_organiser,
    remove_event,
    resume_event,
)
from .feeds import follow_calendar, read_calendar, read_calendars, stop_calendar
from .keys import give_key, withdraw_key

__all__ = [
    "EDITABLE",
    "AlreadyChanged",
    "DatesMeet",
    "announce_event",
    "cancel_event",
    "change_date",
    "change_event",
    "follow_calendar",
    "give_key",
    "leave_event",
    "name_organiser",
    "read_calendar",
    "read_calendars",
    "remove_event",
    "restore_date",
    "resume_event",
    "stop_calendar",
    "withdraw_key",
]
