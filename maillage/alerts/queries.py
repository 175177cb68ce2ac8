"""Whom an association may alert, what waits, and the synthesis that never tells one apart."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.models import User
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import NetworkRole, Organisation, TerritoryRole
from maillage.organisations.queries import behind_the_wall
from maillage.territories.models import Territory
from maillage.ui.lines import Line

from .models import Alert

LEAST = 5
"""Fewer associations than that are not told apart: a cell is shown from five on (product rule 8)."""


def organisations_to_alert_for(user):
    reader = reader_of(user)
    keys = reader.managed_ids & reader.association_ids
    return Organisation.objects.filter(pk__in=keys, archived_at=None).order_by("search_name")


def places_around(organisation):
    """The territories of ``organisation``, and what holds them, up to the region."""
    here = list(organisation.territories.select_related("region"))
    keys = {key for place in here for key in (place.pk, place.epci_id, place.departement_id, place.region_id)}
    communes = Territory.communes.through.objects.filter(from_territory__in=here)
    return (keys | set(communes.values_list("to_territory", flat=True))) - {None}


def coordinators_for(organisation):
    """The `TerritoryRole`s of those who coordinate where ``organisation`` acts, or above; never its own people, nor
    somebody who works for a public partner.
    """
    roles = TerritoryRole.objects.filter(
        role=TerritoryRole.Role.COORDINATOR, until=None, territory__in=places_around(organisation)
    )
    return _of_others(roles, organisation).select_related("territory").order_by("territory__search_name", "pk")


def followers_for(organisation, today):
    """The `NetworkRole`s of those who follow a network that ``organisation`` belongs to, or the one above."""
    memberships = organisation.network_memberships.in_force(today).select_related("network")
    keys = {key for one in memberships for key in (one.network_id, one.network.parent_id)} - {None}
    roles = NetworkRole.objects.filter(until=None, network__in=keys)
    return _of_others(roles, organisation).select_related("network").order_by("network__name", "pk")


def _of_others(roles, organisation):
    own = organisation.memberships.filter(until=None)
    people = behind_the_wall(User.objects.all()).exclude(pk__in=own.values("user"))
    return roles.filter(user__in=people).select_related("user")


def listed(user):
    """(those sent to ``user``, those of the associations they manage), the latest first."""
    found = Alert.objects.visible_to(user).select_related(
        "organisation",
        "territory_role__territory",
        "territory_role__user",
        "network_role__network",
        "network_role__user",
    )
    received = found.received_by(user)
    return received, found.exclude(pk__in=received.values("pk"))


def waiting_for(user, *, today):
    """Alerts that wait for an answer of ``user``; answers that their association has, or a reader who left. Two
    queries at most.
    """
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return []
    lines = []
    received, own = listed(user)
    for alert in received.open().filter(answered_at=None).order_by("due_on", "pk"):
        lines.append(
            Line(
                _("Une association vous alerte"),
                alert.organisation.name,
                alert.get_absolute_url(),
                _key(alert),
                alert.due_on,
            )
        )
    for alert in own.open().order_by("pk"):
        if not alert.has_reader:
            what = _("La personne que vous aviez alertée n’a plus ce rôle")
        elif alert.answered_at:
            what = _("Votre alerte a une réponse")
        else:
            continue
        lines.append(Line(what, alert.get_kind_display(), alert.get_absolute_url(), _key(alert)))
    return lines


def _key(alert):
    return f"alert-{alert.pk}-{alert.state}"


def news_for(user, *, since, until):
    """Nothing: an alert is in nobody's letter."""
    return []


def late(at):
    """Not answered by the day that was said, and not reminded yet."""
    found = Alert.objects.open().filter(answered_at=None, reminded_at=None, due_on__lt=timezone.localdate(at))
    held = Q(territory_role__until=None, network_role=None) | Q(network_role__until=None, territory_role=None)
    return found.filter(held).select_related("territory_role__user", "network_role__user")


def answer_days():
    return datetime.timedelta(days=settings.ALERT_ANSWERED_WITHIN_DAYS)


def synthesis(*, today):
    """[(region, quarter's first day, kind's words, number of associations)], the latest quarter first: quarters that
    are over, and only where at least LEAST associations alerted.

    No totals: one, less the cells that are shown, would tell those that are not. Nor the quarter under way: read
    twice, it would tell what came between. A withdrawn alert counts: to see it leave would tell whose it was.
    One query.
    """
    this_quarter = _quarter(today)
    rows = (
        Alert.objects.filter(region__isnull=False)
        .values_list("region__name", "kind", "sent_at", "organisation")
        .order_by()
    )
    cells = {}
    for region, kind, sent_at, organisation in rows:
        quarter = _quarter(timezone.localdate(sent_at))
        if quarter < this_quarter:
            cells.setdefault((quarter, region, kind), set()).add(organisation)
    shown = [(key, len(found)) for key, found in cells.items() if len(found) >= LEAST]
    shown.sort(key=lambda cell: (-cell[0][0].toordinal(), cell[0][1], cell[0][2]))
    return [(region, quarter, Alert.Kind(kind).label, number) for (quarter, region, kind), number in shown]


def _quarter(day):
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
