"""Groups: the list, a group's page, opening, changing, closing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.organisations.audiences import reader_of
from maillage.organisations.queries import associations_of
from maillage.territories.models import Territory
from maillage.ui.gestures import made_by

from .. import actions, permissions, queries
from ..forms.groups import ClosingForm, GroupForm, JoinForm, NewGroupForm
from ..models import Group, Meeting


def group_or_404(request, slug):
    """A group that this person may know of."""
    return get_object_or_404(Group.objects.visible_to(request.user).select_related("territory"), slug=slug)


def inside_or_403(request, slug):
    """A group whose affairs this person may read; who may only know that it exists is told so."""
    group = group_or_404(request, slug)
    if not permissions.is_inside(request.user, group):
        raise PermissionDenied(gettext("Ces pages sont celles des membres du groupe."))
    return group


def facilitated_or_403(request, slug):
    """A group that this person runs."""
    group = inside_or_403(request, slug)
    if not permissions.can_facilitate(request.user, group):
        raise PermissionDenied(gettext("C’est à l’animation du groupe de le faire."))
    return group


@login_required
@require_safe
def group_list(request):
    context = {
        "groups": queries.groups_listed(request.user),
        "may_open": bool(reader_of(request.user).association_ids | reader_of(request.user).coordinated_territory_ids),
        "is_public_partner": reader_of(request.user).is_public_partner,
    }
    return render(request, "groups/group_list.html", context)


@login_required
@require_safe
def group(request, slug):
    """What everybody of the territory may know; and, inside, the life of the group."""
    found = group_or_404(request, slug)
    user, today = request.user, timezone.localdate()
    inside = permissions.is_inside(user, found)
    members = found.members.standing().select_related("organisation").order_by("organisation__search_name")
    meetings = Meeting.objects.visible_to(user).filter(group=found)
    voices = permissions.voices_of(user, found)
    context = {
        "group": found,
        "inside": inside,
        "may_run": permissions.can_facilitate(user, found),
        "members": members,
        "voices": voices,
        "held": meetings.held().order_by("-date")[:6],
        "reader_is_partner": reader_of(user).is_public_partner,
    }
    if inside:
        context |= {
            "next_meetings": meetings.to_come(today).order_by("date")[:3],
            "to_hold": meetings.begun(timezone.now()).order_by("date"),
            "polls": found.polls.open(),
            "open_decisions": found.decisions.open(),
            "points": found.action_points.open().select_related("organisation")[:8],
            "seats": found.seats.standing().order_by("name"),
            "partners": found.partners.standing().select_related("organisation"),
            "host": queries.next_host(found),
        }
    elif found.is_active:
        mine = associations_of(user)
        asking = mine.exclude(pk__in=members.values("organisation"))
        waiting = found.join_requests.visible_to(user).waiting().filter(organisation__in=mine)
        context |= {"asked": waiting.exists(), "join_form": JoinForm(organisations=asking) if asking else None}
    return render(request, "groups/group.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request):
    reader = reader_of(request.user)
    if not (reader.association_ids or reader.coordinated_territory_ids):
        raise PermissionDenied
    places = Territory.objects.filter(pk__in=reader.space_territory_ids).order_by("name")
    mine = associations_of(request.user)
    form = NewGroupForm(
        request.POST or None,
        territories=places,
        organisations=mine,
        coordinates=bool(reader.coordinated_territory_ids),
        initial={"territory": places.first(), "organisation": mine.first()},
    )
    if request.method == "POST" and form.is_valid():
        made = made_by(request, form, actions.create_group, **form.cleaned_data)
        if made:
            messages.success(request, gettext("Le groupe est ouvert. Dites maintenant qui en fait partie."))
            return redirect("groups:members", slug=made.slug)
    return render(request, "groups/group_new.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request, slug):
    found = facilitated_or_403(request, slug)
    form = GroupForm(request.POST or None, instance=Group.objects.get(pk=found.pk))
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.edit_group, found, **form.cleaned_data)
    ):
        messages.success(request, gettext("C’est enregistré."))
        return redirect(found)
    return render(request, "groups/group_edit.html", {"group": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_group(request, slug):
    found = facilitated_or_403(request, slug)
    form = ClosingForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.close_group, found, **form.cleaned_data)
    ):
        messages.success(request, gettext("Le groupe est clos. Tout ce qu’il a écrit reste lisible ici."))
        return redirect(found)
    return render(request, "groups/group_close.html", {"group": found, "form": form})
