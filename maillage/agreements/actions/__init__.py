"""What can be done with an agreement. One function, one transaction, one trace."""

from .drafting import (
    AlreadyChanged,
    add_attachment,
    change_agreement,
    change_clauses,
    change_instalments,
    name_party,
    remove_attachment,
    remove_party,
)
from .living import end_agreement, follow_agreements, note_payment, show_to_coordination
from .reviewing import approve, ask_change, drop_agreement, open_review, settle_change, take_back
from .signing import forget_in_agreements, sign_agreement
from .starting import start_agreement

__all__ = [
    "AlreadyChanged",
    "add_attachment",
    "approve",
    "ask_change",
    "change_agreement",
    "change_clauses",
    "change_instalments",
    "drop_agreement",
    "end_agreement",
    "follow_agreements",
    "forget_in_agreements",
    "name_party",
    "note_payment",
    "open_review",
    "remove_attachment",
    "remove_party",
    "settle_change",
    "show_to_coordination",
    "sign_agreement",
    "start_agreement",
    "take_back",
]
