"""What is lent, what is sought, who borrows, and the hours that a collective counts."""

from .hours import HoursEntry, LedgerSwitch
from .loans import HALF_HOUR, HeldSlot, Loan, half_hours
from .needs import Match, Need, NeedAnswer
from .resources import Audience, Kind, Photo, Resource, Slot

__all__ = [
    "HALF_HOUR",
    "Audience",
    "HeldSlot",
    "HoursEntry",
    "Kind",
    "LedgerSwitch",
    "Loan",
    "Match",
    "Need",
    "NeedAnswer",
    "Photo",
    "Resource",
    "Slot",
    "half_hours",
]
