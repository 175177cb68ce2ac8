"""Keeping the index true: told anew on each change, compared and mended once a day."""

import logging
import threading

from django.db import transaction
from django.utils import translation

from maillage.national_register.analysis import words
from maillage.organisations.audiences import anybody

from .models import Entry
from .sources import BY_KIND, SOURCES
from .terms import scope, terms_of

logger = logging.getLogger(__name__)

AT_ONCE = 300
_thread = threading.local()


def tell_anew(kind, pks):
    """Once what is being written is committed, these things are found by what they say then, and no more if they are
    gone. Called by the receivers, many times in one action: all are told together.
    """
    _pending().setdefault(kind, {}).update(dict.fromkeys(pks))
    # Asked each time: what an action that failed left behind must not keep the next one from being told.
    transaction.on_commit(_tell_pending, robust=True)


def forget(kind, pks):
    """These are deleted: they leave the index in the same transaction."""
    Entry.objects.filter(kind=kind, object_id__in=pks).delete()


def _pending():
    if not hasattr(_thread, "pending"):
        _thread.pending = {}
    return _thread.pending


def _tell_pending():
    pending, _thread.pending = _pending(), {}
    for kind, pks in pending.items():
        write_entries(BY_KIND[kind], list(pks))


def write_entries(source, pks):
    """Write the entries of these rows anew, in this order; rows that nobody may find any more have none."""
    for start in range(0, len(pks), AT_ONCE):
        batch = pks[start : start + AT_ONCE]
        with transaction.atomic():
            # First, so that whoever writes the same ones at the same time waits, and reads what is then true.
            Entry.objects.filter(kind=source.kind, object_id__in=batch).delete()
            made = _entries_of(source, batch)
            Entry.objects.bulk_create(
                [made[pk] for pk in batch if pk in made],
                update_conflicts=True,
                unique_fields=["kind", "object_id"],
                update_fields=["is_open", "terms", "title_length"],
            )


def _entries_of(source, pks):
    """{number of a row: its `Entry`, not saved}, as the rows are now."""
    rows = source.with_all(source.rows().filter(pk__in=pks).order_by())
    public = set(source.readable(anybody()).filter(pk__in=pks).order_by().values_list("pk", flat=True))
    found = {}
    # Found in the language of the country, whoever saves.
    with translation.override("fr"):
        for row in rows:
            told = source.tell(row)
            found[row.pk] = Entry(
                kind=source.kind,
                object_id=row.pk,
                is_open=row.pk in public,
                terms=terms_of(told, scope(source, is_open=row.pk in public)),
                title_length=len(words(told.title)),
            )
    return found


def mend(source):
    """Compare the index of ``source`` with its rows, and write what differs; returns how many entries did."""
    pks = list(source.rows().values_list("pk", flat=True))
    known = set(pks)
    here = Entry.objects.filter(kind=source.kind)
    stale = [pk for pk in here.values_list("object_id", flat=True) if pk not in known]
    for start in range(0, len(stale), AT_ONCE):
        forget(source.kind, stale[start : start + AT_ONCE])
    changed = []
    for start in range(0, len(pks), AT_ONCE):
        batch = pks[start : start + AT_ONCE]
        kept = dict(here.filter(object_id__in=batch).values_list("object_id", "terms"))
        made = _entries_of(source, batch)
        changed += [pk for pk in batch if pk in made and kept.get(pk) != made[pk].terms]
    write_entries(source, changed)
    return len(stale) + len(changed)


def mend_index(*, at):
    """A daily duty: what was written in bulk, or moved with a date, is found as it is; returns how many differed."""
    return sum(mend(source) for source in SOURCES)
