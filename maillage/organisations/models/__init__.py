from .duplicates import Distinction
from .networks import Network, NetworkMembership, NetworkRole
from .organisation import Organisation, OrganisationTheme, Theme
from .people import Mandate, Membership, TerritoryRole

__all__ = [
    "Distinction",
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
