"""Pages of the demo alone: change person, read the mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from maillage.accounts.models import User

from .mailbox import latest_messages
from .town import read_town


def _only_in_demo():
    if not settings.DEMO:
        raise Http404


@require_safe
def personas(request):
    _only_in_demo()
    return render(request, "demo/personas.html", {"personas": read_town()["personas"]})


@require_POST
def become(request):
    """Sign in as one of the invented people, or as nobody."""
    _only_in_demo()
    key = request.POST.get("persona", "")
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = "/"
    logout(request)
    if key:
        emails = {row["key"]: row["email"] for row in read_town()["personas"]}
        user = get_object_or_404(User, email=emails.get(key, ""))
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.info(request, gettext("Vous êtes %(name)s.") % {"name": user.get_full_name()})
    return redirect(onward)


@require_safe
def mailbox(request):
    _only_in_demo()
    return render(request, "demo/mailbox.html", {"mail": latest_messages()})
