"""What a group is, what it does: one module a subject."""

from .groups import Group, GroupMember, JoinRequest, OfGroupQuerySet, PartnerInvitation, ResidentSeat
from .meetings import ActionPoint, AgendaItem, Meeting, MinutesReading, Presence
from .polls import DateAnswer, DateOption, DatePoll

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "DateAnswer",
    "DateOption",
    "DatePoll",
    "Group",
    "GroupMember",
    "JoinRequest",
    "Meeting",
    "MinutesReading",
    "OfGroupQuerySet",
    "PartnerInvitation",
    "Presence",
    "ResidentSeat",
]
