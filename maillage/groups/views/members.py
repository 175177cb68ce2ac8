"""Who takes part in a group: one page, and a gesture a line."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.queries import associations_of
from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms.groups import AddForm, JoinForm, MemberForm, OrganisationChoiceForm, SeatForm
from .groups import facilitated_or_403, group_or_404, inside_or_403


def _offered(group, user, *, partners):
    """Organisations that could come: of the territory, or of the whole country for a national group."""
    known = Organisation.objects.visible_to(user).listed()
    known = (
        known.filter(kind=Organisation.Kind.PUBLIC_PARTNER)
        if partners
        else known.associations().filter(confirmed_at__isnull=False)
    )
    if group.territory_id:
        known = known.filter(territories=group.territory_id)
    rows = group.partners if partners else group.members
    return known.exclude(pk__in=rows.standing().values("organisation")).distinct().order_by("search_name")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request, slug):
    """Members, rota, seats, partners. POST adds member organisations."""
    group = inside_or_403(request, slug)
    may_run = permissions.can_facilitate(request.user, group)
    offered = _offered(group, request.user, partners=False)
    form = AddForm(request.POST if request.method == "POST" else None, organisations=offered)
    if request.method == "POST":
        facilitated_or_403(request, slug)
        chosen = form.cleaned_data["organisation"] if form.is_valid() else ()
        added = chosen and made_by(request, form, actions.add_members, group, organisations=chosen)
        if added:
            said = ngettext(
                "L’association fait partie du groupe, et le sait.",
                "%(n)s associations font partie du groupe, et le savent.",
                len(added),
            )
            messages.success(request, said % {"n": len(added)})
            return redirect("groups:members", slug=slug)
    return render(request, "groups/members.html", _page(request, group, may_run, form=form))


def _page(request, group, may_run, **forms):
    return {
        "group": group,
        "may_run": may_run,
        "members": group.members.standing().select_related("organisation").order_by("organisation__search_name"),
        "mine": reader_of(request.user).association_ids,
        "gone": group.members.exclude(until=None).select_related("organisation").order_by("-until"),
        "seats": group.seats.standing().order_by("name"),
        "partners": group.partners.standing().select_related("organisation"),
        "join_requests": group.join_requests.waiting().select_related("organisation") if may_run else (),
        "partner_form": OrganisationChoiceForm(
            prefix="partner", organisations=_offered(group, request.user, partners=True)
        ),
        "seat_form": SeatForm(prefix="seat"),
        **forms,
    }


def _gesture(request, slug, action, *args, said, **kwargs):
    """One button of the page of the members."""
    did(request, action, *args, said=said, **kwargs)
    return redirect("groups:members", slug=slug)


@login_required
@require_POST
def add_seat(request, slug):
    group = facilitated_or_403(request, slug)
    form = SeatForm(request.POST, prefix="seat")
    if form.is_valid() and made_by(request, form, actions.add_seat, group, **form.cleaned_data):
        messages.success(request, gettext("Le siège est réservé."))
        return redirect("groups:members", slug=slug)
    adding = AddForm(organisations=_offered(group, request.user, partners=False))
    return render(request, "groups/members.html", _page(request, group, True, form=adding, seat_form=form))


@login_required
@require_POST
def end_seat(request, slug, pk):
    group = facilitated_or_403(request, slug)
    seat = get_object_or_404(group.seats.standing(), pk=pk)
    return _gesture(request, slug, actions.end_seat, seat, said=gettext("Ce siège est libre."))


@login_required
@require_POST
def invite_partner(request, slug):
    group = facilitated_or_403(request, slug)
    form = OrganisationChoiceForm(
        request.POST, prefix="partner", organisations=_offered(group, request.user, partners=True)
    )
    if form.is_valid() and made_by(request, form, actions.invite_partner, group, **form.cleaned_data):
        messages.success(request, gettext("Le partenaire verra ce que vous partagez, et rien d’autre."))
        return redirect("groups:members", slug=slug)
    adding = AddForm(organisations=_offered(group, request.user, partners=False))
    return render(request, "groups/members.html", _page(request, group, True, form=adding, partner_form=form))


@login_required
@require_POST
def end_partner(request, slug, pk):
    group = facilitated_or_403(request, slug)
    invitation = get_object_or_404(group.partners.standing(), pk=pk)
    return _gesture(
        request, slug, actions.end_partner, invitation, said=gettext("Ce partenaire ne voit plus rien du groupe.")
    )


@login_required
@require_POST
def set_member(request, slug, pk):
    group = facilitated_or_403(request, slug)
    member = get_object_or_404(group.members.standing(), pk=pk)
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Le rang est un nombre, de 0 à 999 : 0 pour qui n’accueille pas."))
        return redirect("groups:members", slug=slug)
    said = gettext("C’est enregistré.")
    return _gesture(request, slug, actions.set_member, member, said=said, **form.cleaned_data)


@login_required
@require_POST
def end_member(request, slug, pk):
    group = inside_or_403(request, slug)
    member = get_object_or_404(group.members.standing().select_related("organisation"), pk=pk)
    if member.organisation_id not in reader_of(request.user).association_ids:
        facilitated_or_403(request, slug)
    answer = _gesture(
        request,
        slug,
        actions.end_member,
        member,
        said=gettext("« %(name)s » ne fait plus partie du groupe.") % {"name": member.organisation.name},
    )
    still_inside = permissions.is_inside(request.user, group)
    return answer if still_inside else redirect("groups:group-list")


@login_required
@require_POST
def ask_to_join(request, slug):
    group = group_or_404(request, slug)
    form = JoinForm(request.POST, organisations=associations_of(request.user))
    if not reader_of(request.user).association_ids:
        raise PermissionDenied
    if not form.is_valid():
        raise Http404
    did(
        request,
        actions.ask_to_join,
        group,
        **form.cleaned_data,
        said=gettext("La demande est faite. L’animation du groupe vous répondra."),
    )
    return redirect(group)


@login_required
@require_POST
def settle_join_request(request, slug, pk):
    group = facilitated_or_403(request, slug)
    waiting = get_object_or_404(group.join_requests.waiting().select_related("organisation", "group"), pk=pk)
    accept = request.POST.get("accept") == "yes"
    accepted, declined = (
        gettext("L’association fait partie du groupe, et le sait."),
        gettext("La réponse est partie."),
    )
    said = accepted if accept else declined
    return _gesture(request, slug, actions.settle_join_request, waiting, accept=accept, said=said)
