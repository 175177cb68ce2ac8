"""Opening a text to a group, and closing it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Amendment, Workshop
from ..permissions import can_animate, can_open_workshop, may_speak_as


class AlreadyOpen(ValidationError):
    """This text is open to this group."""


class WorkshopClosed(ValidationError):
    """The text is no longer open to the group, or its day has passed."""


class AmendmentsWaiting(ValidationError):
    """Nobody has answered some amendments: they are answered, or told why the workshop closes without."""


@transaction.atomic
def open_workshop(version, *, group, actor, at, words="", closes_on=None):
    """Open the draft ``version`` to ``group``, until the end of the day ``closes_on`` or until it is closed. Its
    people are told by e-mail. Raises AlreadyOpen.
    """
    if not can_open_workshop(actor, group, version):
        raise PermissionDenied
    _refuse_past(closes_on, at)
    workshop = Workshop(
        group=group, version=version, words=words.strip(), opened_by=actor, opened_at=at, closes_on=closes_on
    )
    workshop.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            workshop.save()
    except IntegrityError as error:
        raise AlreadyOpen(_("Ce texte est déjà ouvert à ce groupe.")) from error
    record("drafting.open", workshop, actor=actor, at=at)
    emails.workshop_opened(workshop, but=actor, at=at)
    return workshop


def _refuse_past(closes_on, at):
    if closes_on is not None and closes_on < timezone.localdate(at):
        raise ValidationError({"closes_on": _("Choisissez un jour à venir.")})


@transaction.atomic
def change_closing_day(workshop, *, closes_on, actor, at):
    """Give the group more time, or less; None: until it is closed."""
    workshop = lock_open(workshop)
    if not can_animate(actor, workshop):
        raise PermissionDenied
    _refuse_past(closes_on, at)
    workshop.closes_on = closes_on
    workshop.save(update_fields=["closes_on"])
    record("drafting.change", workshop, actor=actor, at=at)
    return workshop


@transaction.atomic
def close_workshop(workshop, *, actor, at, words=""):
    """End it: the draft goes on by the charter's own actions. ``words``: what the group keeps of it.

    Amendments that nobody answered are then closed with these words, and their authors told: AmendmentsWaiting where
    there are none to tell them.
    """
    workshop = lock_open(workshop, to_close=True)
    if not can_animate(actor, workshop):
        raise PermissionDenied
    words = words.strip()
    waiting = list(workshop.amendments.waiting().select_related("author", "organisation", "seat"))
    if waiting and not words:
        raise AmendmentsWaiting(
            {"words": _("Des amendements attendent une réponse : répondez à chacun, ou dites ici pourquoi non.")}
        )
    for amendment in waiting:
        end(amendment, Amendment.State.OUTDATED, answer=words, actor=actor, at=at)
    workshop.closed_at, workshop.closing_words = at, words
    workshop.full_clean(validate_constraints=False)
    workshop.save(update_fields=["closed_at", "closing_words"])
    record("drafting.close", workshop, actor=actor, at=at)
    for amendment in waiting:
        emails.amendment_answered(amendment, by=actor, at=at)
    return workshop


def lock_open(workshop, *, to_close=False):
    """The workshop, alone in hand: whoever decides there waits for whoever is deciding. Raises WorkshopClosed.

    A text that was adopted meanwhile can still be closed (``to_close``), and nothing else.
    """
    locked = (
        Workshop.objects.select_for_update(of=("self",))
        .select_related("group", "version__adaptation")
        .get(pk=workshop.pk)
    )
    if locked.closed_at or not (locked.is_open or to_close):
        raise WorkshopClosed(_("Ce texte n’est plus ouvert au groupe."))
    return locked


def refuse_late(workshop, at):
    """The group's own words have an end; the answers to them have not."""
    if not workshop.takes_words(timezone.localdate(at)):
        raise WorkshopClosed(_("Le groupe ne peut plus commenter ni proposer : le jour fixé est passé."))


def refuse_stranger(actor, workshop, *, organisation, seat):
    """Nobody speaks in the name of an organisation that is not theirs, nor from somebody else's seat."""
    if not may_speak_as(actor, workshop, organisation=organisation, seat=seat):
        raise PermissionDenied


def end(amendment, state, *, answer, actor, at):
    """Write down what became of an amendment."""
    amendment.state, amendment.answer = state, answer.strip()
    amendment.answered_at, amendment.answered_by = at, actor
    amendment.full_clean(exclude=["workshop", "organisation", "seat", "author", "answered_by"])
    amendment.save()
