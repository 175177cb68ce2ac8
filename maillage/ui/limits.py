"""How often may one network, one person, one address do this? Counted in the cache that all workers share.

The limits themselves are declared in one place, `config/settings/limits.py`.
"""

import ipaddress
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files import locks
from django.utils import timezone
from django.utils.crypto import salted_hmac

RATE = re.compile(r"(\d+)/(\d*)([smhd])/(network|person|address|recipient)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Rate:
    most: int
    seconds: int
    per: str


@lru_cache
def read_rates(text):
    """`30/m/network,5/10m/address` as a tuple of `Rate`; nothing for an empty text: no limit."""
    rates = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        found = RATE.fullmatch(item)
        if not found:
            raise ImproperlyConfigured(f"{item!r} is not a rate: write it as 30/m/network or 5/10m/address.")
        most, number, unit, per = found.groups()
        rates.append(Rate(int(most), int(number or 1) * SECONDS[unit], per))
    return tuple(rates)


def client_address(request):
    """The reader's address: the one that connects or, behind proxies of ours, the one that the first of them saw."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(forwarded):
        try:
            return str(ipaddress.ip_address(forwarded[-trusted]))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (a socket has no address)


def network_of(address):
    """The address itself or, in IPv6, the /64 that one household or one building has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{found}/64", strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def seconds_to_wait(request, name):
    """0, and this attempt is counted; or how long until the limit ``name`` lets another one pass."""
    counted = [(_key(name, rate, who), rate) for rate in _rates(name) if (who := _who(request, rate.per))]
    if not counted:
        return 0
    now = timezone.now().timestamp()
    with _one_at_a_time():
        past = cache.get_many([key for key, _rate in counted])
        moments = {key: [at for at in past.get(key, ()) if at > now - rate.seconds] for key, rate in counted}
        waits = [
            moments[key][-rate.most] + rate.seconds - now for key, rate in counted if _is_full(moments[key], rate)
        ]
        if not waits:
            for key, rate in counted:
                cache.set(key, [*moments[key], now], rate.seconds)
    return max(1, round(max(waits))) if waits else 0


def _is_full(moments, rate):
    return len(moments) >= rate.most > 0


def _rates(name):
    return read_rates(settings.LIMITS[name]["rates"])


def _who(request, per):
    if per == "network":
        return network_of(client_address(request))
    if per == "person":
        return str(request.user.pk) if request.user.is_authenticated else ""
    if per == "recipient":
        return "/".join(map(str, request.resolver_match.kwargs.values()))
    return request.POST.get("email", "").strip().lower()[:254]


def _key(name, rate, who):
    """No address is kept in clear."""
    return f"limit:{name}:{rate.seconds}:{rate.per}:{salted_hmac('maillage.limits', who).hexdigest()[:24]}"


@contextmanager
def _one_at_a_time():
    """Two workers that count at the same moment both count."""
    with open(Path(settings.VAR) / "limits.lock", "a") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
