"""What can be done: the letter and what one receives, the first steps of a signatory, passing a territory on."""

from .choices import choose
from .first_steps import say_contacted, send_first_steps
from .letters import send_letters
from .succession import (
    AlreadyAnswered,
    NotForYou,
    accept_succession,
    propose_succession,
    withdraw_succession,
)

__all__ = [
    "AlreadyAnswered",
    "NotForYou",
    "accept_succession",
    "choose",
    "propose_succession",
    "say_contacted",
    "send_first_steps",
    "send_letters",
    "withdraw_succession",
]
