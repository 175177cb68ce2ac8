"""Importing the national register: read whole, built beside the one in use, then put in its place in one move."""

import datetime
import re
import secrets
import sqlite3
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import snapshots
from .building import Builder
from .reading import parts_of, read_part
from .refusals import RegisterRefused

MOST_REPORTED = 10_000
_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


@dataclass
class Report:
    """What an import did: rows kept, rows that moved to the present register, rows left aside with their reason."""

    vintage: str = ""
    kept: int = 0
    taken_over: int = 0
    rejections: int = 0
    rejected: list = field(default_factory=list)
    """(file, line, reason) of the first MOST_REPORTED."""

    def reject(self, file, line, reason):
        self.rejections += 1
        if len(self.rejected) < MOST_REPORTED:
            self.rejected.append((file, line, reason))


def import_register(fetch, *, at, progress=lambda done, total, rows: None):
    """Build a snapshot of the file that ``fetch(folder)`` gives and put it in use; returns the Report.

    ``fetch`` returns a path (a download goes to ``folder``, which disappears) and the source to show.
    ``progress`` is told of the bytes read, of all, and of the rows. The site goes on reading the former snapshot.
    Raises RegisterRefused, in French; the former snapshot then stays as it was.
    """
    try:
        return _import(fetch, at=at, progress=progress)
    except sqlite3.Error as error:
        raise RegisterRefused(_("Le répertoire n’a pas pu être écrit : %(reason)s.") % {"reason": error}) from None


def _import(fetch, *, at, progress):
    report = Report()
    with snapshots.building() as place:
        path, source = fetch(place)
        built = place / "snapshot"
        built.mkdir()
        with parts_of(path) as parts, Builder(built) as builder:
            builder.add(_records(parts, report, at=at, progress=progress))
            report.kept = builder.count
            _refuse_what_is_mostly_wrong(report)
            report.vintage = _vintage([source, *(part.name for part in parts)], builder)
            builder.finish(facts=_facts(report, source=source, at=at), rejected=report.rejected)
        snapshots.put_in_use(built, f"{report.vintage.replace('-', '')}-{secrets.token_hex(3)}")
    return report


def _records(parts, report, *, at, progress):
    """The records of all ``parts``, each number once: the first wins."""
    seen = set()
    total = sum(part.size for part in parts)
    latest = (at + datetime.timedelta(days=1)).date().isoformat()
    done = 0

    def advance(count):
        nonlocal done
        done += count
        progress(done, total, len(seen))

    for part in parts:
        reject = _rejecter(report, part.name)
        try:
            for line, record in read_part(part, latest=latest, reject=reject, advance=advance):
                if record is None:
                    report.taken_over += 1
                    continue
                # A number takes a third of the memory of a text.
                key = int(record.number, 36)
                if key in seen:
                    reject(line, _("le numéro %(number)s est déjà venu") % {"number": record.number})
                    continue
                seen.add(key)
                yield record
        except RegisterRefused as refusal:
            raise RegisterRefused(f"{part.name} : {refusal}.") from None


def _rejecter(report, name):
    return lambda line, reason: report.reject(name, line, reason)


def _refuse_what_is_mostly_wrong(report):
    if not report.kept:
        raise RegisterRefused(_("Aucune association n’a pu être lue%(first)s.") % {"first": _first_reason(report)})
    if report.rejections > report.kept:
        raise RegisterRefused(
            _("Plus de la moitié des lignes sont illisibles%(first)s.") % {"first": _first_reason(report)}
        )


def _first_reason(report):
    if not report.rejected:
        return ""
    return _(" ; la première : %(file)s, ligne %(line)d, %(reason)s") % dict(
        zip(("file", "line", "reason"), report.rejected[0], strict=True)
    )


def _vintage(names, builder):
    """The day that a name tells (rna_waldec_20261001), else the latest day that a row tells."""
    for name in names:
        for found in _DAY.finditer(name):
            try:
                return datetime.date(*map(int, found.groups())).isoformat()
            except ValueError:
                continue
    return builder.latest_sign()


def _facts(report, *, source, at):
    return {
        "format": snapshots.FORMAT,
        "vintage": report.vintage,
        "source": source,
        "imported_at": at.isoformat(),
        "rows": report.kept,
        "rejected": report.rejections,
    }
