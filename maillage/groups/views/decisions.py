"""The decisions of a group: the log, a proposal and what is said of it, votes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.charters.differences import word_differences
from maillage.charters.exports import csv_lines
from maillage.ui.gestures import did, made_by
from maillage.ui.pagination import BoundedPaginator

from .. import actions, permissions
from ..forms.decisions import (
    AgreeForm,
    DecideForm,
    MoreTimeForm,
    NoteForm,
    ProposeForm,
    SettleStatementForm,
    SpeakForm,
    VoteForm,
)
from ..models import AgendaItem, Decision, Statement
from .groups import facilitated_or_403, group_or_404, inside_or_403


def _log(request, group):
    """The decisions that this person may read, narrowed by what was asked: (rows, what was asked)."""
    asked = {name: request.GET.get(name, "")[:100].replace("\x00", "") for name in ("q", "year", "kind", "outcome")}
    rows = Decision.objects.visible_to(request.user).filter(group=group).select_related("meeting").with_replacement()
    rows = rows.matching(asked["q"])
    if asked["year"].isascii() and asked["year"].isdigit() and 2000 <= int(asked["year"]) < 2200:
        rows = rows.filter(opened_at__year=int(asked["year"]))
    for name, known in (("kind", Decision.Kind), ("outcome", Decision.Outcome)):
        if asked[name] in known.values:
            rows = rows.filter(**{name: asked[name]})
    return rows, asked


def _may_propose(user, group):
    return group.is_active and (
        permissions.can_facilitate(user, group)
        or permissions.voices_of(user, group).exists()
        or permissions.seat_of(user, group) is not None
    )


@login_required
@require_safe
def decision_list(request, slug):
    group = group_or_404(request, slug)
    rows, asked = _log(request, group)
    context = {
        "group": group,
        "page": BoundedPaginator(rows, 30).get_page(request.GET.get("page")),
        "asked": asked,
        "kinds": Decision.Kind.choices,
        "outcomes": Decision.Outcome.choices,
        "years": range(timezone.localdate().year, group.created_at.year - 1, -1),
        "may_propose": _may_propose(request.user, group),
        "inside": permissions.is_inside(request.user, group),
    }
    return render(request, "groups/decision_list.html", context)


@login_required
@require_safe
def decision_csv(request, slug):
    group = group_or_404(request, slug)
    rows, _asked = _log(request, group)
    header = [gettext("Date"), gettext("Sur quoi"), gettext("Comment"), gettext("Issue")]
    lines = csv_lines([*header, gettext("Texte"), gettext("En clair")], map(_cells, rows.iterator(chunk_size=500)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="decisions-{group.slug}.csv"'
    return response


def _cells(decision):
    outcome = decision.get_outcome_display() or decision.get_stage_display()
    day = timezone.localdate(decision.closed_at or decision.opened_at)
    return day, decision.title, decision.get_kind_display(), outcome, decision.proposal, decision.closing_words


def _where_it_may_be_taken(request, group):
    """The meetings that a decision may be tied to, the points of the latest ones, and what the address asks for."""
    recent = list(group.meetings.filter(cancelled_at=None).order_by("-date")[:12])
    items = AgendaItem.objects.filter(meeting__in=recent[:4]).select_related("meeting")
    asked = {name: request.GET.get(name, "") for name in ("meeting", "item")}
    return {
        "meetings": group.meetings.filter(pk__in=[meeting.pk for meeting in recent]).order_by("-date"),
        "items": items.order_by("-meeting__date", "order", "pk"),
        "initial": {name: value for name, value in asked.items() if value.isascii() and value.isdigit()},
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, slug):
    group, user = inside_or_403(request, slug), request.user
    if not _may_propose(user, group):
        raise PermissionDenied
    placed = _where_it_may_be_taken(request, group)
    placed["initial"]["kind"] = "vote" if group.decision_rule == "vote" else "consent"
    form = ProposeForm(
        request.POST or None,
        decisions=group.decisions.filter(outcome="adopted").with_replacement().filter(is_replaced=False),
        voices=permissions.voices_of(user, group),
        seat=permissions.seat_of(user, group),
        may_run=permissions.can_facilitate(user, group),
        **placed,
    )
    if request.method == "POST" and form.is_valid():
        made = made_by(request, form, actions.open_decision, group, **form.words)
        if made:
            messages.success(request, gettext("La proposition est devant le groupe."))
            return redirect(made)
    return render(request, "groups/decision_new.html", {"group": group, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request, slug):
    group = inside_or_403(request, slug)
    if not _may_propose(request.user, group):
        raise PermissionDenied
    form = NoteForm(request.POST or None, **_where_it_may_be_taken(request, group))
    if request.method == "POST" and form.is_valid():
        made = made_by(request, form, actions.note_decision, group, **form.cleaned_data)
        if made:
            messages.success(request, gettext("La décision est notée."))
            return _back_to_the_pen(request, made)
    return render(request, "groups/decision_note.html", {"group": group, "form": form})


def _back_to_the_pen(request, made):
    """To the minutes that are being written, under the point; else to the page of the decision."""
    if not made.item or not permissions.can_hold_the_pen(request.user, made.meeting):
        return redirect(made)
    minutes = reverse("groups:minutes", kwargs={"slug": made.group.slug, "date": made.meeting.date})
    return redirect(f"{minutes}#point-{made.item_id}")


def decision_or_404(request, slug, pk):
    return get_object_or_404(
        Decision.objects.visible_to(request.user).select_related(
            "group__territory", "meeting", "item", "proposer", "proposer_seat"
        ),
        group__slug=slug,
        pk=pk,
    )


@login_required
@require_safe
def decision(request, slug, pk):
    """The proposal, what is said of it, the next gesture. An invited partner reads what was decided, and no more."""
    found = decision_or_404(request, slug, pk)
    user, group = request.user, found.group
    inside = permissions.is_inside(user, group)
    context = {"decision": found, "group": group, "inside": inside}
    context["replaced_by"] = found.successors.filter(outcome=Decision.Outcome.ADOPTED).first()
    if inside:
        context |= {"may_run": permissions.can_facilitate(user, group), **_inside(user, found)}
    if not found.is_open and found.kind == Decision.Kind.VOTE:
        context["voices"] = actions.count_voices(found)
    return render(request, "groups/decision.html", context)


def _inside(user, found):
    voices, seat = list(permissions.voices_of(user, found.group)), permissions.seat_of(user, found.group)
    voted = found.votes.select_related("organisation").order_by("organisation__search_name")
    former = list(found.former_proposals.all())
    later = [proposal.text for proposal in former[1:]] + [found.proposal] if former else []
    mine = {member.organisation_id for member in voices}
    if found.is_open and found.is_secret:
        left = [member for member in voices if member.organisation_id not in {vote.organisation_id for vote in voted}]
    else:
        left = voices
    today = timezone.localdate()
    may_vote = found.stage == Decision.Stage.VOTING and left and not found.is_past(today)
    statements = list(found.statements.select_related("organisation", "seat"))
    for statement in statements:
        own = statement.organisation_id in mine if statement.organisation_id else statement.seat == seat
        statement.is_mine = own and found.is_open
    given = {vote.organisation_id: vote.option_id for vote in voted}
    may_adopt = found.next_step is None and not any(statement.is_waiting for statement in statements)
    return {
        "statements": [one for one in statements if one.kind != Statement.Kind.NO_OBJECTION],
        "history": [word_differences(was.text, now) for was, now in zip(former, later, strict=True)],
        "vote_form": VoteForm(voices=left, options=found.options.all(), given=given) if may_vote else None,
        "voted": voted,
        "has_voted": bool(mine & given.keys()),
        "voters": found.group.members.standing().count(),
        "may_adopt": may_adopt,
        "decide_form": DecideForm(may_adopt=may_adopt),
        "partners": found.group.partners.standing().exists(),
        "is_past": found.is_past(today),
        "may_answer": permissions.can_answer_for(user, found),
        **(_consent(found, statements, voices, seat, today) if found.kind == Decision.Kind.CONSENT else {}),
    }


def _consent(found, statements, voices, seat, today):
    """What a consent asks of whoever reads, and who has said what when objections are asked for."""
    agreed = [one for one in statements if one.kind == Statement.Kind.NO_OBJECTION and not one.withdrawn_at]
    spoken = {one.organisation_id for one in agreed}
    spoken |= {one.organisation_id for one in statements if one.kind == Statement.Kind.OBJECTION}
    asking = found.stage == Decision.Stage.OBJECTIONS
    heard = {(one.organisation_id, one.seat_id) for one in [*agreed, *(one for one in statements if one.is_waiting)]}
    left = [member for member in voices if (member.organisation_id, None) not in heard]
    left_seat = seat if seat and (None, seat.pk) not in heard else None
    members = found.group.members.standing().select_related("organisation").order_by("organisation__search_name")
    may_speak = found.is_open and not found.is_past(today) and (voices or seat)
    return {
        "agreed": agreed,
        "silent": [member.organisation for member in members if member.organisation_id not in spoken]
        if asking
        else [],
        "speak_form": SpeakForm(voices=voices, seat=seat) if may_speak else None,
        "agree_form": AgreeForm(voices=left, seat=left_seat, auto_id="accord-%s")
        if may_speak and asking and (left or left_seat)
        else None,
        "time_form": MoreTimeForm(auto_id="delai-%s"),
        "steps": Decision.STEPS,
    }


def _running(request, slug, pk):
    group = facilitated_or_403(request, slug)
    found = get_object_or_404(group.decisions.select_related("meeting"), pk=pk)
    found.group = group
    return found


def _back(request, found, action, *args, said, **kwargs):
    """One gesture of the page of a decision."""
    did(request, action, *args, said=said, **kwargs)
    return redirect(found)


@login_required
@require_POST
def speak(request, slug, pk):
    inside_or_403(request, slug)
    found, user = decision_or_404(request, slug, pk), request.user
    form = SpeakForm(
        request.POST, voices=permissions.voices_of(user, found.group), seat=permissions.seat_of(user, found.group)
    )
    if not form.is_valid():
        messages.error(request, gettext("Écrivez quelques mots, deux mille signes au plus."))
        return redirect(found)
    said = gettext("C’est dit.")
    return _back(request, found, actions.speak, found, **form.speaker, text=form.cleaned_data["text"], said=said)


@login_required
@require_POST
def agree(request, slug, pk):
    """No objection, in the name of an organisation or a seat."""
    inside_or_403(request, slug)
    found, user = decision_or_404(request, slug, pk), request.user
    form = AgreeForm(
        request.POST, voices=permissions.voices_of(user, found.group), seat=permissions.seat_of(user, found.group)
    )
    if not form.is_valid():
        messages.error(request, gettext("Dites pour qui vous parlez."))
        return redirect(found)
    said = gettext("C’est noté : pas d’objection. Vous pouvez encore en dire une, jusqu’à la décision.")
    return _back(request, found, actions.speak, found, **form.speaker, agrees=True, said=said)


@login_required
@require_POST
def more_time(request, slug, pk):
    """Another last day."""
    found = _running(request, slug, pk)
    form = MoreTimeForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Donnez une date."))
        return redirect(found)
    said = gettext("Le nouveau dernier jour est noté, le groupe le sait.")
    return _back(request, found, actions.give_more_time, found, said=said, **form.cleaned_data)


@login_required
@require_POST
def withdraw(request, slug, pk, statement):
    inside_or_403(request, slug)
    found = decision_or_404(request, slug, pk)
    row = get_object_or_404(found.statements.select_related("organisation", "seat"), pk=statement)
    row.decision = found
    return _back(
        request, found, actions.withdraw_statement, row, said=gettext("C’est retiré, et cela reste lisible.")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request, slug, pk, statement):
    inside_or_403(request, slug)
    found = decision_or_404(request, slug, pk)
    if not permissions.can_answer_for(request.user, found):
        raise PermissionDenied
    row = get_object_or_404(found.statements.select_related("organisation", "seat"), pk=statement)
    row.decision = found
    form = SettleStatementForm(request.POST or None, statement=row, initial={"proposal": found.proposal})
    if (
        request.method == "POST"
        and form.is_valid()
        and made_by(request, form, actions.settle_statement, row, **form.cleaned_data)
    ):
        messages.success(request, gettext("La réponse est notée."))
        return redirect(found)
    context = {"group": found.group, "decision": found, "statement": row, "form": form}
    return render(request, "groups/decision_settle.html", context)


@login_required
@require_POST
def move_on(request, slug, pk):
    found = _running(request, slug, pk)
    stage = request.POST.get("stage", "")
    return _back(request, found, actions.move_on, found, stage=stage, said=gettext("On passe à l’étape suivante."))


@login_required
@require_POST
def vote(request, slug, pk):
    inside_or_403(request, slug)
    found = decision_or_404(request, slug, pk)
    voices = permissions.voices_of(request.user, found.group)
    form = VoteForm(request.POST, voices=voices, options=found.options.all())
    if not form.is_valid():
        messages.error(request, gettext("Choisissez une réponse."))
        return redirect(found)
    organisation = form.speaker["organisation"]
    option, said = form.cleaned_data["option"], gettext("Votre voix est comptée.")
    return _back(request, found, actions.cast_vote, found, organisation=organisation, option=option, said=said)


@login_required
@require_POST
def close(request, slug, pk):
    """Count a vote, or end a consent."""
    found = _running(request, slug, pk)
    if found.kind == Decision.Kind.VOTE:
        return _back(request, found, actions.close_vote, found, said=gettext("Les voix sont comptées."))
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Dites si la proposition est adoptée."))
        return redirect(found)
    return _back(request, found, actions.decide, found, said=gettext("C’est décidé."), **form.cleaned_data)


@login_required
@require_POST
def share(request, slug, pk):
    found = _running(request, slug, pk)
    shared = request.POST.get("shared") == "yes"
    said = gettext("La décision est partagée.") if shared else gettext("La décision n’est plus partagée.")
    return _back(request, found, actions.share_decision, found, shared=shared, said=said)
