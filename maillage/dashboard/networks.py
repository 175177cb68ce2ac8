"""A network's members that are here: where they act, what they signed."""

from dataclasses import dataclass

from django.db.models import Prefetch

from maillage.charters.models import Signature
from maillage.organisations.models import Network, NetworkMembership, Organisation
from maillage.organisations.queries import with_branches
from maillage.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Member:
    """One member here: its priority neighbourhoods in force, and its standing signatures that may be seen."""

    organisation: Organisation
    neighbourhoods: list
    signatures: list

    @property
    def is_dormant(self):
        return bool(self.signatures) and all(signature.dormant_at for signature in self.signatures)


def members_here(user, network, *, on):
    """The members of ``network`` and of its branches on the day ``on``, that ``user`` may see: a list of `Member`."""
    keys = with_branches(network, Network.objects.all())
    memberships = NetworkMembership.objects.in_force(on).filter(network__in=keys)
    neighbourhoods = Territory.objects.priority_neighbourhoods().filter(valid_until=None).order_by("search_name")
    signatures = Signature.objects.visible_to(user).standing().select_related("version__adaptation")
    found = (
        Organisation.objects.visible_to(user)
        .listed()
        .filter(pk__in=memberships.values("organisation"))
        .select_related("seat")
        .prefetch_related(
            Prefetch("territories", neighbourhoods), Prefetch("signatures", signatures.order_by("-signed_at"))
        )
        .order_by("search_name")
    )
    return [Member(one, list(one.territories.all()), list(one.signatures.all())) for one in found]


def followed(user):
    """The networks that ``user`` works for."""
    return Network.objects.filter(roles__user=user, roles__until=None).distinct() if user.is_authenticated else []


HEADER = "nom rna siret commune quartiers_prioritaires signataire textes_signes en_sommeil".split()


def cells(member):
    """What the CSV tells of one member."""
    one = member.organisation
    return (
        one.name,
        one.rna,
        one.siret,
        one.seat.name if one.seat else "",
        ", ".join(f"{place.name} ({place.code}, {place.vintage})" for place in member.neighbourhoods),
        "oui" if member.signatures else "non",
        ", ".join(str(signature.version) for signature in member.signatures),
        "oui" if member.is_dormant else "non",
    )


LINE_HEADER = "ligne nom numero commune resultat sur_maillage".split()


def line_cells(line):
    """What the CSV tells of one line of a list."""
    here = line.organisation.name if line.organisation else ""
    return (line.number, line.name, line.identifier, line.commune, line.get_state_display(), here)
