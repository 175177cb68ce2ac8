"""A new official geography: who stood in a neighbourhood that ended, and where the coordination says that they go."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.models import Organisation, TerritoryRole
from maillage.organisations.words import keep_words
from maillage.territories.models import Territory

from .. import emails
from ..models import BorderChange, TerritorialAdaptation
from ..permissions import can_decide_borders


class NotASuccessor(ValidationError):
    """The place chosen does not follow the neighbourhood that ended."""


@transaction.atomic
def follow_borders(*, at):
    """Notices, once each, the organisations and adaptations of neighbourhoods that ended; their coordination is told.

    Not before a newer geography is here: until then nobody knows what follows. Nothing changes before somebody
    decides. Meant to run once a day. Returns how many were noticed.
    """
    newest = Territory.objects.priority_neighbourhoods().aggregate(newest=Max("vintage"))["newest"] or 0
    ended = Territory.objects.priority_neighbourhoods().filter(
        Q(organisations__isnull=False) | Q(adaptations__isnull=False),
        valid_until__lte=timezone.localdate(at),
        vintage__lt=newest,
    )
    found = 0
    for former in ended.order_by("pk").distinct():
        noticed = _notice(former, at)
        if noticed:
            emails.borders_changed(former, number=noticed, at=at)
        found += noticed
    return found


def _notice(former, at):
    known = former.border_changes
    organisations = Organisation.objects.filter(territories=former, archived_at=None).exclude(
        pk__in=known.exclude(organisation=None).values("organisation")
    )
    adaptations = TerritorialAdaptation.objects.filter(territories=former, closed_at=None).exclude(
        pk__in=known.exclude(adaptation=None).values("adaptation")
    )
    changes = [BorderChange(former=former, organisation=one, noticed_at=at) for one in organisations]
    changes += [BorderChange(former=former, adaptation=one, noticed_at=at) for one in adaptations]
    BorderChange.objects.bulk_create(changes)
    return len(changes)


@transaction.atomic
def decide_borders(former, *, choices, actor, at):
    """Where those who stood in ``former`` go: ``choices`` is id of a `BorderChange` → successor, or None for outside.

    The link with ``former`` is replaced; the decision keeps it. Outside, an organisation left without a place keeps
    the communes of ``former``; an adaptation keeps ``former``. One decided meanwhile is left as it is. Whoever
    coordinates ``former`` and decides goes on where they send somebody. Returns how many were decided.
    Raises NotASuccessor.
    """
    if not can_decide_borders(actor, former):
        raise PermissionDenied
    followers = {territory.pk for territory in former.successors.all()}
    if any(new is not None and new.pk not in followers for new in choices.values()):
        raise NotASuccessor(_("Ce quartier ne fait pas suite à « %(name)s ».") % {"name": former.name})
    changes = former.border_changes.to_decide().select_for_update().filter(pk__in=choices)
    decided = list(changes.order_by("pk"))
    for change in decided:
        change.new, change.decided_at, change.decided_by = choices[change.pk], at, actor
        change.save(update_fields=["new", "decided_at", "decided_by"])
        _move(change)
    _go_on(former, {change.new for change in decided if change.new}, actor, at)
    keep_words([change.organisation for change in decided if change.organisation])
    if decided:
        record("charters.decide_borders", former, actor=actor, at=at, number=len(decided))
    return len(decided)


def _go_on(former, places, actor, at):
    """Coordination follows its own decision, and nothing else: nobody reads a new neighbourhood by an import."""
    coordinator = TerritoryRole.Role.COORDINATOR
    if not former.roles.filter(user=actor, role=coordinator, until=None).exists():
        return
    for place in sorted(places, key=lambda place: place.pk):
        TerritoryRole.objects.get_or_create(
            user=actor, territory=place, role=coordinator, until=None, defaults={"since": timezone.localdate(at)}
        )


def _move(change):
    places = change.subject.territories
    if change.new:
        places.add(change.new)
        places.remove(change.former)
    elif change.organisation:
        places.remove(change.former)
        if not places.exists():
            places.set(change.former.communes.all() or [change.former])
