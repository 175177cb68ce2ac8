"""The last day of a consent: more time, a reminder before, what happens after."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.ui.days import date_format

from .. import decision_emails as emails
from ..models import Decision
from .decisions import end_decision, locked_decision, locked_to_run

Stage = Decision.Stage
REMIND_BEFORE = datetime.timedelta(days=2)


@transaction.atomic
def give_more_time(decision, *, closes_on, actor, at):
    """Another last day for a consent, later than the one it has, or a first one. A vote keeps its own."""
    decision = locked_to_run(decision, actor)
    if decision.kind != Decision.Kind.CONSENT:
        raise ValidationError(_("Le dernier jour d’un vote ne change pas."))
    if closes_on < timezone.localdate(at) or (decision.closes_on and closes_on <= decision.closes_on):
        raise ValidationError({"closes_on": _("Donnez un jour plus tardif que le dernier jour actuel.")})
    decision.closes_on, decision.reminded_at, decision.ended_told_at = closes_on, None, None
    decision.save(update_fields=["closes_on", "reminded_at", "ended_told_at"])
    record("groups.give_more_time", decision, actor=actor, at=at)
    emails.more_time_given(decision, at=at)
    return decision


def follow_consents(*, at):
    """Every day: two days before the last one, write to who has said nothing; after it, adopt what silence adopts,
    and tell who runs the group of what waits to be decided. Returns how many were adopted.
    """
    today, adopted = timezone.localdate(at), 0
    consents = Decision.objects.open().filter(kind=Decision.Kind.CONSENT, group__closed_at=None)
    for pk in list(consents.filter(closes_on__lt=today, ended_told_at=None).values_list("pk", flat=True)):
        adopted += _end_of(pk, today=today, at=at)
    soon = consents.filter(closes_on__gte=today, closes_on__lte=today + REMIND_BEFORE, reminded_at=None)
    for decision in soon.select_related("group"):
        with transaction.atomic():
            if soon.filter(pk=decision.pk).update(reminded_at=at):
                emails.consent_closes_soon(decision, at=at)
    return adopted


@transaction.atomic
def _end_of(pk, *, today, at):
    """The last day of one is past: 1 where silence adopted it, 0 where who runs the group is told."""
    try:
        decision = locked_decision(Decision(pk=pk))
    except ValidationError:
        return 0  # decided meanwhile
    if not decision.is_past(today) or decision.ended_told_at:
        return 0
    if silence_adopts(decision):
        words = gettext("Aucune objection jusqu’au %(day)s : selon la règle du groupe, le silence vaut accord.")
        words %= {"day": date_format(decision.closes_on, "j F Y")}
        end_decision(decision, outcome=Decision.Outcome.ADOPTED, words=words, actor=None, at=at)
        return 1
    decision.ended_told_at = at
    decision.save(update_fields=["ended_told_at"])
    emails.consent_ended(decision, at=at)
    return 0


def silence_adopts(decision):
    """Its group's rule says so, objections were asked for early enough, and nothing waits for an answer."""
    if decision.stage != Stage.OBJECTIONS or decision.silence_counts_from is None:
        return False
    if timezone.localdate(decision.stage_since) > decision.silence_counts_from:
        return False
    return not any(statement.is_waiting for statement in decision.statements.all())
