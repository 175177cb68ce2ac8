"""Reading official files of the register: a zip of CSV files or one CSV, whatever its encoding, row by row.

A row that cannot be read costs itself alone: where a quote was left open, reading starts again at the line after it.
"""

import codecs
import csv
import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .records import Layout
from .refusals import RegisterRefused, RowRejected

BLOCK = 1 << 20
MOST_BYTES = 6_000_000_000
"""Unpacked: five times the register of 2026."""
MOST_MEMBERS = 600
MOST_RATIO = 60
"""Unpacked to packed: the official zip is at 3; what is made to fill disks, at 1,000."""
SMALL = 20_000_000
"""Below, a high ratio does no harm."""


@dataclass(frozen=True)
class Part:
    """One CSV: its name, its size in bytes once unpacked, and how to open it."""

    name: str
    size: int
    open: object


@contextmanager
def parts_of(path):
    """The CSV files of ``path``, a zip or a CSV. Raises RegisterRefused, in French."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                yield _members(archive, path.stat().st_size)
        else:
            _refuse_other_kinds(start)
            if path.stat().st_size > MOST_BYTES:
                raise _too_large()
            yield [Part(path.name, path.stat().st_size, lambda: path.open("rb"))]
    except FileNotFoundError:
        raise RegisterRefused(_("Il n’y a pas de fichier %(path)s.") % {"path": path}) from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise RegisterRefused(_("L’archive zip est abîmée ou incomplète : téléchargez-la de nouveau.")) from None
    except (RuntimeError, NotImplementedError):
        raise RegisterRefused(_("L’archive zip est chiffrée ou d’un format inconnu.")) from None
    except IsADirectoryError:
        raise RegisterRefused(_("%(path)s est un dossier : donnez un fichier.") % {"path": path}) from None


def _refuse_other_kinds(start):
    if not start:
        raise RegisterRefused(_("Le fichier est vide."))
    if start == b"PAR1" or start[:2] in {b"\x1f\x8b", b"PK", b"\xff\xfe", b"\xfe\xff"} or start[:1] in b"{[<%":
        raise RegisterRefused(_("Ce fichier n’est ni le zip officiel du répertoire, ni un CSV."))


def _too_large():
    return RegisterRefused(
        _("Une fois ouvert, ce fichier dépasserait %(limit)d Go : ce n’est pas le répertoire.")
        % {"limit": MOST_BYTES // 1_000_000_000}
    )


def _members(archive, packed):
    members = [info for info in archive.infolist() if re.search(r"(^|/)[^./][^/]*\.csv$", info.filename.lower())]
    total = sum(info.file_size for info in members)
    if (
        total > MOST_BYTES
        or len(archive.infolist()) > MOST_MEMBERS
        or (total > SMALL and total > MOST_RATIO * packed)
    ):
        raise RegisterRefused(
            _("Cette archive s’ouvrirait en %(size)d Mo et %(files)d fichiers : ce n’est pas le répertoire.")
            % {"size": total // 1_000_000, "files": len(archive.infolist())}
        )
    if not members:
        raise RegisterRefused(_("L’archive zip ne contient aucun fichier CSV."))
    members.sort(key=lambda info: info.filename)
    return [
        Part(info.filename.rsplit("/", 1)[-1], info.file_size, lambda info=info: archive.open(info))
        for info in members
    ]


class _Lines:
    """The lines of a CSV, decoded; remembers those of the record being read, so that they can be given back."""

    def __init__(self, blocks):
        self._blocks = blocks
        self._waiting = iter(())
        self._given_back = []
        self.number = 0
        self.taken = []

    def __iter__(self):
        return self

    def __next__(self):
        if self._given_back:
            line = self._given_back.pop()
        else:
            line = next(self._waiting, None)
            while line is None:
                self._waiting = iter(next(self._blocks))
                line = next(self._waiting, None)
        self.number += 1
        self.taken.append(line)
        return line

    def keep_only_the_first(self):
        """Give back all lines of this record but the first."""
        again = self.taken[1:]
        self.number -= len(again)
        self._given_back += reversed(again)


def _decode(block):
    """Strict UTF-8 where it is; else line by line, cp1252 for those that are not (files before 2023)."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        text = "".join(map(_decode_line, block.splitlines(keepends=True)))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    if "\0" in text:
        raise RegisterRefused(_("ce n’est pas du texte"))
    return text


def _decode_line(line):
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _blocks(file, advance):
    """Lists of lines, each with its line break."""
    rest = b""
    first = True
    while block := file.read(BLOCK):
        advance(len(block))
        if first:
            block, first = block.removeprefix(codecs.BOM_UTF8), False
        whole, found, tail = block.rpartition(b"\n")
        if not found:
            rest += block
            if len(rest) > 8 * BLOCK:
                raise RegisterRefused(_("ce n’est pas un tableau : il n’a pas de lignes"))
            continue
        lines = _decode(rest + whole).split("\n")
        yield [line + "\n" for line in lines]
        rest = tail
    if rest:
        yield [line + "\n" for line in _decode(rest).split("\n")]


def read_part(part, *, latest, reject, advance=lambda count: None):
    """(line, record) of ``part``, None for those taken over; ``reject(line, reason)`` for each row left aside.

    ``advance`` is told of the bytes read. Raises RegisterRefused where the whole file is of another kind.
    """
    with part.open() as file:
        lines = _Lines(_blocks(file, advance))
        header = next(lines, "")
        delimiter = _delimiter(header)
        layout = Layout(next(csv.reader([header], delimiter=delimiter)), latest=latest)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        read, width, taken = layout.read, layout.width, lines.taken
        while True:
            taken.clear()
            try:
                row = next(reader)
                if len(row) == width:
                    yield lines.number - len(taken) + 1, read(row)
                elif row:
                    raise RowRejected(
                        _("%(count)d colonnes au lieu de %(width)d") % {"count": len(row), "width": width}
                    )
            except StopIteration:
                return
            except (csv.Error, RowRejected) as reason:
                line = lines.number - len(taken) + 1
                if isinstance(reason, csv.Error):
                    reason = _("un guillemet n’est pas refermé, ou la ligne est illisible")
                    lines.keep_only_the_first()
                elif len(row) < width:
                    lines.keep_only_the_first()
                reject(line, str(reason))


def _delimiter(header):
    for delimiter, name in ((";", ""), (",", ""), ("\t", _("des tabulations")), ("|", _("des barres verticales"))):
        if re.search(rf"(^|{re.escape(delimiter)})\"?titre\"?({re.escape(delimiter)}|\s*$)", header, re.IGNORECASE):
            if delimiter in header and name:
                raise RegisterRefused(
                    _("les colonnes sont séparées par %(name)s : on attend des points-virgules, ou des virgules")
                    % {"name": name}
                )
            if delimiter in header:
                return delimiter
    return ";" if header.count(";") >= header.count(",") else ","
