"""Days as French writes them: the first of a month is « 1er », the others plain numbers."""

from django.utils import formats
from django.utils.translation import get_language


def with_first(value, form):
    """The format that writes ``value``: ``form``, but for a first of the month in French."""
    form = form or formats.get_format("DATE_FORMAT")
    is_first = getattr(value, "day", None) == 1 and (get_language() or "").startswith("fr")
    return form.replace("j F", r"j\e\r F") if is_first else form


def date_format(value, form=None):
    """As Django's, with « 1er ». ``value`` is a day, or a moment already in local time."""
    return formats.date_format(value, with_first(value, form))
