"""Finding a date: proposing some, answering, choosing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import DateAnswer, DateOption, DatePoll
from .groups import facilitated
from .meetings import plan_meeting, refuse_who_does_not_speak

MOST_OPTIONS = 12


@transaction.atomic
def open_poll(group, *, title, place, options, answer_by, actor, at):
    """Ask the members which of ``options`` suits: (date, start, end) each, two at least. They are written to."""
    group = facilitated(group, actor)
    options = sorted(set(options))
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise ValidationError(_("Proposez de deux à %(most)s dates différentes.") % {"most": MOST_OPTIONS})
    if options[0][0] < timezone.localdate(at):
        raise ValidationError(_("Une des dates est passée."))
    poll = DatePoll(group=group, title=title.strip(), place=place.strip(), answer_by=answer_by, opened_at=at)
    poll.full_clean(exclude=["group"])
    poll.save()
    for date, starts_at, ends_at in options:
        option = DateOption(poll=poll, date=date, starts_at=starts_at, ends_at=ends_at)
        option.full_clean(exclude=["poll"])
        option.save()
    record("groups.open_poll", poll, actor=actor, at=at)
    emails.poll_opened(poll, at=at)
    return poll


@transaction.atomic
def answer_poll(poll, *, organisation=None, seat=None, answers, actor, at):
    """``answers``: option → answer, in the name of ``organisation`` or of the ``seat``; may change until then."""
    poll = DatePoll.objects.select_for_update(of=("self",)).select_related("group").get(pk=poll.pk)
    refuse_who_does_not_speak(poll.group, organisation, seat, actor)
    if poll.closed_at:
        raise ValidationError(_("Ce sondage est clos."))
    known = {option.pk: option for option in poll.options.all()}
    for pk, answer in answers.items():
        if pk in known:
            DateAnswer.objects.update_or_create(
                option=known[pk], organisation=organisation, seat=seat, defaults={"answer": answer}
            )
    return poll


@transaction.atomic
def choose_date(poll, *, option, actor, at):
    """Close the poll; ``option`` becomes a meeting, planned, to which people are then invited. None: no meeting."""
    group = facilitated(poll.group, actor)
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    if poll.closed_at:
        raise ValidationError(_("Ce sondage est déjà clos."))
    if option is not None:
        poll.meeting = plan_meeting(
            group,
            date=option.date,
            starts_at=option.starts_at,
            ends_at=option.ends_at,
            title=poll.title,
            place=poll.place,
            actor=actor,
            at=at,
        )
    poll.closed_at = at
    poll.save(update_fields=["closed_at", "meeting"])
    record("groups.close_poll", poll, actor=actor, at=at)
    return poll
