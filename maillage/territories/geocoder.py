"""Client of the public geocoder (Géoplateforme, BAN data): an address in, a point out. Off unless it is configured.

The service takes 50 requests a second from one address, then answers 429 for some seconds.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from .asking import BadAddress, NotUnderstood, Refused, Silent, ask_json
from .refusals import GeocoderUnavailable

LEAST_SCORE = 0.5
MOST_CHARACTERS = 200
PRECISIONS = {"housenumber": "address", "street": "street", "locality": "street", "municipality": "commune"}


@dataclass(frozen=True, slots=True)
class GeocodedAddress:
    """``precision`` is "address", "street" or "commune"; degrees, WGS84; ``score`` from 0.5 to 1."""

    longitude: float
    latitude: float
    label: str
    precision: str
    score: float
    citycode: str


def is_configured():
    return bool(settings.GEOCODER_URL)


def geocode(text):
    """The best answer for ``text`` with a score of at least 0.5, None where there is none. One request goes out.

    Raises GeocoderUnavailable, in French, where the service is off, silent, saturated or not understood.
    """
    if not is_configured():
        raise GeocoderUnavailable(_("La recherche d’adresses n’est pas activée ici."))
    query = " ".join(text.split())[:MOST_CHARACTERS]
    if not any(character.isalnum() for character in query):
        return None
    answer = _ask({"q": query, "limit": 1, "autocomplete": 0, "index": "address"})
    try:
        features = answer["features"]
        return _read(features[0]) if features else None
    except (TypeError, ValueError, LookupError, AttributeError):
        raise _not_understood() from None


def _read(feature):
    properties = feature["properties"]
    longitude, latitude = (float(value) for value in feature["geometry"]["coordinates"][:2])
    score = float(properties["score"])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError
    precision = PRECISIONS.get(properties.get("type"))
    if score < LEAST_SCORE or precision is None:
        return None
    return GeocodedAddress(
        longitude=longitude,
        latitude=latitude,
        label=str(properties["label"]),
        precision=precision,
        score=score,
        citycode=str(properties.get("citycode") or ""),
    )


def _ask(parameters):
    address = f"{settings.GEOCODER_URL.rstrip('/')}/search"
    try:
        return ask_json(address, parameters, seconds=settings.GEOCODER_TIMEOUT_SECONDS)
    except BadAddress:
        raise GeocoderUnavailable(_("L’adresse du service de recherche d’adresses est mal réglée.")) from None
    except Refused as refusal:
        raise _refused(refusal.status) from None
    except Silent:
        raise GeocoderUnavailable(
            _("Le service de recherche d’adresses ne répond pas. Réessayez plus tard, ou donnez la commune.")
        ) from None
    except NotUnderstood:
        raise _not_understood() from None


def _refused(status):
    if status == 429:
        return GeocoderUnavailable(
            _("Le service de recherche d’adresses reçoit trop de demandes. Réessayez dans quelques secondes.")
        )
    return GeocoderUnavailable(
        _("Le service de recherche d’adresses a refusé la demande (réponse %(status)d).") % {"status": status}
    )


def _not_understood():
    return GeocoderUnavailable(_("La réponse du service de recherche d’adresses n’est pas compréhensible."))
