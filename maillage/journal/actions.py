"""Writing down what was done, in Wagtail's log, so the back office's history shows it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.log_actions import get_active_log_context, registry
from wagtail.models import ModelLogEntry


def record(verb, obj, *, actor, at, **details):
    """Write down that ``actor`` did ``verb`` to ``obj`` at the moment ``at``; returns the entry.

    ``verb`` is declared by its app in `wagtail_hooks.py` (`register_log_actions`); LookupError otherwise. ``actor``
    is None for the program itself. ``details`` are small JSON values; never a person's name or address.
    """
    if not registry.action_exists(verb):
        raise LookupError(f"{verb!r} is not declared in the wagtail_hooks.py of its app.")
    known = actor if actor is not None and actor.is_authenticated else None
    around = get_active_log_context()
    entry = ModelLogEntry(
        content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
        object_id=str(obj.pk),
        label=ModelLogEntry.objects.get_instance_title(obj),
        action=verb,
        timestamp=at,
        data=details,
        user=known or around.user,
        uuid=around.uuid,
    )
    # Django's own save, with its signals: Wagtail's asks the database twice more whether these rows are there.
    Model.save(entry, force_insert=True)
    return entry
