"""Letters about alerts: they say that something waits, and lead to it. Nothing of the alert is in them."""

from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import written_to


def _tell(kind, people, alert, *, at):
    queue_to_each(f"alerts/emails/{kind}", people, page=alert.get_absolute_url(), at=at)


def alert_sent(alert, *, at):
    _tell("alert_sent", [alert.role.user], alert, at=at)


def alert_late(alert, *, at):
    _tell("alert_late", [alert.role.user], alert, at=at)


def alert_message(alert, *, from_association, at):
    people = [alert.role.user] if from_association else written_to(alert.organisation)
    if not from_association or alert.has_reader:
        _tell("alert_message", people, alert, at=at)


def alert_closed(alert, *, by_association, at):
    people = [alert.role.user] if by_association else written_to(alert.organisation)
    if not by_association or alert.has_reader:
        _tell("alert_closed", people, alert, at=at)
