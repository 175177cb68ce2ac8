"""What a group is, what it does: one module a subject."""

from .decisions import Decision, Proposal, Statement, Vote, VoteOption
from .groups import Group, GroupMember, JoinRequest, OfGroupQuerySet, PartnerInvitation, ResidentSeat
from .meetings import ActionPoint, AgendaItem, Meeting, MinutesReading, Presence
from .polls import DateAnswer, DateOption, DatePoll

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "DateAnswer",
    "DateOption",
    "DatePoll",
    "Decision",
    "Group",
    "GroupMember",
    "JoinRequest",
    "Meeting",
    "MinutesReading",
    "OfGroupQuerySet",
    "PartnerInvitation",
    "Presence",
    "Proposal",
    "ResidentSeat",
    "Statement",
    "Vote",
    "VoteOption",
]
