from .duplicates import Distinction
from .networks import Network, NetworkMembership, NetworkRole
from .organisation import Exchange, Organisation, OrganisationTheme, Theme
from .people import Mandate, Membership, TerritoryRole

__all__ = [
    "Distinction",
    "Exchange",
    "Mandate",
    "Membership",
    "Network",
    "NetworkMembership",
    "NetworkRole",
    "Organisation",
    "OrganisationTheme",
    "TerritoryRole",
    "Theme",
]
