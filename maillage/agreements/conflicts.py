"""Two people wrote at once: what is kept now beside what the second one typed."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from maillage.charters.differences import word_differences
from maillage.ui.days import date_format


def clauses_beside(kept, typed):
    """[(title, runs)] of each article that differs: ``kept`` and ``typed`` are lists of (title, text).

    Articles of one title are compared, then those that are left, in their order. What was typed reads as added.
    """
    left = list(kept)
    pairs = []
    for title, text in typed:
        same = next((one for one in left if one[0] == title), None)
        if same:
            left.remove(same)
        pairs.append((same, (title, text)))
    rest = iter(left)
    pairs = [(before or next(rest, None), after) for before, after in pairs]
    pairs += [(before, None) for before in rest]
    return [(_title(before, after), _runs(before, after)) for before, after in pairs if before != after]


def _title(before, after):
    titles = dict.fromkeys(one[0] for one in (before, after) if one)
    return " → ".join(titles)


def _runs(before, after):
    return word_differences(before[1] if before else "", after[1] if after else "")


def payments_beside(kept, typed):
    """The same of lists of (day, euros)."""

    def line(row):
        return gettext("%(day)s : %(euros)s €") % {"day": date_format(row[0], "j F Y"), "euros": row[1]}

    if kept == typed:
        return []
    runs = word_differences("\n".join(map(line, kept)), "\n".join(map(line, typed)))
    return [(gettext("Les versements"), runs)]


def facts_beside(form, kept):
    """[(label, runs)] of each field of ``form`` (cleaned) whose value is not the one of ``kept``, an agreement."""
    rows = []
    for name, value in form.cleaned_data.items():
        if name == "edition" or value == getattr(kept, name):
            continue
        label = str(form.fields[name].label).capitalize()
        rows.append((label, word_differences(_told(getattr(kept, name)), _told(value))))
    return rows


def _told(value):
    if value is None or value == "":
        return gettext("rien")
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    return value if isinstance(value, str) else number_format(value)
