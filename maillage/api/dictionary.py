"""The data dictionary: every resource and every field, read from the schemas. `/donnees/` and docs/data show it."""

import dataclasses
import typing

from django.db.models import Choices
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from .catalogue import CHANGES, RESOURCES
from .columns import inner_schema, is_list
from .location import Asked, LocationFilters, PointLine, location
from .schemas import Named, Paging, Place

KINDS = {
    "str": _("texte"),
    "int": _("nombre entier"),
    "float": _("nombre"),
    "bool": _("vrai ou faux"),
    "date": _("jour"),
    "datetime": _("moment"),
    "UUID": _("texte"),
}
SHARED = {
    Place: (_("lieu"), _("liste de lieux")),
    Named: (_("organisation nommée"), _("liste d’organisations nommées")),
}
"""What many fields hold: told once."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One field or parameter, in words. ``values``: what it may be, with their labels; empty where it is free."""

    name: str
    kind: str
    about: str
    values: tuple = ()

    @property
    def sentence(self):
        """All of it but its name."""
        values = ", ".join(f"{value or '–'} ({label})" for value, label in self.values)
        return f"{self.about} ({self.kind})" + (f" : {values}" if values else "")


def fields(schema):
    """The fields of ``schema``, those of what they hold included, as `Entry`, in the language of the reader."""
    for name, field in schema.model_fields.items():
        yield Entry(name, _kind(field.annotation), gettext(field.description or ""), _values(field))
        inner = inner_schema(field.annotation)
        for entry in fields(inner) if inner and inner not in SHARED else ():
            yield dataclasses.replace(entry, name=f"{name}.{entry.name}")


def parameters(filters):
    """The parameters that are this resource's own."""
    for name, field in filters.model_fields.items():
        if name not in Paging.model_fields:
            values = tuple(filter(None, _literals(field.annotation)))
            yield name, gettext(field.description or ""), ", ".join(values)


def _kind(annotation):
    inner = inner_schema(annotation)
    if inner in SHARED:
        one, several = SHARED[inner]
        return gettext(several if is_list(annotation) else one)
    if is_list(annotation):
        return gettext("liste")
    if inner:
        return gettext("objet")
    if _literals(annotation):
        return gettext("un mot parmi")
    parts = (annotation, *typing.get_args(annotation))
    return gettext(next(KINDS[part.__name__] for part in parts if getattr(part, "__name__", "") in KINDS))


def _values(field):
    choices = next(_choices(field), None)
    return tuple((value, str(label)) for value, label in choices.choices) if choices else ()


def _choices(field):
    """The enumeration of ours that `one_of` left beside the values, wherever it is nested."""
    yield from (mark for mark in field.metadata if _is_choices(mark))
    parts = [field.annotation]
    while parts:
        part = parts.pop()
        yield from (mark for mark in getattr(part, "__metadata__", ()) if _is_choices(mark))
        parts += typing.get_args(part)


def _is_choices(mark):
    return isinstance(mark, type) and issubclass(mark, Choices)


def _literals(annotation):
    if typing.get_origin(annotation) is typing.Literal:
        return typing.get_args(annotation)
    return next(filter(None, (_literals(part) for part in typing.get_args(annotation))), ())


def described():
    """(resource, its fields, its own parameters) for each resource."""
    return [(resource, list(fields(resource.schema)), list(parameters(resource.filters))) for resource in RESOURCES]


def shared():
    """(what it is called, its fields) for what many fields hold."""
    return [(gettext(one), list(fields(schema))) for schema, (one, _several) in SHARED.items()]


def located():
    """(fields of the answer, parameters) of `localisation`."""
    return [*fields(Asked), *fields(PointLine)], list(parameters(LocationFilters))


def as_markdown():
    """The table of docs/data/open-data.md, in French."""
    with override("fr"):
        parts = [_section(f"`{one.name}`", one.about, *rest) for one, *rest in described()]
        answer, asked = located()
        parts.append(_section("`localisation`", location.__doc__, answer, asked))
        parts += [_section(f"Un objet « {name} »", "", entries, ()) for name, entries in shared()]
        changes = "\n".join(f"- {day.isoformat()} : {gettext(words)}" for day, words in CHANGES)
        return "\n".join([*parts, "## Ce qui a changé\n", changes, ""])


def _section(title, about, entries, asked):
    lines = [f"## {title}\n", *([f"{gettext(about)}\n"] if about else []), "| champ | ce que c’est |", "|---|---|"]
    lines += [f"| `{entry.name}` | {entry.sentence.replace('|', '/')} |" for entry in entries]
    if asked:
        lines += ["", "| paramètre | ce qu’il fait |", "|---|---|"]
        lines += [f"| `{name}` | {about}{f' : {values}' if values else ''} |" for name, about, values in asked]
    return "\n".join([*lines, ""])
