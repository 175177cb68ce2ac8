"""A row of the official file becomes a record: what is kept, cleaned; what is never kept is never read.

Quirks of the real files: null dates (0001-01-01, 0000-00-00; 1901-07-01 as date of publication), codes without their
leading zeros, apostrophes lost to '?', HTML entities, short titles that are the title cut at 35 characters.
"""

import datetime
import html
import re
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import nomenclature
from .numbers import FORMER_RNA, RNA, SIRET, normalise
from .refusals import RegisterRefused, RowRejected

# What is read, and the names of its column in the layouts known: `rna_waldec` (and its aggregate), `rna_import`.
COLUMNS = {
    "number": ("id",),
    "siret": ("siret",),
    "title": ("titre",),
    "short_title": ("titre_court",),
    "object": ("objet",),
    "object_code": ("objet_social1",),
    "object_code_2": ("objet_social2",),
    "commune_code": ("adrs_codeinsee",),
    "postcode": ("adrs_codepostal",),
    "commune": ("adrs_libcommune", "libcom"),
    "created": ("date_creat",),
    "declared": ("date_decla",),
    "published": ("date_publi",),
    "dissolved": ("date_disso",),
    "grouping": ("groupement",),
    "position": ("position",),
    "updated": ("maj_time",),
}
NEEDED = ("number", "title", "object", "position", "postcode", "commune")
LONGEST_TITLE = 500
LONGEST_OBJECT = 5000

_LOST_APOSTROPHE = re.compile(r"\b([cdjlmnstCDJLMNST]|[Qq]u|QU)\?(?=\w)")
# Arrondissements are counted with their commune too: whoever looks for Paris means all of it.
_WHOLE_COMMUNE = {**{f"751{n:02}": "75056" for n in range(1, 21)}, **{f"6938{n}": "69123" for n in range(1, 10)}}
_WHOLE_COMMUNE.update({f"132{n:02}": "13055" for n in range(1, 17)})


class Record(NamedTuple):
    """One association as the register tells it; dates in ISO form, '' where unknown."""

    number: str
    siret: str
    title: str
    short_title: str
    object: str
    object_code: str
    object_code_2: str
    commune_code: str
    commune: str
    postcode: str
    created: str
    declared: str
    published: str
    dissolved: str
    last_sign: str
    """The latest of its declarations and of the updates of its row."""
    grouping: str
    position: str


class _Dates(dict):
    """What a text says as a date, remembered: the files hold millions, of which a few thousand differ."""

    def __init__(self, latest):
        super().__init__()
        self.latest = latest

    def __missing__(self, text):
        day = text.strip()[:10]
        try:
            found = day if "1700" < day <= self.latest and datetime.date.fromisoformat(day) else ""
        except ValueError:
            found = ""
        self[text] = found
        return found


class _Remembered(dict):
    """What ``clean`` makes of a text, remembered: codes and communes come back all the time."""

    MOST = 100_000

    def __init__(self, clean):
        super().__init__()
        self._clean = clean

    def __missing__(self, text):
        if len(self) > self.MOST:
            self.clear()
        self[text] = found = self._clean(text)
        return found


class Layout:
    """Where each column is in one file: by its name in the header, never by its place."""

    def __init__(self, header, *, latest):
        names = [name.strip().strip('"').lower() for name in header]
        where = {}
        for field, known in COLUMNS.items():
            where[field] = next((names.index(name) for name in known if name in names), None)
        missing = [COLUMNS[field][0] for field in NEEDED if where[field] is None]
        if missing:
            raise RegisterRefused(
                _("ce n’est pas un fichier du répertoire national des associations : colonnes absentes, %(names)s")
                % {"names": ", ".join(missing)}
            )
        self.width = len(names)
        # A column that this layout lacks is read from the empty cell that `read` adds at the end.
        self._pick = itemgetter(*(len(names) if place is None else place for place in where.values()))
        self._dates = _Dates(latest)
        self._codes = _Remembered(_object_code)
        self._communes = _Remembered(_clean)
        self._places = _Remembered(_place_code)
        self._postcodes = _Remembered(_postcode)

    def read(self, row):
        """The Record of ``row``; None where the association moved to the present register.

        Raises RowRejected, in French.
        """
        row.append("")
        (number, siret, title, short, purpose, code, code_2, insee, postcode, commune,
         created, declared, published, dissolved, grouping, position, updated) = self._pick(row)  # fmt: skip
        position = position.strip().upper()[:1] or "I"
        if position == nomenclature.TAKEN_OVER:
            return None
        number = number if RNA.fullmatch(number) else _number(number)
        title = _clean(title)[:LONGEST_TITLE]
        short = _short(_clean(short), title)
        if not title:
            if not short:
                raise RowRejected(_("l’association n’a pas de titre"))
            title, short = short, ""
        dates = self._dates
        created, declared = dates[created], dates[declared]
        return Record(
            number,
            _siret(siret) if siret else "",
            title,
            short,
            _clean(purpose)[:LONGEST_OBJECT],
            self._codes[code],
            self._codes[code_2],
            self._places[insee],
            self._communes[commune],
            self._postcodes[postcode],
            created,
            declared,
            "" if published == "1901-07-01" else dates[published],
            dates[dissolved],
            max(created, declared, dates[updated[:10]]),
            grouping.strip().upper()[:1],
            position,
        )


def _number(text):
    number = normalise(text)
    if RNA.fullmatch(number) or FORMER_RNA.fullmatch(number):
        return number
    if not number:
        raise RowRejected(_("il n’y a pas de numéro"))
    raise RowRejected(_("« %(number)s » n’est pas un numéro d’association") % {"number": text[:40]})


def _clean(text):
    if "&" in text:
        text = html.unescape(text)
    if "?" in text:
        text = _LOST_APOSTROPHE.sub(r"\1’", text)
    if "  " in text or "\n" in text or "\t" in text or "\u00a0" in text:
        return " ".join(text.split())
    return text.strip()


def _short(short, title):
    """The acronym; nothing where it only repeats the title, whole or cut."""
    if short == title or (short.endswith("...") and title.startswith(short[:-3].rstrip())):
        return ""
    return short[:100]


def _siret(text):
    number = normalise(text)
    return number if SIRET.fullmatch(number) else ""


def _object_code(text):
    """With its six figures; '' where there is none."""
    code = text.strip()
    good = code.isascii() and code.isdigit() and len(code) <= 6 and int(code)
    return code.zfill(6) if good else ""


def _place_code(text):
    code = text.strip().upper()
    if len(code) == 4 and code.isdigit():
        code = "0" + code
    return code if len(code) == 5 and code.isalnum() and code.isascii() else ""


def _postcode(text):
    code = text.strip()
    if len(code) == 4 and code.isdigit():
        code = "0" + code
    return code if len(code) == 5 and code.isdigit() and code.isascii() else ""


def departement_of(commune_code, postcode):
    """The département that the commune, or failing that the postcode, lies in: '75', '2A', '974'; '' if unknown."""
    code = commune_code or postcode
    if code[:2] in {"97", "98"}:
        return code[:3]
    if not commune_code and code[:2] == "20":
        return "2A" if code < "20200" else "2B"
    return code[:2]


def filters(record):
    """What a search can be narrowed to, as marked words: commune (its city too), département, families, state."""
    marks = [f"p{record.position}"]
    if record.commune_code:
        marks.append(f"c{record.commune_code}")
        if record.commune_code in _WHOLE_COMMUNE:
            marks.append(f"c{_WHOLE_COMMUNE[record.commune_code]}")
    departement = departement_of(record.commune_code, record.postcode)
    if departement:
        marks.append(f"d{departement}")
    if record.object_code:
        marks.append(f"f{record.object_code[:3]}")
    if record.object_code_2 and record.object_code_2[:3] != record.object_code[:3]:
        marks.append(f"f{record.object_code_2[:3]}")
    return " ".join(marks)
