"""Texts opened to a group: the list, opening one, reading it, its history, closing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.permissions import can_edit_draft
from maillage.ui.forms import add_refusal

from .. import actions
from ..forms import CloseForm, DayForm, OpenForm
from ..models import Workshop
from ..permissions import can_animate
from ..queries import articles_of, drafts_to_open
from .reaching import about, animated_or_403, conversations, group_or_404, workshop_or_404


@login_required
@require_safe
def workshop_list(request, slug):
    group = group_or_404(request, slug)
    workshops = (
        Workshop.objects.visible_to(request.user)
        .filter(group=group)
        .select_related("group", "version__adaptation")
        .annotate(waiting=Count("amendments", filter=Q(amendments__state="proposed")), number=Count("amendments"))
    )
    workshops = list(workshops)
    context = {
        "group": group,
        "open": [workshop for workshop in workshops if workshop.is_open],
        "closed": [workshop for workshop in workshops if not workshop.is_open],
        "can_open": group.is_active and drafts_to_open(request.user, group).exists(),
    }
    return render(request, "drafting/workshop_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_workshop(request, slug):
    group = group_or_404(request, slug)
    drafts = drafts_to_open(request.user, group)
    if not group.is_active or not drafts.exists():
        raise PermissionDenied
    form = OpenForm(request.POST or None, drafts=drafts)
    if request.method == "POST" and form.is_valid():
        try:
            workshop = actions.open_workshop(group=group, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, gettext("Le texte est ouvert ; les membres du groupe sont prévenus par e-mail.")
            )
            return redirect(workshop)
    return render(request, "drafting/open.html", {"group": group, "form": form})


@login_required
@require_safe
def workshop(request, slug, pk):
    """The whole text, and beside each article what is proposed and said of it."""
    found = workshop_or_404(request, slug, pk)
    context = about(request, found)
    rows, whole = articles_of(found)
    context |= {
        "rows": [row for row in rows if row.article],
        "gone": [row for row in rows if not row.article],
        "whole": whole,
        "waiting": sum(len(row.waiting) for row in [*rows, whole]),
        "answered": sum(len(row.amendments) - len(row.waiting) for row in [*rows, whole]),
        "can_close": can_animate(request.user, found),
        "can_edit": can_edit_draft(request.user, found.version),
        "day_form": DayForm(initial={"closes_on": found.closes_on}),
        **conversations(request.user, found, whole, context),
    }
    return render(request, "drafting/workshop.html", context)


@login_required
@require_safe
def history(request, slug, pk):
    """Who proposed what, and what became of it, article by article."""
    found = workshop_or_404(request, slug, pk)
    rows, whole = articles_of(found)
    context = {
        **about(request, found),
        "rows": [row for row in [*rows, whole] if row.amendments],
        "comments": sum(len(row.comments) for row in [*rows, whole]),
    }
    return render(request, "drafting/history.html", context)


@login_required
@require_safe
def paper(request, slug, pk):
    """The text with what is proposed under each article, to be handed round a table."""
    found = workshop_or_404(request, slug, pk)
    rows, whole = articles_of(found)
    context = {**about(request, found), "rows": [row for row in rows if row.article], "whole": whole}
    return render(request, "drafting/paper.html", context)


@login_required
@require_POST
def change_day(request, slug, pk):
    found = workshop_or_404(request, slug, pk)
    animated_or_403(request, found)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            actions.change_closing_day(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("Le jour est changé."))
            return redirect(found)
    messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request, slug, pk):
    """A page says what closing does, and to whom, before the button does it."""
    found = workshop_or_404(request, slug, pk)
    animated_or_403(request, found)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_workshop(found, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, gettext("Le texte n’est plus ouvert au groupe ; tout ce qui s’est dit reste à lire.")
            )
            return redirect(found)
    context = {
        "group": found.group,
        "workshop": found,
        "version": found.version,
        "form": form,
        "waiting": found.amendments.waiting().select_related("organisation", "seat"),
    }
    return render(request, "drafting/close.html", context)
