"""What is done with case studies, comments and pages kept for later; who edits what."""

from .assents import (
    LinkIsOver,
    NothingToAgree,
    answer_assent,
    ask_assents,
    publish_case,
    publish_when_agreed,
    withdraw_assent,
)
from .cases import REVIEW_AFTER, copy_into_cooperation, follow_cases, free_slug, tell_cooperation
from .people import appoint_editor, comment, end_editor, keep_for_later, let_go, settle_comment

__all__ = [
    "REVIEW_AFTER",
    "LinkIsOver",
    "NothingToAgree",
    "answer_assent",
    "appoint_editor",
    "ask_assents",
    "comment",
    "copy_into_cooperation",
    "end_editor",
    "follow_cases",
    "free_slug",
    "keep_for_later",
    "let_go",
    "publish_case",
    "publish_when_agreed",
    "settle_comment",
    "tell_cooperation",
    "withdraw_assent",
]
