"""Following this calendar elsewhere, and the calendars of others here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.groups.models import Group
from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import associations_of
from maillage.ui.gestures import did, made_by

from .. import actions, permissions, queries
from ..forms.feeds import FollowForm
from ..models import CalendarKey, ImportedFeed


@login_required
@require_safe
def followed(request):
    """The addresses by which one follows this calendar; the calendars of others that are followed here."""
    user = request.user
    context = {
        "key": CalendarKey.objects.visible_to(user).first(),
        "groups": Group.objects.inside(user).active().order_by("name"),
        "territories": queries.own_territories(user),
        "feeds": queries.feeds_of(user),
        "may_follow": permissions.territories_to_follow_on(user).exists(),
    }
    return render(request, "events/followed.html", context)


@login_required
@require_POST
def give_key(request):
    actions.give_key(actor=request.user, at=timezone.now())
    messages.success(request, gettext("Voici votre adresse. Si une autre existait, elle ne montre plus rien."))
    return redirect("events:followed")


@login_required
@require_POST
def withdraw_key(request):
    actions.withdraw_key(actor=request.user, at=timezone.now())
    messages.success(request, gettext("L’adresse ne montre plus rien."))
    return redirect("events:followed")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """Show here the dates of a calendar kept elsewhere."""
    territories = permissions.territories_to_follow_on(request.user).order_by("search_name")
    if not territories:
        raise PermissionDenied(gettext("Il faut représenter une association confirmée, ou coordonner un quartier."))
    form = FollowForm(
        request.POST or None,
        request.FILES or None,
        territories=territories,
        organisations=associations_of(request.user),
        must_be_own=not reader_of(request.user).coordinated_territory_ids,
    )
    if request.method == "POST" and form.is_valid():
        told = {"organisation": None, **form.cleaned_data}
        file = told.pop("file")
        told["content"] = file.read() if file else b""
        if feed := made_by(request, form, actions.follow_calendar, **told):
            number = feed.events.count()
            messages.success(
                request,
                gettext("C’est lu. Évènements des douze mois qui viennent : %(number)d.") % {"number": number},
            )
            return redirect(feed)
    return render(request, "events/follow.html", {"form": form})


def stoppable_or_403(request, uuid):
    feed = get_object_or_404(ImportedFeed.objects.visible_to(request.user).select_related("territory"), uuid=uuid)
    if not permissions.can_stop(request.user, feed):
        raise PermissionDenied(gettext("Ce calendrier n’est plus suivi."))
    return feed


@login_required
@require_POST
def read_again(request, uuid):
    feed = stoppable_or_403(request, uuid)
    if not feed.url:
        messages.error(request, gettext("Ce calendrier vient d’un fichier : suivez de nouveau le fichier à jour."))
    elif actions.read_calendar(feed, actor=request.user, at=timezone.now()):
        messages.success(request, gettext("C’est lu."))
    else:
        feed.refresh_from_db()
        messages.error(request, feed.fault)
    return redirect("events:followed")


@login_required
@require_POST
def stop(request, uuid):
    feed = stoppable_or_403(request, uuid)
    did(
        request,
        actions.stop_calendar,
        feed,
        said=gettext("Ce calendrier n’est plus suivi ; ses dates quittent l’agenda."),
    )
    return redirect("events:followed")
