"""A meeting: its page, planning it, inviting, answering, its agenda."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.differences import word_differences
from maillage.organisations.models import Membership, Organisation
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator
from maillage.ui.pdf import pdf_response

from .. import actions, permissions, queries
from ..calendar import calendar_name, meeting_calendar
from ..documents import minutes_pdf, presence_pdf
from ..forms.meetings import ComingForm, ItemForm, MeetingForm, ReadingForm, UnforeseenForm, WordsForm
from ..models import Decision, Meeting
from ..suggestions import agenda_suggestions
from .groups import facilitated_or_403, group_or_404, inside_or_403


def meeting_or_404(request, slug, date):
    """A meeting that this person may read, with its group."""
    found = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("group__territory", "host"),
        group__slug=slug,
        date=date,
    )
    return found


def run_meeting_or_403(request, slug, date):
    """A meeting of a group that this person runs."""
    group = facilitated_or_403(request, slug)
    return get_object_or_404(Meeting.objects.select_related("group__territory", "host"), group=group, date=date)


def refused(request, refusal):
    messages.error(request, " ".join(refusal.messages))


@login_required
@require_safe
def meeting_list(request, slug):
    """All the meetings of a group, the latest first; for an invited partner, those that were shared."""
    group = group_or_404(request, slug)
    rows = Meeting.objects.visible_to(request.user).filter(group=group).order_by("-date")
    page = BoundedPaginator(rows, 30).get_page(request.GET.get("page"))
    context = {"group": group, "page": page, "may_run": permissions.can_facilitate(request.user, group)}
    return render(request, "groups/meeting_list.html", context)


@login_required
@require_safe
def meeting(request, slug, date):
    """The agenda, who comes, the minutes, and the next gesture of whoever reads."""
    found = meeting_or_404(request, slug, date)
    user, group = request.user, found.group
    inside = permissions.is_inside(user, group)
    agenda = list(found.agenda.prefetch_related("action_points__organisation"))
    decisions = list(Decision.objects.visible_to(user).filter(meeting=found).order_by("pk"))
    for item in agenda:
        item.taken = [decision for decision in decisions if decision.item_id == item.pk]
        if inside and found.is_being_read and item.notes_sent not in {None, item.notes}:
            item.corrected = word_differences(item.notes_sent, item.notes)
    may_run = inside and permissions.can_facilitate(user, group)
    context = {
        "meeting": found,
        "group": group,
        "inside": inside,
        "agenda": agenda,
        "has_minutes": bool(found.held_at) or any(item.notes for item in agenda),
        "presence": _presence(found, inside),
        "decisions": [decision for decision in decisions if decision.item_id is None],
        "may_run": may_run,
        # While they are read, members ask for a correction; whoever runs the group writes it.
        "may_write": inside and permissions.can_hold_the_pen(user, found) and (may_run or not found.held_at),
        "is_past": found.date <= timezone.localdate(),
        "duration": sum(item.minutes_planned or 0 for item in agenda),
    }
    if inside:
        if permissions.can_hold_the_pen(user, found) and not found.held_at:
            context["item_form"] = UnforeseenForm(auto_id="point-propose-%s")
        voices, seat = list(permissions.voices_of(user, group)), permissions.seat_of(user, group)
        if voices or seat:
            context["coming"] = ComingForm(voices=voices, seat=seat)
            context["reading"] = ReadingForm(voices=voices, seat=seat)
        context["readings"] = found.readings.select_related("organisation", "seat")
        context["partners"] = group.partners.standing().select_related("organisation")
    return render(request, "groups/meeting.html", context)


def _presence(meeting, inside):
    """(title, names) of who comes, or came. An invited partner reads which organisations were there, and how many
    residents; never who said what.
    """
    table = queries.presence_table(meeting)
    if meeting.held_at:
        parts = [(gettext("Étaient là"), [line for line in table if line["was_present"]])]
        if inside:
            missing = [line for line in table if not line["was_present"]]
            excused = [line for line in missing if line["answer"] == "excused"]
            parts += [(gettext("Excusées"), excused)]
            parts += [(gettext("Absentes"), [line for line in missing if line not in excused])]
    else:
        parts = [
            (title, [line for line in table if line["answer"] == answer])
            for title, answer in (
                (gettext("Viennent"), "comes"),
                (gettext("Ne peuvent pas venir"), "excused"),
                (gettext("N’ont pas encore répondu") if meeting.invited_at else gettext("Seront invités"), ""),
            )
        ]
    return [(title, queries.names_of(lines, inside=inside)) for title, lines in parts]


def _hosts(group):
    return Organisation.objects.filter(group_memberships__group=group, group_memberships__until=None).order_by(
        "search_name"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request, slug):
    group = facilitated_or_403(request, slug)
    form = MeetingForm(request.POST or None, hosts=_hosts(group), initial=_as_last_time(group))
    if request.method == "POST" and form.is_valid():
        made = made_by(request, form, actions.plan_meeting, group, **form.cleaned_data)
        if made:
            messages.success(request, gettext("La réunion est prévue. Composez son ordre du jour, puis invitez."))
            return redirect("groups:agenda", slug=slug, date=made.date)
    return render(request, "groups/meeting_plan.html", {"group": group, "form": form})


def _as_last_time(group):
    """The hours of the last meeting; the place is where whoever hosts this time received the group before."""
    former = Meeting.objects.filter(group=group, cancelled_at=None).order_by("-date")
    last, host = former.first(), queries.next_host(group)
    there = former.filter(host=host).exclude(place="").first() if host else last
    usual = {"starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}
    return {**usual, "place": there.place if there else "", "host": host}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_meeting(request, slug, date):
    found = run_meeting_or_403(request, slug, date)
    form = MeetingForm(request.POST or None, hosts=_hosts(found.group), instance=Meeting.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        moved = made_by(request, form, actions.edit_meeting, found, **form.cleaned_data)
        if moved:
            messages.success(request, gettext("C’est enregistré ; les membres invités le savent."))
            return redirect(moved)
    return render(request, "groups/meeting_edit.html", {"group": found.group, "meeting": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request, slug, date):
    """Compose the agenda: what waits is proposed, to tick; a free point is added. POST does both."""
    found = run_meeting_or_403(request, slug, date)
    suggestions = agenda_suggestions(found, request.user)
    form = ItemForm(request.POST or None) if request.POST.get("title") else ItemForm()
    if request.method == "POST":
        wanted = request.POST.getlist("suggestion")
        items = [
            {name: one[name] for name in ("kind", "title", "link")} for one in suggestions if one["link"] in wanted
        ]
        if request.POST.get("title") and form.is_valid():
            items.append(form.cleaned_data)
        if not form.errors:
            try:
                made = actions.add_items(found, items=items, actor=request.user, at=timezone.now())
            except ValidationError as refusal:
                refused(request, refusal)
            else:
                if made:
                    messages.success(request, gettext("L’ordre du jour est complété."))
                return redirect("groups:agenda", slug=slug, date=date)
    context = {"group": found.group, "meeting": found, "agenda": found.agenda.all(), "suggestions": suggestions}
    return render(request, "groups/agenda.html", {**context, "form": form})


@login_required
@require_POST
def move_item(request, slug, date, pk):
    found = run_meeting_or_403(request, slug, date)
    item = get_object_or_404(found.agenda, pk=pk)
    up = request.POST.get("up") == "yes"
    return _on_agenda(request, found, actions.move_item, item, up=up)


@login_required
@require_POST
def remove_item(request, slug, date, pk):
    found = run_meeting_or_403(request, slug, date)
    item = get_object_or_404(found.agenda, pk=pk)
    return _on_agenda(request, found, actions.remove_item, item)


def _on_agenda(request, found, action, item, **kwargs):
    item.meeting = found
    try:
        action(item, actor=request.user, at=timezone.now(), **kwargs)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect("groups:agenda", slug=found.group.slug, date=found.date)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, slug, date):
    """See what will be sent, and to how many; then send it."""
    found = run_meeting_or_403(request, slug, date)
    if request.method == "POST":
        did(
            request,
            actions.send_invitations,
            found,
            said=gettext("La convocation part, avec un fichier pour les agendas."),
        )
        return redirect(found)
    context = {
        "group": found.group,
        "meeting": found,
        "agenda": found.agenda.all(),
        "people": queries.people_of(found.group).count(),
        "without": _who_is_not_written_to(found.group),
    }
    return render(request, "groups/invite.html", context)


def _who_is_not_written_to(group):
    """Member organisations for which nobody has an account, and seats without: to be told another way."""
    acting = Membership.objects.standing().filter(organisation=OuterRef("organisation"), user__is_active=True)
    alone = group.members.standing().filter(~Exists(acting))
    names = [member.organisation.name for member in alone.select_related("organisation")]
    return names + [seat.name for seat in group.seats.standing().filter(user=None)]


@login_required
@require_POST
def answer(request, slug, date):
    """An organisation, or a seat, comes or is excused."""
    inside_or_403(request, slug)
    found = meeting_or_404(request, slug, date)
    group, user = found.group, request.user
    form = ComingForm(request.POST, voices=permissions.voices_of(user, group), seat=permissions.seat_of(user, group))
    if not form.is_valid():
        messages.error(request, gettext("Dites si vous venez."))
        return redirect(found)
    did(
        request,
        actions.answer_invitation,
        found,
        **form.speaker,
        answer=form.cleaned_data["answer"],
        said=gettext("C’est noté. Vous pouvez changer d’avis jusqu’à la réunion."),
    )
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, slug, date):
    found = run_meeting_or_403(request, slug, date)
    form = WordsForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.cancel_meeting, found, **form.cleaned_data)
    ):
        messages.success(request, gettext("La réunion est annulée."))
        return redirect(found)
    return render(request, "groups/meeting_cancel.html", {"group": found.group, "meeting": found, "form": form})


@login_required
@require_POST
def share(request, slug, date):
    found = run_meeting_or_403(request, slug, date)
    shared = request.POST.get("shared") == "yes"
    try:
        actions.share_meeting(found, shared=shared, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        said = gettext("Le compte rendu est partagé.") if shared else gettext("Le compte rendu n’est plus partagé.")
        messages.success(request, said)
    return redirect(found)


@login_required
@require_safe
def invitation_file(request, slug, date):
    """The meeting for one's calendar."""
    inside_or_403(request, slug)
    found = meeting_or_404(request, slug, date)
    response = HttpResponse(meeting_calendar(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{calendar_name(found)}"'
    return response


@login_required
@require_safe
def presence_sheet(request, slug, date):
    """The list of who is expected, to print and tick."""
    inside_or_403(request, slug)
    found = meeting_or_404(request, slug, date)
    return pdf_response(presence_pdf(found), f"presence-{found.date}.pdf")


@login_required
@require_safe
def minutes_file(request, slug, date):
    found = meeting_or_404(request, slug, date)
    return pdf_response(minutes_pdf(found, user=request.user), f"compte-rendu-{found.date}.pdf")
