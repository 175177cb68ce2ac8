"""What is to be done: the list, noting, closing, reopening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.ui.gestures import made_by
from maillage.ui.pagination import BoundedPaginator

from .. import actions
from ..forms.meetings import ClosePointForm, EntrustForm, PointForm
from ..permissions import can_close_point, can_facilitate
from .groups import inside_or_403


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def points(request, slug):
    """Open ones first, those of this person's associations marked; closed ones behind. POST notes a new one."""
    group = inside_or_403(request, slug)
    form = PointForm(request.POST or None, organisations=_members(group))
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.add_point, group, **form.cleaned_data)
    ):
        messages.success(request, gettext("L’action est notée."))
        return redirect("groups:points", slug=slug)
    rows = group.action_points.select_related("organisation")
    may_run, mine = can_facilitate(request.user, group), reader_of(request.user).association_ids
    is_open = rows.open()
    for point in is_open:
        point.late = point.is_late(timezone.localdate())
        point.may_close = group.is_active and (
            may_run or point.organisation_id is None or point.organisation_id in mine
        )
    closed = rows.filter(pk__in=rows.exclude(pk__in=rows.open().values("pk")).values("pk")).order_by("-pk")
    context = {
        "group": group,
        "form": form,
        "open": is_open,
        "closed": BoundedPaginator(closed, 30).get_page(request.GET.get("page")),
    }
    return render(request, "groups/points.html", context)


def _point_or_403(request, slug, pk):
    group = inside_or_403(request, slug)
    point = get_object_or_404(group.action_points.select_related("organisation"), pk=pk)
    point.group = group
    if not can_close_point(request.user, point):
        raise PermissionDenied(gettext("C’est à qui s’en charge, ou à l’animation du groupe, de le dire."))
    return point


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_point(request, slug, pk):
    point = _point_or_403(request, slug, pk)
    form = ClosePointForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.close_point, point, **form.cleaned_data)
    ):
        messages.success(request, gettext("C’est noté."))
        return redirect("groups:points", slug=slug)
    return render(request, "groups/point_close.html", _page(point, form=form))


def _page(point, **forms):
    """Closing it, or entrusting it to somebody."""
    initial = {"organisation": point.organisation_id, "due_on": point.due_on}
    entrust = EntrustForm(organisations=_members(point.group), initial=initial, prefix="confier")
    return {"group": point.group, "point": point, "entrust": entrust, **forms}


def _members(group):
    members = Organisation.objects.filter(group_memberships__group=group, group_memberships__until=None)
    return members.order_by("search_name")


@login_required
@require_POST
def entrust_point(request, slug, pk):
    point = _point_or_403(request, slug, pk)
    form = EntrustForm(request.POST, organisations=_members(point.group), prefix="confier")
    if form.is_valid() and made_by(request, form, actions.entrust_point, point, **form.cleaned_data):
        messages.success(request, gettext("C’est noté."))
        return redirect("groups:points", slug=slug)
    return render(request, "groups/point_close.html", _page(point, form=ClosePointForm(), entrust=form))


@login_required
@require_POST
def reopen_point(request, slug, pk):
    point = _point_or_403(request, slug, pk)
    actions.reopen_point(point, actor=request.user, at=timezone.now())
    messages.success(request, gettext("L’action est de nouveau à faire."))
    return redirect("groups:points", slug=slug)
