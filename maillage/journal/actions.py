"""Writing down what was done. A thin face on Wagtail's log, so the back office's history shows it."""

from wagtail.log_actions import log


def record(verb, obj, *, actor, at, **details):
    """Write down that ``actor`` did ``verb`` to ``obj`` at the moment ``at``.

    ``verb`` is declared by its app in `wagtail_hooks.py` (`register_log_actions`). ``actor`` is None for the
    program itself. ``details`` are small JSON values; never a person's name or address.
    """
    known = actor if actor is not None and actor.is_authenticated else None
    return log(obj, verb, user=known, timestamp=at, data=details or None)
