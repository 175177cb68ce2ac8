"""Alerts: rows that could leak, and who may see each. Amina manages the association, Elsa was chosen."""

from maillage.alerts.models import AlertMessage
from maillage.organisations.models import TerritoryRole
from tests.factories.alerts import AlertFactory

from .wall_rows import LeakRow


def alert_of_entraide(request):
    fixture = request.getfixturevalue
    role = TerritoryRole.objects.get(user=fixture("elsa"))
    return AlertFactory(organisation=fixture("entraide"), territory_role=role)


def message_of_it(request):
    alert = alert_of_entraide(request)
    return AlertMessage.objects.create(alert=alert, from_association=True, words="Vite.", written_at=alert.sent_at)


def alert_to_who_left(request):
    alert = alert_of_entraide(request)
    TerritoryRole.objects.filter(pk=alert.territory_role_id).update(until=alert.due_on)
    return alert


SIDES = frozenset({"amina", "elsa"})
ROWS = {
    "alerts.Alert": [
        LeakRow(alert_of_entraide, SIDES, "who manages it, and the one person chosen"),
        LeakRow(alert_to_who_left, frozenset({"amina"}), "whoever left the role reads it no more"),
    ],
    "alerts.AlertMessage": [LeakRow(message_of_it, SIDES, "as its alert")],
}
