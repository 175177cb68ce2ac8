"""What is known here of a network: its members, where they act, what they signed. Memberships are public."""

from collections import Counter
from functools import cached_property

from maillage.charters.models import Signature
from maillage.organisations.models import Network, NetworkMembership, Organisation
from maillage.organisations.queries import with_branches
from maillage.territories.folding import fold
from maillage.territories.models import Territory

from .coverage import Acting, Board


def all_networks():
    """Every network, by name, accents ignored."""
    return sorted(Network.objects.all(), key=lambda network: fold(network.name))


def members_in(networks, *, user, on):
    """(network, organisation) of each published member of ``networks`` on the day ``on``."""
    listed = Organisation.objects.visible_to(user).listed()
    found = NetworkMembership.objects.in_force(on).filter(organisation__in=listed.values("pk"))
    return found.filter(network__in=networks)


def tree(networks, *, user, on):
    """(depth, network, members of it and of its branches) in the order in which a tree is read."""
    direct = {}
    for network, organisation in members_in([one.pk for one in networks], user=user, on=on).values_list(
        "network", "organisation"
    ):
        direct.setdefault(network, set()).add(organisation)
    below = {}
    for network in networks:
        below.setdefault(network.parent_id, []).append(network)

    def read(parent, depth):
        for network in below.get(parent, []):
            branches = list(read(network.pk, depth + 1))
            members = direct.get(network.pk, set()).union(*(row[2] for row in branches))
            yield depth, network, members
            yield from branches

    return [(depth, network, len(members)) for depth, network, members in read(None, 0)]


class NetworkHere:
    """What ``user`` may see of ``network`` and its branches on the day ``on``. Each list is read when asked for."""

    def __init__(self, network, networks, *, user, on):
        self.network, self.user, self.on = network, user, on
        self.keys = with_branches(network, networks)
        self.named = {one.pk: one for one in networks}
        self.board = Board(None, user=user, on=on, networks=self.keys, by_neighbourhood=True)

    @property
    def branches(self):
        return [one for one in self.named.values() if one.parent_id == self.network.pk]

    @property
    def parent(self):
        return self.named.get(self.network.parent_id)

    @cached_property
    def members(self):
        """Of each member, by name: its slug, its name, its commune, the branches through which it belongs."""
        found = {}
        shown = ("organisation", "organisation__slug", "organisation__name", "organisation__seat__name", "network")
        members = members_in(self.keys, user=self.user, on=self.on).order_by("organisation__search_name", "pk")
        for key, slug, name, commune, network in members.values_list(*shown):
            member = found.setdefault(
                key, {"key": key, "slug": slug, "name": name, "commune": commune, "branches": []}
            )
            if network != self.network.pk:
                member["branches"].append(self.named[network])
        return list(found.values())

    @cached_property
    def signatories(self):
        """Keys of the members that stand by a text."""
        standing = Signature.objects.visible_to(self.user).standing().order_by()
        found = standing.filter(organisation__in=[member["key"] for member in self.members])
        return set(found.values_list("organisation", flat=True))

    @cached_property
    def rows(self):
        """The neighbourhoods where a member acts, by name: each with its state and its number of members."""
        acting = Acting.objects.filter(
            organisation__in=[member["key"] for member in self.members], territory__kind=Territory.Kind.QPV
        )
        members = Counter(acting.order_by().values_list("territory__code", flat=True))
        rows = self.board.rows
        for row in rows:
            row.members = members[row.code]
        return rows

    @cached_property
    def states(self):
        """(state, how many of these neighbourhoods)."""
        counted = Counter(row.state for row in self.rows)
        return [(state.label, counted[state]) for state in self.board.states]

    def number_in(self, *states):
        return sum(row.state in states for row in self.rows)
