"""What can be done in a group: one module a subject."""

from .agenda import add_items, move_item, remove_item
from .groups import close_group, create_group, edit_group
from .meetings import (
    answer_invitation,
    cancel_meeting,
    edit_meeting,
    plan_meeting,
    send_invitations,
    share_meeting,
)
from .members import (
    AlreadyThere,
    add_member,
    add_seat,
    ask_to_join,
    end_member,
    end_partner,
    end_seat,
    invite_partner,
    set_member,
    settle_join_request,
)
from .minutes import (
    NotesHaveChanged,
    hold_meeting,
    read_minutes,
    save_notes,
    settle_correction,
    tick_presence,
    validate_minutes,
    validate_read_minutes,
)
from .points import add_point, close_point, remind_points, reopen_point
from .polls import answer_poll, choose_date, open_poll

__all__ = [
    "AlreadyThere",
    "NotesHaveChanged",
    "add_items",
    "add_member",
    "add_point",
    "add_seat",
    "answer_invitation",
    "answer_poll",
    "ask_to_join",
    "cancel_meeting",
    "choose_date",
    "close_group",
    "close_point",
    "create_group",
    "edit_group",
    "edit_meeting",
    "end_member",
    "end_partner",
    "end_seat",
    "hold_meeting",
    "invite_partner",
    "move_item",
    "open_poll",
    "plan_meeting",
    "read_minutes",
    "remind_points",
    "remove_item",
    "reopen_point",
    "save_notes",
    "send_invitations",
    "set_member",
    "settle_correction",
    "settle_join_request",
    "share_meeting",
    "tick_presence",
    "validate_minutes",
    "validate_read_minutes",
]
