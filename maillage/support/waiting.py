"""What waits for whoever keeps the directory of support."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.ui.lines import Line

from .permissions import can_edit, edits_somewhere
from .queries import to_check


def waiting_for(user, *, today):
    """What was reported, or is to be checked again, where this person edits: one line."""
    if not edits_somewhere(user):
        return []
    due = to_check(user, today, lambda one: can_edit(user, one))
    if not due:
        return []
    key = f"support-{len(due)}-{sum(len(reports) for _one, reports in due)}"
    return [Line(_("Des aides à vérifier"), due[0][0].body, reverse("support:to-check"), key)]


def news_for(user, *, since, until):
    """Nothing: what changed is read when it is needed."""
    return []
