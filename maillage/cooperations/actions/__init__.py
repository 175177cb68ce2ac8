"""What can be done in a cooperation: one module a subject."""

from .cooperations import NEXT, edit_cooperation, move_stage, propose_cooperation, publish_cooperation
from .following import (
    add_contribution,
    add_finding,
    add_milestone,
    keep_milestone,
    remove_contribution,
    remove_finding,
    share_entry,
    write_entry,
)
from .looking_back import (
    StoryHasChanged,
    answer_review,
    close_review,
    edit_story,
    enter_resident_answer,
    open_review,
    prepare_story,
)
from .partners import (
    AlreadyThere,
    answer_invitation,
    ask_to_take_part,
    invite_partner,
    leave,
    pass_lead,
    settle_request,
)

__all__ = [
    "NEXT",
    "AlreadyThere",
    "StoryHasChanged",
    "add_contribution",
    "add_finding",
    "add_milestone",
    "answer_invitation",
    "answer_review",
    "ask_to_take_part",
    "close_review",
    "edit_cooperation",
    "edit_story",
    "enter_resident_answer",
    "invite_partner",
    "keep_milestone",
    "leave",
    "move_stage",
    "open_review",
    "pass_lead",
    "prepare_story",
    "propose_cooperation",
    "publish_cooperation",
    "remove_contribution",
    "remove_finding",
    "settle_request",
    "share_entry",
    "write_entry",
]
