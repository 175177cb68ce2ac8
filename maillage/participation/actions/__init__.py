"""What can be done with residents' voices."""

from .answering import answer_need, close_need, let_go, reopen_need, take_up
from .deposit import deposit_voice, note_voice, take_back
from .duties import forget_old_voices
from .looking import set_aside, share_voice, tell_in_own_language
from .mediators import appoint_mediator, end_mediation
from .needs import group_voices, hide_need, reword_need, show_need, ungroup_voice

__all__ = [
    "answer_need",
    "appoint_mediator",
    "close_need",
    "deposit_voice",
    "end_mediation",
    "forget_old_voices",
    "group_voices",
    "hide_need",
    "let_go",
    "note_voice",
    "reopen_need",
    "reword_need",
    "set_aside",
    "share_voice",
    "show_need",
    "take_back",
    "take_up",
    "tell_in_own_language",
    "ungroup_voice",
]
