"""A zip that a person can read: JSON a subject, CSV where a table helps, and a page that says what is inside."""

import csv
import io
import itertools
import json
import tempfile
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext

from maillage.charters.exports import safe_cell
from maillage.ui.days import date_format

IN_MEMORY = 5_000_000
"""Bytes; what is larger waits on the disk, in a file without a name."""
MOST_ROWS = 5_000
"""A subject: nobody has that many, and a page must end."""


class Archive:
    """Fill it, then `finish`: a binary file at its beginning, to be streamed and forgotten."""

    def __init__(self, *, at):
        self.at = at
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._contents, self._notes = [], []

    def add_json(self, name, content, about):
        """``content``: a dict, or an iterable of dicts of which the first `MOST_ROWS` are written."""
        if not isinstance(content, dict):
            content = self._most(name, content)
        text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        self.add(name, text.encode(), about)

    def add_table(self, name, rows, about):
        """``rows`` (dicts of the same keys) as ``name``.json and ``name``.csv (UTF-8 with BOM, semicolons)."""
        rows = self._most(name, rows)
        self.add_json(f"{name}.json", rows, about)
        text = io.StringIO()
        if rows:
            writer = csv.writer(text, delimiter=";")
            writer.writerow(rows[0])
            writer.writerows([_cell(value) for value in row.values()] for row in rows)
        self.add(f"{name}.csv", ("\ufeff" + text.getvalue()).encode(), about)

    def add(self, name, content, about):
        moment = timezone.localtime(self.at)
        info = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._zip.writestr(info, content)
        self._contents.append((name, about))

    def note(self, sentence):
        """Something the reader must know: what was left out, and how to get it."""
        self._notes.append(sentence)

    def finish(self, *, title, introduction):
        moment = date_format(timezone.localtime(self.at), "j F Y, H:i")
        lines = [title, "=" * len(title), "", gettext("Fait le %(moment)s.") % {"moment": moment}, "", introduction]
        lines += ["", gettext("Ce que contient ce dossier"), ""]
        lines += [f"- {name} : {about}" for name, about in self._contents]
        lines += [
            "",
            gettext("Les fichiers .json et .csv sont du texte, en UTF-8 ; les dates sont à l’heure universelle."),
        ]
        lines += [f"\n{note}" for note in self._notes]
        self.add("LISEZMOI.txt", ("\n".join(str(line) for line in lines) + "\n").encode(), "")
        self._zip.close()
        self._file.seek(0)
        return self._file

    def _most(self, name, rows):
        rows = list(itertools.islice(rows, MOST_ROWS + 1))
        if len(rows) > MOST_ROWS:
            self.note(
                gettext("%(name)s s’arrête aux %(count)s premières lignes.") % {"name": name, "count": MOST_ROWS}
            )
        return rows[:MOST_ROWS]


def _cell(value):
    return "" if value is None else safe_cell(value.isoformat() if hasattr(value, "isoformat") else value)


def one_line_each(content):
    """A dict as a CSV of two columns, for who would rather read it in a spreadsheet; lists are told in words."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(("champ", "valeur"))
    writer.writerows((name, _cell(_in_words(value))) for name, value in content.items())
    return ("\ufeff" + text.getvalue()).encode()


def _in_words(value):
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part is not None)
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else value
