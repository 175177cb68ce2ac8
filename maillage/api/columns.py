"""A line of a resource as cells of a table: the same names as in JSON, nested ones joined by an underscore."""

import typing
from functools import cache

SEPARATOR = " | "


@cache
def _plan(schema):
    """(name, the schema it holds if it is one thing, whether it is several) of each field: read once, not a row."""
    found = []
    for name, field in schema.model_fields.items():
        several = is_list(field.annotation)
        found.append((name, None if several else inner_schema(field.annotation), several))
    return found


@cache
def header(schema):
    """The names of the columns: what is one thing keeps its fields, what is several is one column."""
    names = []
    for name, inner, _several in _plan(schema):
        names += [f"{name}_{column}" for column in header(inner)] if inner else [name]
    return names


def cells(schema, line):
    """The cells of ``line`` (a dict), in the order of `header`."""
    found = []
    for name, inner, several in _plan(schema):
        value = line[name]
        if inner:
            found += cells(inner, value) if value else [""] * len(header(inner))
        elif several:
            found.append(SEPARATOR.join(_one(item) for item in value))
        else:
            found.append(value if type(value) in {int, float} else _word(value))
    return found


def inner_schema(annotation):
    """The schema that a field holds, one or many, possibly none; None for a field of plain values."""
    if isinstance(annotation, type):
        return annotation if hasattr(annotation, "model_fields") else None
    return next(filter(None, (inner_schema(part) for part in typing.get_args(annotation))), None)


def is_list(annotation):
    return typing.get_origin(annotation) is list


def _one(item):
    """Of several things, each is told by what distinguishes it, in one cell."""
    if not isinstance(item, dict):
        return _word(item)
    return " ".join(filter(None, (_word(value) for value in item.values())))


def _word(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
