"""What can be done with what is lent and sought: one module a subject."""

from .holding import AlreadyPromised
from .hours import LedgerOff, cancel_hours, note_hours, open_ledger, stop_ledger
from .loans import (
    AlreadyAsked,
    NotBackYet,
    OutOfTurn,
    accept_loan,
    ask_loan,
    cancel_loan,
    close_loan,
    hand_out,
    note_incident,
    refuse_loan,
    take_back,
)
from .needs import AlreadyAnswered, NeedClosed, answer_need, close_need, say_need
from .reminders import follow_loans
from .resources import (
    TooMany,
    add_photo,
    add_slot,
    change_resource,
    offer_resource,
    remove_photo,
    remove_slot,
    renew_calendar,
    withdraw_resource,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyAsked",
    "AlreadyPromised",
    "LedgerOff",
    "NeedClosed",
    "NotBackYet",
    "OutOfTurn",
    "TooMany",
    "accept_loan",
    "add_photo",
    "add_slot",
    "answer_need",
    "ask_loan",
    "cancel_hours",
    "cancel_loan",
    "change_resource",
    "close_loan",
    "close_need",
    "follow_loans",
    "hand_out",
    "note_hours",
    "note_incident",
    "offer_resource",
    "open_ledger",
    "refuse_loan",
    "remove_photo",
    "remove_slot",
    "renew_calendar",
    "say_need",
    "stop_ledger",
    "take_back",
    "withdraw_resource",
]
