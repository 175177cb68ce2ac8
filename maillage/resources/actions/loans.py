"""A loan from the asking to the closing."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..availability import is_free, is_within_hours
from ..models import Loan, Resource
from ..permissions import is_borrower, is_lender, may_borrow, speaks_for
from .holding import AlreadyPromised, hold, let_go

LONGEST = datetime.timedelta(days=31)
MOST_OF_AN_INCIDENT = 1000
FURTHEST = datetime.timedelta(days=366)
State = Loan.State


class OutOfTurn(ValidationError):
    """The loan is no longer where this gesture applies: somebody else has moved it on."""


class AlreadyAsked(ValidationError):
    """The same association waits for an answer about the same hours."""


class NotBackYet(ValidationError):
    """The loan before this one has not come back."""


@transaction.atomic
def ask_loan(resource, *, borrower, starts_at, ends_at, actor, at, quantity=1, message=""):
    """``borrower`` asks for ``resource``, from a moment to another (half hours, 31 days at most).

    Nothing is promised yet, but for its owner, who takes it at once. Raises AlreadyPromised where it is not free,
    AlreadyAsked where the same was asked and waits.
    """
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    if not speaks_for(actor, borrower.pk) or not may_borrow(borrower, resource):
        raise PermissionDenied
    _check_times(resource, starts_at, ends_at, at)
    if not 1 <= quantity <= resource.quantity:
        raise ValidationError({"quantity": _("Il n’y en a pas autant.")})
    if not is_free(resource, starts_at, ends_at, quantity):
        raise AlreadyPromised(_("C’est déjà promis à ces heures, en tout ou en partie."))
    same = {"borrower": borrower, "starts_at": starts_at, "ends_at": ends_at, "state": State.ASKED}
    if resource.loans.filter(**same).exists():
        raise AlreadyAsked(_("Votre association a déjà demandé ces heures : la réponse est attendue."))
    loan = Loan(
        resource=resource,
        borrower=borrower,
        starts_at=starts_at,
        ends_at=ends_at,
        quantity=quantity,
        message=message,
        asked_by=actor,
        asked_at=at,
        conditions=resource.conditions,
        upkeep_fee=resource.upkeep_fee,
        deposit=resource.deposit,
    )
    if loan.is_own_use:
        loan.state, loan.answered_at = State.ACCEPTED, at
        hold(loan)
    loan.save()
    record("resources.ask_loan", loan, actor=actor, at=at)
    if not loan.is_own_use:
        emails.loan_asked(loan, at=at)
    return loan


def _check_times(resource, starts_at, ends_at, at):
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("La fin vient après le début.")})
    if any(one.minute % 30 or one.second for one in (starts_at, ends_at)):
        raise ValidationError({"starts_at": _("Choisissez des heures rondes ou des demi-heures.")})
    if starts_at < at:
        raise ValidationError({"starts_at": _("Ce moment est passé.")})
    if starts_at > at + FURTHEST:
        raise ValidationError({"starts_at": _("C’est trop loin : un an à l’avance au plus.")})
    if ends_at - starts_at > LONGEST:
        raise ValidationError({"ends_at": _("Un prêt dure au plus 31 jours. Au-delà, faites une convention.")})
    if not is_within_hours(resource, starts_at, ends_at):
        raise ValidationError({"starts_at": _("Ce n’est pas dans les créneaux : regardez-les au-dessus.")})


def _turn(loan, *states, lender=None, borrower=None, actor):
    """The loan's row and its resource's, locked, where it stands in one of ``states``; who may do it is checked."""
    resource = Resource.objects.select_for_update().get(pk=loan.resource_id)
    loan = Loan.objects.select_for_update().get(pk=loan.pk)
    loan.resource = resource
    if not ((lender and is_lender(actor, loan)) or (borrower and is_borrower(actor, loan))):
        raise PermissionDenied
    if loan.state not in states:
        raise OutOfTurn(
            _("Ce prêt est maintenant « %(state)s » : ce geste ne s’applique plus.")
            % {"state": loan.get_state_display()}
        )
    return loan


@transaction.atomic
def accept_loan(loan, *, actor, at, words=""):
    """The owner says yes: from now on these hours are promised. Raises AlreadyPromised."""
    loan = _turn(loan, State.ASKED, lender=True, actor=actor)
    if loan.ends_at <= at:
        raise OutOfTurn(_("Ces heures sont passées : refusez la demande, ou attendez-en une autre."))
    hold(loan)
    loan.state, loan.answered_at, loan.answer = State.ACCEPTED, at, words
    loan.save(update_fields=["state", "answered_at", "answer"])
    record("resources.accept_loan", loan, actor=actor, at=at)
    emails.loan_accepted(loan, at=at)
    return loan


@transaction.atomic
def refuse_loan(loan, *, words, actor, at):
    """The owner says no, and why."""
    loan = _turn(loan, State.ASKED, lender=True, actor=actor)
    loan.state, loan.answered_at, loan.answer = State.REFUSED, at, words
    loan.save(update_fields=["state", "answered_at", "answer"])
    record("resources.refuse_loan", loan, actor=actor, at=at)
    emails.loan_refused(loan, at=at)
    return loan


@transaction.atomic
def cancel_loan(loan, *, words, actor, at):
    """Either side gives it up before it is out, and says why; the other is told."""
    loan = _turn(loan, State.ASKED, State.ACCEPTED, lender=True, borrower=True, actor=actor)
    if loan.state == State.ACCEPTED:
        let_go(loan)
    by_borrower = is_borrower(actor, loan)
    loan.state, loan.cancelled_at, loan.cancel_words = State.CANCELLED, at, words
    loan.cancelled_for = loan.borrower if by_borrower else loan.resource.owner
    loan.save(update_fields=["state", "cancelled_at", "cancel_words", "cancelled_for"])
    record("resources.cancel_loan", loan, actor=actor, at=at)
    if not loan.is_own_use:
        emails.loan_cancelled(loan, at=at)
    return loan


@transaction.atomic
def hand_out(loan, *, state_noted, actor, at, deposit_received=False):
    """It leaves: its state is noted, and whether the deposit was received. Raises NotBackYet."""
    loan = _turn(loan, State.ACCEPTED, lender=True, actor=actor)
    if loan.is_own_use:
        raise OutOfTurn(_("Votre association le garde pour elle : rien n’est à remettre."))
    still_out = Loan.objects.filter(resource=loan.resource, state=State.OUT).aggregate(Sum("quantity"))
    if (still_out["quantity__sum"] or 0) + loan.quantity > loan.resource.quantity:
        raise NotBackYet(_("Le prêt précédent n’est pas encore noté rendu : notez d’abord son retour."))
    loan.state, loan.out_at, loan.out_state = State.OUT, at, state_noted
    loan.deposit_received_on = timezone.localdate(at) if deposit_received and loan.deposit else None
    loan.save(update_fields=["state", "out_at", "out_state", "deposit_received_on"])
    record("resources.hand_out", loan, actor=actor, at=at)
    return loan


@transaction.atomic
def take_back(loan, *, state_noted, actor, at, incident="", deposit_returned=False):
    """It is back: its state is noted, and an incident if there was one; what was left of its hours is free.

    With nothing left to settle (no deposit kept, no incident) the loan is closed by the same gesture.
    """
    loan = _turn(loan, State.OUT, lender=True, actor=actor)
    today = timezone.localdate(at)
    let_go(loan, since=at)
    loan.state, loan.back_at, loan.back_state = State.BACK, at, state_noted
    if incident and not loan.incident:
        loan.incident, loan.incident_at = incident, at
    if loan.deposit_received_on and deposit_returned:
        loan.deposit_returned_on = today
    if not loan.incident and (not loan.deposit_received_on or loan.deposit_returned_on):
        loan.state, loan.closed_at = State.CLOSED, at
    loan.save()
    record("resources.take_back", loan, actor=actor, at=at)
    if incident:
        emails.loan_incident(loan, by_borrower=False, at=at)
    return loan


@transaction.atomic
def note_incident(loan, *, words, actor, at):
    """Either side says what happened while it was out, or once it is back; the other is told."""
    loan = _turn(loan, State.OUT, State.BACK, lender=True, borrower=True, actor=actor)
    by_borrower = is_borrower(actor, loan)
    said = [loan.incident, f"{loan.borrower.name if by_borrower else loan.resource.owner.name} : {words}"]
    loan.incident = "\n".join(filter(None, said))
    if len(loan.incident) > MOST_OF_AN_INCIDENT:
        raise ValidationError({"words": _("C’est trop long : quelques phrases suffisent.")})
    loan.incident_at = loan.incident_at or at
    loan.save(update_fields=["incident", "incident_at"])
    record("resources.note_incident", loan, actor=actor, at=at)
    emails.loan_incident(loan, by_borrower=by_borrower, at=at)
    return loan


@transaction.atomic
def close_loan(loan, *, words, actor, at, deposit_returned=False):
    """What was left to settle is settled: the deposit returned or kept, the incident, in words."""
    loan = _turn(loan, State.BACK, lender=True, actor=actor)
    if loan.deposit_received_on and deposit_returned:
        loan.deposit_returned_on = timezone.localdate(at)
    loan.state, loan.closed_at, loan.closing_words = State.CLOSED, at, words
    loan.save(update_fields=["state", "closed_at", "closing_words", "deposit_returned_on"])
    record("resources.close_loan", loan, actor=actor, at=at)
    return loan
