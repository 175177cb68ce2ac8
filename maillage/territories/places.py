"""From what a person types (coordinates, an address, a commune) to a point."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .folding import fold
from .geocoder import geocode, is_configured
from .models import Territory
from .refusals import GeocoderUnavailable, PlaceNotFound

COORDINATES = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)")
LONGEST_NAME = 9
"""Words of the longest commune name that is looked for in a text."""


@dataclass(frozen=True, slots=True)
class Place:
    """``precision`` is "point", "address", "street" or "commune" (then the point is the commune's centre).

    ``notice`` says in French why a more precise answer could not be had.
    """

    longitude: float
    latitude: float
    label: str
    precision: str
    notice: str = ""


def find_place(text):
    """The point that ``text`` designates: `longitude,latitude`, or an address, or a commune.

    The public geocoder is asked where it is configured; where it is off, fails or does not know, the commune found
    by postcode or name in the text is the answer. Raises PlaceNotFound.
    """
    coordinates = COORDINATES.fullmatch(text.replace("−", "-").strip())
    if coordinates:
        longitude, latitude = (float(number) for number in coordinates.groups())
        return Place(longitude, latitude, f"{longitude}, {latitude}", "point")
    notice = _("Adresse précise non recherchée : la recherche d’adresses n’est pas activée ici.")
    if is_configured():
        try:
            found = geocode(text)
        except GeocoderUnavailable as unavailable:
            notice = str(unavailable)
        else:
            if found is not None:
                return Place(found.longitude, found.latitude, found.label, found.precision)
            notice = _("Adresse précise non trouvée.")
    commune = commune_named_in(text)
    if commune is None or commune.longitude is None:
        raise PlaceNotFound(
            _(
                "Ni adresse ni commune reconnue dans « %(text)s ». Ajoutez le code postal et la commune, ou donnez"
                " une longitude et une latitude : 2.3530,48.8845"
            )
            % {"text": text[:100]}
        )
    label = f"{commune.name} ({commune.code})"
    return Place(commune.longitude, commune.latitude, label, "commune", notice)


def commune_named_in(text):
    """The commune that an address names, by postcode and name, else by name alone; None where there is none.

    Among communes of one name without a postcode, the most populated. An arrondissement rather than its city where
    the postcode says which.
    """
    words = fold(text).split()
    for postcode in re.findall(r"(?<!\d)\d{5}(?!\d)", text):
        commune = _with_postcode(postcode, f" {' '.join(words)} ")
        if commune is not None:
            return commune
    return _with_name(words)


def _with_postcode(postcode, folded):
    candidates = list(
        Territory.objects.communes()
        .filter(postcodes__contains=postcode, longitude__isnull=False)
        .select_related("mother_commune")
    )
    named = [row for row in candidates if any(f" {name} " in folded for name in _names(row))]
    if not named:
        return candidates[0] if len(candidates) == 1 else None
    return max(named, key=lambda row: (row.mother_commune_id is not None, len(row.search_name)))


def _names(commune):
    names = [commune.search_name]
    if commune.mother_commune:
        names.append(commune.mother_commune.search_name)
    return names


def _with_name(words):
    """The longest run of words that is a commune's name, the last one in the text: an address ends with it."""
    runs = {
        " ".join(words[start:stop]): (stop - start, stop)
        for stop in range(1, min(len(words), 60) + 1)
        for start in range(max(0, stop - LONGEST_NAME), stop)
    }
    found = Territory.objects.communes().filter(search_name__in=runs, longitude__isnull=False)
    return max(found, key=lambda row: (*reversed(runs[row.search_name]), row.population or 0, row.code), default=None)
