"""The file of members that a network keeps: a CSV, as spreadsheets write it. Bytes in, rows out; nothing else."""

import csv
import io
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.territories.folding import fold

MOST_BYTES = 2_000_000
MOST_LINES = 10_000
LONGEST = {"name": 200, "identifier": 40, "commune": 100}
NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
SEPARATORS = (";", ",", "\t")
HEADERS = {
    "name": "nom|name|association|nom de l association|structure|organisation|denomination|raison sociale|membre",
    "rna": "rna|numero rna|n rna|no rna|w|numero w|identifiant rna|waldec",
    "siret": "siret|numero siret|n siret|siren|numero siren|siren siret|siret siren|n siren",
    "commune": "commune|ville|localite|commune du siege|ville du siege|libelle commune",
}
"""What a column may be called, folded: accents, case and punctuation aside. Other columns are not read."""


class MembersRefused(ValidationError):
    """A file that cannot be read as a list of members; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One member as written: ``line`` of the file, from 1; ``identifier`` its RNA, else its SIRET or SIREN."""

    line: int
    name: str
    identifier: str
    commune: str


def read_members(content):
    """The `Row`s of ``content`` (bytes): UTF-8 or cp1252; semicolons, commas or tabulations; columns by their names.

    Raises MembersRefused, with a sentence for people: another kind of file, too long, no known column, broken quotes.
    """
    text = _decoded(content)
    columns, reader = _opened(text)
    rows, last = [], 1
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                rows.append(_row(line, cells, columns))
            if len(rows) > MOST_LINES:
                raise MembersRefused(
                    _("Ce fichier a plus de %(most)d lignes : partagez-le en plusieurs.") % {"most": MOST_LINES}
                )
    except csv.Error as error:
        raise MembersRefused(
            _("Ligne %(line)d : ce fichier ne peut pas être lu comme un tableau CSV (%(reason)s).")
            % {"line": reader.line_num, "reason": error}
        ) from None
    if not rows:
        raise MembersRefused(_("Ce fichier n’a que des titres de colonnes : aucune association n’y est."))
    return rows


def _decoded(content):
    if len(content) > MOST_BYTES:
        raise MembersRefused(_("Ce fichier dépasse 2 Mo : ce n’est sans doute pas une liste de membres."))
    if not content.strip():
        raise MembersRefused(_("Ce fichier est vide."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise MembersRefused(
            _("Ce n’est pas un fichier CSV. Dans votre tableur : Enregistrer sous, puis choisissez « CSV ».")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or NEVER_IN_TEXT.search(content):
        raise MembersRefused(_("Ce fichier n’est pas du texte en UTF-8 : enregistrez-le au format CSV UTF-8."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _opened(text):
    """({field: place}, reader of the rows after the header) with the separator that names the most columns."""
    best, columns = None, {}
    for separator in SEPARATORS:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        found = _columns(header)
        if len(found) > len(columns):
            best, columns = separator, found
    if "name" not in columns and not columns.keys() & {"rna", "siret"}:
        raise MembersRefused(
            _(
                "Aucune colonne n’est reconnue. La première ligne doit donner leurs noms : « Nom » ; « RNA » ou"
                " « SIRET » ; « Commune »."
            )
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best, strict=True)
    next(reader)
    return columns, reader


def _columns(header):
    found = {}
    for place, title in enumerate(header[:200]):
        for field, names in HEADERS.items():
            if field not in found and fold(title) in names.split("|"):
                found[field] = place
    return found


def _row(line, cells, columns):
    def cell(field):
        place = columns.get(field)
        return " ".join(cells[place].split()) if place is not None and place < len(cells) else ""

    return Row(
        line=line,
        name=cell("name")[: LONGEST["name"]],
        identifier=(cell("rna") or cell("siret"))[: LONGEST["identifier"]],
        commune=cell("commune")[: LONGEST["commune"]],
    )
