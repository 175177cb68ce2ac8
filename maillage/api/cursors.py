"""Where a page stops and the next one starts: opaque, signed, and good for one resource only."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q

from .problems import bad_cursor


def write(resource, order, row):
    """The cursor after ``row``, an instance, in the ``order`` of fields of this resource."""
    values = [_plain(_read(row, field)) for field in order]
    return signing.Signer(salt=f"maillage.api.{resource}").sign_object(values, compress=True)


def after(found, resource, order, cursor):
    """What of ``found`` comes after ``cursor``. Raises a Problem where it was forged, cut, or is another's."""
    try:
        values = signing.Signer(salt=f"maillage.api.{resource}").unsign_object(cursor)
        if not isinstance(values, list):
            raise bad_cursor()
        values = [_field(found.model, field).to_python(value) for field, value in zip(order, values, strict=True)]
    except (signing.BadSignature, ValueError, TypeError, ValidationError):
        raise bad_cursor() from None
    later = Q()
    for number, field in enumerate(order):
        same = dict(zip(order[:number], values, strict=False))
        later |= Q(**same, **{f"{field}__gt": values[number]})
    return found.filter(later)


def _read(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _field(model, path):
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
