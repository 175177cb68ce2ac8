"""Sending an alert, answering it, closing it; choosing somebody else; what each day brings."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.models import TerritoryRole

from . import emails
from .models import Alert, AlertMessage
from .permissions import can_send, is_chosen, is_of_association
from .queries import answer_days, coordinators_for, followers_for, late


@transaction.atomic
def send_alert(organisation, *, role, kind, words, actor, at, hoped=""):
    """``organisation`` tells the person who holds ``role`` (a `TerritoryRole` or a `NetworkRole`), and nobody else.
    Returns the alert. The e-mail that leaves says that one waits, nothing of it.
    """
    if not can_send(actor, organisation.pk):
        raise PermissionDenied
    _refuse_who_may_not_read(organisation, role, at)
    alert = Alert(
        organisation=organisation,
        **_to(role),
        kind=kind,
        words=words.strip(),
        hoped=hoped.strip(),
        region=_region_of(organisation),
        sent_at=at,
        sent_by=actor,
        due_on=timezone.localdate(at + answer_days()),
    )
    alert.full_clean(exclude=["sent_by"], validate_constraints=False)
    alert.save()
    record("alerts.send", alert, actor=actor, at=at)
    emails.alert_sent(alert, at=at)
    return alert


@transaction.atomic
def choose_another(alert, *, role, actor, at):
    """The association tells somebody else, who reads it whole; the one before reads it no more."""
    alert = _locked(alert)
    if not is_of_association(actor, alert):
        raise PermissionDenied
    _refuse_closed(alert)
    _refuse_who_may_not_read(alert.organisation, role, at)
    alert.territory_role = alert.network_role = None
    for name, value in _to(role).items():
        setattr(alert, name, value)
    alert.read_at = alert.answered_at = alert.reminded_at = None
    alert.due_on = timezone.localdate(at + answer_days())
    alert.save()
    record("alerts.choose_another", alert, actor=actor, at=at)
    emails.alert_sent(alert, at=at)
    return alert


@transaction.atomic
def acknowledge(alert, *, actor, at):
    """The person who was told says that they have read it: the association sees it before the answer."""
    alert = _locked(alert)
    if not is_chosen(actor, alert):
        raise PermissionDenied
    _refuse_closed(alert)
    alert.read_at = alert.read_at or at
    alert.save(update_fields=["read_at"])
    record("alerts.acknowledge", alert, actor=actor, at=at)
    return alert


@transaction.atomic
def write(alert, *, words, actor, at):
    """One side writes to the other. The first answer of the person who was told is what the delay counted to."""
    alert = _locked(alert)
    chosen = is_chosen(actor, alert)
    if not chosen and not is_of_association(actor, alert):
        raise PermissionDenied
    _refuse_closed(alert)
    if not words.strip():
        raise ValidationError({"words": _("Écrivez votre message.")})
    message = AlertMessage(
        alert=alert, from_association=not chosen, words=words.strip(), written_at=at, written_by=actor
    )
    message.full_clean(exclude=["written_by"])
    message.save()
    if chosen and alert.answered_at is None:
        alert.answered_at, alert.read_at = at, alert.read_at or at
        alert.save(update_fields=["answered_at", "read_at"])
    record("alerts.write", alert, actor=actor, at=at)
    emails.alert_message(alert, from_association=not chosen, at=at)
    return message


@transaction.atomic
def close_alert(alert, *, outcome, actor, at):
    """What came of it, said by either side; "withdrawn" by the association alone."""
    alert = _locked(alert)
    ours = is_of_association(actor, alert)
    if not ours and not is_chosen(actor, alert):
        raise PermissionDenied
    if outcome == Alert.Outcome.WITHDRAWN and not ours:
        raise ValidationError(_("C’est à l’association de la retirer."))
    _refuse_closed(alert)
    alert.outcome, alert.closed_at = outcome, at
    alert.save(update_fields=["outcome", "closed_at"])
    record("alerts.close", alert, actor=actor, at=at)
    emails.alert_closed(alert, by_association=ours, at=at)
    return alert


def follow_alerts(*, at):
    """Reminds, once, who has not answered by the day that was said. Returns how many."""
    with transaction.atomic():
        rows = list(late(at).select_for_update(of=("self",)))
        for alert in rows:
            alert.reminded_at = at
            alert.save(update_fields=["reminded_at"])
            emails.alert_late(alert, at=at)
    return len(rows)


def _locked(alert):
    found = Alert.objects.select_for_update(of=("self",))
    return found.select_related("organisation", "territory_role__user", "network_role__user").get(pk=alert.pk)


def _to(role):
    return {"territory_role" if isinstance(role, TerritoryRole) else "network_role": role}


def _refuse_closed(alert):
    if alert.closed_at:
        raise ValidationError(_("Cette alerte est close."))


def _refuse_who_may_not_read(organisation, role, at):
    may = coordinators_for(organisation) if isinstance(role, TerritoryRole) else None
    if may is None:
        may = followers_for(organisation, timezone.localdate(at))
    if not may.filter(pk=role.pk).exists():
        raise ValidationError({"to": _("Cette personne ne coordonne pas votre territoire, ni votre réseau.")})


def _region_of(organisation):
    for place in organisation.territories.select_related("region").order_by("pk"):
        if place.region:
            return place.region
    return None
