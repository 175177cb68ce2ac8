"""What can be done to an organisation and to the people who act in its name."""

from .handover import follow_mandates, hand_over, take_over
from .joining import NotTheSame, absorb, archive, say_distinct
from .profiles import (
    AlreadyClaimed,
    AlreadyConfirmed,
    AlreadyHere,
    AlreadyMember,
    CrossesTheWall,
    LastManager,
    add_member,
    appoint_coordinator,
    change_organisation,
    claim_organisation,
    confirm_mandate,
    confirm_organisation,
    create_and_claim,
    create_organisation,
    declare_mandate,
    end_membership,
    renew_mandate,
    take_on,
)
from .refreshing import follow_profiles, refresh_profile
from .writing import NotReachable, why_not_reachable, write_to

__all__ = [
    "AlreadyClaimed",
    "AlreadyConfirmed",
    "AlreadyHere",
    "AlreadyMember",
    "CrossesTheWall",
    "LastManager",
    "NotReachable",
    "NotTheSame",
    "absorb",
    "add_member",
    "appoint_coordinator",
    "archive",
    "change_organisation",
    "claim_organisation",
    "confirm_mandate",
    "confirm_organisation",
    "create_and_claim",
    "create_organisation",
    "declare_mandate",
    "end_membership",
    "follow_mandates",
    "follow_profiles",
    "hand_over",
    "refresh_profile",
    "renew_mandate",
    "say_distinct",
    "take_on",
    "take_over",
    "why_not_reachable",
    "write_to",
]
