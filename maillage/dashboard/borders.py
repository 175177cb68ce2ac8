"""What waits to be decided where the official geography changed, neighbourhood by neighbourhood."""

from collections import defaultdict
from dataclasses import dataclass

from maillage.charters.models import BorderChange
from maillage.charters.permissions import can_decide_borders
from maillage.territories.models import Territory
from maillage.territories.overlap import shares_covered


@dataclass(frozen=True, slots=True)
class Ended:
    """A neighbourhood that ended, what follows it (territory, share of its surface in %, or None), what waits."""

    former: Territory
    followers: list
    changes: list
    may_decide: bool

    @property
    def proposed(self):
        """The one that is proposed: the only one, or the one that covers most of it; None where nothing follows."""
        return max(self.followers, key=lambda pair: pair[1] or 0)[0] if self.followers else None


def waiting(user):
    """A list of `Ended`: those of which ``user`` may see something that waits."""
    changes = (
        BorderChange.objects.visible_to(user)
        .to_decide()
        .select_related("former", "organisation", "adaptation")
        .prefetch_related("former__successors")
        .order_by("former__search_name", "organisation__search_name", "pk")
    )
    grouped = defaultdict(list)
    for change in changes:
        grouped[change.former].append(change)
    followers = {former: list(former.successors.all()) for former in grouped}
    shares = shares_covered(followers)

    def in_percent(former, one):
        share = shares.get((former.pk, one.pk))
        return None if share is None else round(share * 100)

    return [
        Ended(
            former,
            [(one, in_percent(former, one)) for one in followers[former]],
            found,
            can_decide_borders(user, former),
        )
        for former, found in grouped.items()
    ]


def decided(user, *, most=100):
    """The last decisions that ``user`` may see: what was, what is, since when."""
    changes = BorderChange.objects.visible_to(user).exclude(decided_at=None)
    return changes.select_related("former", "new", "organisation", "adaptation").order_by("-decided_at")[:most]
