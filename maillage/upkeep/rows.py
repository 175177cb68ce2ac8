"""Rows in and out of the database, as lines of JSON that both databases read."""

import base64
import contextlib
import datetime
import json

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from wagtail.fields import StreamField

LEFT_OUT = {"sessions", "modelsearch", "wagtailsearch"}
"""Apps whose rows are made again: people sign in anew, the editorial search index is rebuilt."""
BATCH = 500


def kept_models():
    """Every table that a backup holds, joining tables included, in a steady order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label)


@contextlib.contextmanager
def snapshot():
    """Inside, every read sees the database as it was at one moment, and nobody who writes waits."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            # DEFERRED, unlike the site's own transactions: a reader of the write-ahead log locks nobody out.
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def dump(model):
    """The rows of ``model``, one JSON list a line, in the order of `columns(model)`."""
    names = columns(model)
    fields = [model._meta.get_field(name) for name in names]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        values = [_out(field, value) for field, value in zip(fields, row, strict=True)]
        yield json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")) + "\n"


def columns(model):
    return [field.attname for field in model._meta.local_concrete_fields]


def _out(field, value):
    if isinstance(field, models.BinaryField) and value is not None:
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime.datetime):
        # The encoder would cut microseconds, and a restored moment would not be the one that was saved.
        return value.isoformat()
    if isinstance(field, StreamField):
        return field.get_prep_value(value)
    return value


def load(model, names, lines):
    """Write the rows in ``lines`` (as `dump` makes them, of the columns ``names``); returns how many."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    batch, count = [], 0
    for line in lines:
        values = {name: _in(fields[name], value) for name, value in zip(names, json.loads(line), strict=True)}
        batch.append(model(**values))
        count += 1
        if len(batch) >= BATCH:
            _write(model, batch)
            batch = []
    _write(model, batch)
    return count


def _in(field, value):
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if field.remote_field is not None:
        return field.target_field.to_python(value)
    return field.to_python(value)


def _write(model, batch):
    if model._meta.parents:
        # A row that continues its parent's: the parent's own row comes from its own table.
        for row in batch:
            row.save_base(raw=True, force_insert=True)
    elif batch:
        model._base_manager.bulk_create(batch, batch_size=BATCH)


def empty_tables():
    """Take every row out of every kept table, inside the caller's transaction."""
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def reset_sequences():
    """Numbers given from now on follow the ones that were loaded."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
