"""Rows of official files as they are published, read into checked records. Nothing here knows the database."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import geometry, vintages
from .refusals import FileRefused, GeometryRefused

CODE_FORM = re.compile(r"[0-9A-Z]{2,12}")
COMMUNE_CODE_FORM = re.compile(r"\d{5}|2[AB]\d{3}")
NOT_A_COMMUNE = {"commune-deleguee", "commune-associee"}
ABSENT = {"", "NA", "N/A", "NULL"}


@dataclass(frozen=True, slots=True)
class Named:
    """An official code, and the name that goes with it where the file gives it."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NeighbourhoodRecord:
    code: str
    name: str
    communes: tuple[Named, ...]
    """With a code in the 2024 files, with a name alone in those of 2015; empty where the file says nothing."""
    departement: Named | None
    region: Named | None
    epci: Named | None
    longitude: float
    latitude: float
    wkb: bytes
    area_m2: int
    drawing: geometry.Drawing
    repaired: bool


@dataclass(frozen=True, slots=True)
class CommuneRecord:
    code: str
    name: str
    postcodes: str
    departement: Named | None
    region: Named | None
    epci: Named | None
    mother: str
    population: int | None
    longitude: float | None
    latitude: float | None


def read_neighbourhoods(features, *, vintage, progress=None):
    """A record for each GeoJSON feature, in the file's order; property names of 2015 and of 2024 both known.

    Raises FileRefused, with the number of the feature and its code, at the first one that cannot be trusted.
    ``progress`` is called with (done, total).
    """
    if not features:
        raise FileRefused(_("Le fichier ne contient aucun quartier."))
    rows = [_properties(feature, number) for number, feature in enumerate(features, 1)]
    if not any("code_qp" in row for row in rows):
        raise FileRefused(
            _(
                "Ce fichier ne décrit pas des quartiers prioritaires : aucun objet n’a de propriété code_qp"
                " (2024) ni CODE_QP (2015)."
            )
        )
    records, numbers = [], {}
    for number, (row, feature) in enumerate(zip(rows, features, strict=True), 1):
        code = _neighbourhood_code(row, number, vintage)
        if code in numbers:
            raise FileRefused(
                _("Objet n° %(number)d (%(code)s) : ce code est déjà celui de l’objet n° %(first)d.")
                % {"number": number, "code": code, "first": numbers[code]}
            )
        numbers[code] = number
        records.append(_neighbourhood(row, feature.get("geometry"), code, number))
        if progress:
            progress(number, len(features))
    return records


def _properties(feature, number):
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise FileRefused(_("Objet n° %(number)d : ce n’est pas un objet GeoJSON.") % {"number": number})
    return {str(key).lower(): value for key, value in properties.items()}


def _neighbourhood_code(row, number, vintage):
    code = _text(row, "code_qp").upper()
    if not code:
        raise FileRefused(_("Objet n° %(number)d : il n’a pas de code.") % {"number": number})
    if not CODE_FORM.fullmatch(code):
        raise FileRefused(
            _("Objet n° %(number)d : « %(code)s » n’est pas un code de quartier.")
            % {"number": number, "code": code[:40]}
        )
    if vintages.vintage_of(code) not in {None, vintage}:
        raise FileRefused(
            _(
                "Objet n° %(number)d (%(code)s) : ce code est du millésime %(found)d, et non %(asked)d :"
                " vérifiez --vintage ou le fichier."
            )
            % {"number": number, "code": code, "found": vintages.vintage_of(code), "asked": vintage}
        )
    return code


def _neighbourhood(row, border, code, number):
    name = _text(row, "lib_qp", "nom_qp")[:200]
    if not name:
        raise FileRefused(_("Objet n° %(number)d (%(code)s) : il n’a pas de nom.") % {"number": number, "code": code})
    try:
        shaped, repaired = geometry.read_multipolygon(border)
    except GeometryRefused as refusal:
        raise FileRefused(
            _("Objet n° %(number)d (%(code)s) : %(reason)s.") % {"number": number, "code": code, "reason": refusal}
        ) from None
    longitude, latitude = geometry.inner_point(shaped)
    return NeighbourhoodRecord(
        code=code,
        name=name,
        communes=_communes_of(row),
        departement=_named(row, "insee_dep", "lib_dep", digits=2),
        region=_named(row, "insee_reg", "lib_reg", digits=2),
        epci=_named(row, "siren_epci", "lib_epci"),
        longitude=longitude,
        latitude=latitude,
        wkb=geometry.to_wkb(shaped),
        area_m2=geometry.area_m2(shaped),
        drawing=geometry.draw(shaped),
        repaired=repaired,
    )


def _communes_of(row):
    """The communes of a neighbourhood; several are separated by a comma or a semicolon, according to the file."""
    codes = [code.upper().zfill(5) for code in _split(_text(row, "insee_com"))]
    names = _split(_text(row, "lib_com", "commune_qp"))
    if not codes:
        return tuple(Named("", name) for name in names)
    if len(names) != len(codes):
        names = [""] * len(codes)
    return tuple(Named(code, name) for code, name in zip(codes, names, strict=True))


def _split(text):
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


def _text(row, *keys):
    for key in keys:
        value = str(row.get(key) if row.get(key) is not None else "").strip()
        if value.upper() not in ABSENT:
            return value
    return ""


def _named(row, code_key, name_key, *, digits=0):
    code = _text(row, code_key).upper().zfill(digits)
    return Named(code, _text(row, name_key)[:200]) if code.strip("0") else None


def read_communes(rows):
    """A record for each row of geo.api.gouv.fr/communes, and how many delegated or associated communes were left out.

    `departement`, `region` and `epci` may be objects (`{code, nom}`) or codes alone. Raises FileRefused with the
    number of the row.
    """
    if not rows:
        raise FileRefused(_("Le fichier ne contient aucune commune."))
    records, numbers, left_out = [], {}, 0
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.get("code") or not row.get("nom"):
            raise FileRefused(_("Ligne n° %(number)d : une commune a un code et un nom.") % {"number": number})
        if row.get("type") in NOT_A_COMMUNE:
            left_out += 1
            continue
        record = _commune(row, number)
        if record.code in numbers:
            raise FileRefused(
                _("Ligne n° %(number)d (%(code)s) : ce code est déjà celui de la ligne n° %(first)d.")
                % {"number": number, "code": record.code, "first": numbers[record.code]}
            )
        numbers[record.code] = number
        records.append(record)
    return records, left_out


def _commune(row, number):
    code = str(row["code"]).strip().upper()
    if not COMMUNE_CODE_FORM.fullmatch(code):
        raise FileRefused(
            _("Ligne n° %(number)d : « %(code)s » n’est pas un code de commune.")
            % {"number": number, "code": code[:40]}
        )
    longitude, latitude = _centre(row, number, code)
    population = row.get("population")
    if population is not None and (type(population) is not int or population < 0):
        raise FileRefused(
            _("Ligne n° %(number)d (%(code)s) : la population n’est pas un nombre entier.")
            % {"number": number, "code": code}
        )
    return CommuneRecord(
        code=code,
        name=str(row["nom"]).strip()[:200],
        postcodes=_postcodes(row.get("codesPostaux")),
        departement=_holder(row, "departement", "codeDepartement"),
        region=_holder(row, "region", "codeRegion"),
        epci=_holder(row, "epci", "codeEpci"),
        mother=str(row.get("commune") or "").strip(),
        population=population,
        longitude=longitude,
        latitude=latitude,
    )


def _holder(row, key, code_key):
    value = row.get(key)
    if isinstance(value, dict) and value.get("code"):
        return Named(str(value["code"]).strip(), str(value.get("nom") or "").strip()[:200])
    code = str(row.get(code_key) or (value if isinstance(value, str) else "")).strip()
    return Named(code) if code else None


def _postcodes(value):
    """Several postcodes may stand in one text ("75001 75002"); order kept, each once, separated by a space."""
    parts = value if isinstance(value, list) else [value or ""]
    codes = [code for part in parts for code in str(part).replace(",", " ").split()]
    return " ".join(dict.fromkeys(codes))[:400]


def _centre(row, number, code):
    centre = row.get("centre")
    if centre is None:
        return None, None
    try:
        longitude, latitude = (float(value) for value in centre["coordinates"])
    except (TypeError, ValueError, KeyError):
        longitude = latitude = 999.0
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise FileRefused(
            _("Ligne n° %(number)d (%(code)s) : son centre n’est pas en longitude et latitude.")
            % {"number": number, "code": code}
        )
    return longitude, latitude


def read_population(rows, *, column):
    """Residents by neighbourhood code, and the codes whose figure is not published ("", "NA", "s").

    ``rows`` are (line number, dictionary). Raises FileRefused with the number of the line.
    """
    figures, unpublished = {}, []
    for line, row in rows:
        code, value = (row.get("code_qp") or "").strip().upper(), (row.get(column) or "").strip()
        if not code and not value:
            continue
        if not CODE_FORM.fullmatch(code) or code in figures:
            raise FileRefused(
                _("Ligne %(line)d : le code « %(code)s » manque, est illisible ou apparaît deux fois.")
                % {"line": line, "code": code[:40]}
            )
        if value.upper() in {*ABSENT, "S", "NS"}:
            unpublished.append(code)
            continue
        digits = re.sub(r"[\s\u00a0\u202f]", "", value)
        if not re.fullmatch(r"\d{1,8}(\.0+)?", digits):
            raise FileRefused(
                _("Ligne %(line)d (%(code)s) : « %(value)s » n’est pas un nombre d’habitants.")
                % {"line": line, "code": code, "value": value[:40]}
            )
        figures[code] = int(float(digits))
    if not figures:
        raise FileRefused(_("Le fichier ne donne la population d’aucun quartier."))
    return figures, unpublished


def some(codes, *, most=10):
    """The first codes of a list, in words."""
    shown = ", ".join(codes[:most])
    left = len(codes) - most
    if left <= 0:
        return shown
    return shown + " " + ngettext("et %(left)d autre", "et %(left)d autres", left) % {"left": left}
