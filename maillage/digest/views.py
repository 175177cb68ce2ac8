"""What one receives by e-mail: choosing, and stopping in one click from a message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.messaging.actions import accept_again, is_refused, refuse
from maillage.messaging.kinds import Category
from maillage.messaging.links import open_stop_link
from maillage.messaging.models import Refusal

from . import actions
from .forms import ChoicesForm
from .models import DigestPreference, Weekday


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    """One page for everything that may be sent to this person."""
    preference = DigestPreference.objects.visible_to(request.user).first()
    refused = set(Refusal.objects.filter(address__iexact=request.user.email).values_list("category", flat=True))
    initial = {
        "wanted": [category.value for category in Category if category not in refused],
        "weekday": preference.weekday if preference else Weekday.TUESDAY,
    }
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.choose(request.user, **form.cleaned_data, at=timezone.now())
        messages.success(request, gettext("C’est noté."))
        return redirect("digest:choices")
    return render(request, "digest/choices.html", {"form": form, "preference": preference})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, link):
    """The page of the link at the foot of a message. Opening it changes nothing; a POST stops that kind at once, from
    the page or from a mail program (RFC 8058 §3.1: no redirection, no cookie, no session); another takes it back.

    Without a token against forgery: whoever holds the link may, and nobody else can make one.
    """
    opened = open_stop_link(link)
    if opened is None:
        return render(request, "digest/unknown_link.html", status=404)
    address, category = opened
    if request.method == "POST":
        if "again" in request.POST:
            accept_again(address, category)
        else:
            refuse(address, category, at=timezone.now())
    context = {
        "address": address,
        "what": Category(category).label,
        "is_stopped": is_refused(address, category),
        "again": request.method == "POST" and "again" in request.POST,
    }
    return render(request, "digest/stop.html", context)
