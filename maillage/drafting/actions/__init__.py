"""What can be done with a text opened to a group. One function, one transaction, one trace."""

from .amendments import NothingProposed, OwnAmendment, propose_amendment, take_stance, withdraw_amendment
from .comments import make_comment, resolve_comment
from .decisions import (
    AlreadyAnswered,
    ArticleMissing,
    WordsMeet,
    accept_amendment,
    merge_amendments,
    refuse_amendment,
)
from .workshops import (
    AlreadyOpen,
    AmendmentsWaiting,
    WorkshopClosed,
    change_closing_day,
    close_workshop,
    open_workshop,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyOpen",
    "AmendmentsWaiting",
    "ArticleMissing",
    "NothingProposed",
    "OwnAmendment",
    "WordsMeet",
    "WorkshopClosed",
    "accept_amendment",
    "change_closing_day",
    "close_workshop",
    "make_comment",
    "merge_amendments",
    "open_workshop",
    "propose_amendment",
    "refuse_amendment",
    "resolve_comment",
    "take_stance",
    "withdraw_amendment",
]
