"""Finding a date together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.ui.gestures import did, made_by

from .. import actions, permissions
from ..forms.meetings import AnswerForm, PollForm
from ..models import DateAnswer
from .groups import facilitated_or_403, inside_or_403


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request, slug):
    group = facilitated_or_403(request, slug)
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("title", "place", "answer_by", "options")}
        poll = made_by(request, form, actions.open_poll, group, **wanted)
        if poll:
            messages.success(request, gettext("La question est posée aux membres."))
            return redirect(poll)
    return render(request, "groups/poll_new.html", {"group": group, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request, slug, pk):
    """Everybody's answers in a table, and one's own. POST answers."""
    group = inside_or_403(request, slug)
    found = get_object_or_404(group.polls.select_related("meeting"), pk=pk)
    found.group = group
    voices = list(permissions.voices_of(request.user, group))
    seat = permissions.seat_of(request.user, group)
    options = list(found.options.prefetch_related("answers"))
    form = AnswerForm(request.POST or None, voices=voices, seat=seat)
    if request.method == "POST" and form.is_valid():
        answers = {option.pk: request.POST.get(f"option-{option.pk}") for option in options}
        kept = {pk: answer for pk, answer in answers.items() if answer in DateAnswer.Answer.values}
        did(
            request,
            actions.answer_poll,
            found,
            **form.speaker,
            answers=kept,
            said=gettext("Vos réponses sont notées. Vous pouvez en changer."),
        )
        return redirect(found)
    context = {
        "group": group,
        "poll": found,
        "form": form if voices or seat else None,
        "choices": DateAnswer.Answer.choices,
        "may_run": permissions.can_facilitate(request.user, group),
        **_table(group, options, form.speakers),
    }
    return render(request, "groups/poll.html", context)


def _table(group, options, speakers):
    """Dates as lines: who can, who can if need be, who cannot; the dates that suit most are marked."""
    names = {("o", member.organisation_id): member.organisation.name for member in _members(group)}
    names |= {("s", seat.pk): seat.name for seat in group.seats.standing()}
    mine = {(key[0], int(key[1:])) for key in speakers}
    for option in options:
        option.by_answer = {value: [] for value in DateAnswer.Answer.values}
        option.mine = ""
        for answer in option.answers.all():
            who = ("o", answer.organisation_id) if answer.organisation_id else ("s", answer.seat_id)
            if who in names:
                option.by_answer[answer.answer].append(names[who])
            if who in mine:
                option.mine = answer.answer
        option.yes, option.if_needed, option.no = map(sorted, option.by_answer.values())
        option.count = len(option.yes) + len(option.if_needed)
    best = max((option.count for option in options), default=0)
    for option in options:
        option.is_best = bool(best) and option.count == best
    return {"options": options, "voices_count": len(names)}


def _members(group):
    return group.members.standing().select_related("organisation")


@login_required
@require_POST
def choose_date(request, slug, pk):
    group = facilitated_or_403(request, slug)
    found = get_object_or_404(group.polls, pk=pk)
    found.group = group
    wanted = request.POST.get("option", "")
    option = get_object_or_404(found.options, pk=wanted) if wanted.isascii() and wanted.isdigit() else None
    try:
        closed = actions.choose_date(found, option=option, actor=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(found)
    if closed.meeting is None:
        messages.success(request, gettext("Le sondage est clos, sans réunion."))
        return redirect(group)
    messages.success(request, gettext("La réunion est prévue. Composez son ordre du jour, puis invitez."))
    return redirect("groups:agenda", slug=slug, date=closed.meeting.date)
