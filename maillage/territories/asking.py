"""Asking a public service that answers in JSON: one request, bounded in time and size, and why it did not answer."""

import json
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

from django.conf import settings

MOST_BYTES = 1_000_000


class NoAnswer(Exception):
    """The service did not answer what was asked."""


class BadAddress(NoAnswer):
    """The setting that names the service is no web address."""


class Refused(NoAnswer):
    """It refused; `status` is what it answered, 429 where it is asked too often."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Silent(NoAnswer):
    """It did not answer in time, or at all."""


class NotUnderstood(NoAnswer):
    """It answered something else than JSON."""


def ask_json(address, parameters, *, seconds):
    """What ``address`` answers to ``parameters``, read from JSON. Raises a `NoAnswer`."""
    if not address.startswith(("https://", "http://")):
        raise BadAddress
    request = urllib.request.Request(  # noqa: S310  the scheme is checked above
        f"{address}?{urllib.parse.urlencode(parameters)}",
        headers={"User-Agent": f"Maillage ({settings.SITE_ADDRESS})", "Accept": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310
            return json.loads(response.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        # It holds the connection open until somebody closes it.
        error.close()
        raise Refused(error.code) from None
    except (OSError, HTTPException):
        raise Silent from None
    except (ValueError, RecursionError):
        raise NotUnderstood from None
