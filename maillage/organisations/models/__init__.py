from .duplicates import Distinction
from .member_lists import MemberLine, MemberList
from .networks import Network, NetworkMembership, NetworkRole
from .organisation import Exchange, Organisation, OrganisationTheme, Theme
from .people import Mandate, Membership, TerritoryRole
from .words import OrganisationWord

__all__ = [
    "Distinction",
    "Exchange",
    "Mandate",
    "MemberLine",
    "MemberList",
    "Membership",
    "Network",
    "NetworkMembership",
    "NetworkRole",
    "Organisation",
    "OrganisationTheme",
    "OrganisationWord",
    "TerritoryRole",
    "Theme",
]
