"""Pages that stop somebody for a moment, and keep what was typed."""

import datetime
import math

from django.shortcuts import render
from django.utils import timezone

from .robots import OPENED, TRAP, opened_now

A_MINUTE = 60


def too_many(request, exception=None, *, seconds=A_MINUTE):
    """429: when to come back, and a button that sends again what was typed."""
    minutes = max(1, math.ceil(seconds / 60))
    context = {
        "minutes": minutes,
        "back_at": timezone.localtime(timezone.now() + datetime.timedelta(minutes=minutes)),
        **_what_was_sent(request),
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(math.ceil(seconds))
    response["Cache-Control"] = "no-store"
    return response


def are_you_a_person(request):
    """For whoever fell into a trap made for robots: one button, and on."""
    response = render(request, "ui/are_you_a_person.html", _what_was_sent(request), status=422)
    response["Cache-Control"] = "no-store"
    return response


def _what_was_sent(request):
    kept = []
    if request.method == "POST":
        ours = {"csrfmiddlewaretoken", TRAP, OPENED}
        kept = [(name, values) for name, values in request.POST.lists() if name not in ours]
        if OPENED in request.POST or TRAP in request.POST:
            kept.append((OPENED, [opened_now()]))
    return {
        "address": request.get_full_path(),
        "kept": kept,
        "had_file": bool(request.FILES),
        # A page without cookie stays without: its form has no token.
        "has_token": not getattr(request.resolver_match.func, "csrf_exempt", False),
    }
