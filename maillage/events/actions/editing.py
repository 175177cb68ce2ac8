"""The row that an action changes, locked, after asking whether one may."""

from django.core.exceptions import PermissionDenied

from ..models import Event
from ..permissions import can_edit


def edited_by(event, actor):
    """The event's row, locked; raises PermissionDenied where ``actor`` may not change it."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not can_edit(actor, event):
        raise PermissionDenied
    return event
