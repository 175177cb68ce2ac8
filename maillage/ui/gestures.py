"""What a page does with an action: says what was done, or what was refused and why."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone

from .forms import add_refusal


def did(request, action, /, *args, said, **kwargs):
    """Calls ``action`` as the reader, now, and says ``said``, or what was refused instead. Whether it was done."""
    try:
        action(*args, actor=request.user, at=timezone.now(), **kwargs)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, said)
    return True


def made_by(request, form, action, /, *args, **kwargs):
    """What ``action`` gives, called as the reader, now; None where it refuses: said beside the fields of ``form``."""
    try:
        return action(*args, actor=request.user, at=timezone.now(), **kwargs)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
