"""Being forgotten, handing over before leaving, and what is not kept for ever. One function, one transaction."""

from .forgetting import SoleManager, forget_person
from .inactivity import follow_inactive_accounts
from .stale import purge_stale

__all__ = [
    "SoleManager",
    "follow_inactive_accounts",
    "forget_person",
    "purge_stale",
]
