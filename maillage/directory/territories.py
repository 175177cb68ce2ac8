"""What is known of a place: who acts there, on what, federated or not, and how the charter stands."""

import dataclasses
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Prefetch

from maillage.charters.models import CharterVersion, Signature
from maillage.organisations.models import NetworkMembership, Organisation, OrganisationTheme, Theme
from maillage.organisations.queries import roles_on

SHOWN = tuple("slug name search_name acronym kind contact_function website claimed_at refreshed_at".split())
"""What the page shows of an organisation: half of a long list's time is spent making rows."""


@dataclasses.dataclass
class Signed:
    """A text that an organisation stands by: the name of the adaptation, None for the national text."""

    name: str | None
    number: int
    is_dormant: bool


@dataclasses.dataclass
class Line:
    """One organisation of the neighbourhood, and what the page says of it."""

    organisation: Organisation
    themes: list
    networks: list
    signatures: list

    @property
    def is_unaffiliated(self):
        return not self.networks and not self.organisation.is_public_partner


class Neighbourhood:
    """What ``user`` may see of those who act in ``place`` on the day ``on``. Each list is read when asked for."""

    def __init__(self, place, *, user, on):
        self.place, self.user, self.on = place, user, on

    @cached_property
    def lines(self):
        """A `Line` for each organisation, by name."""
        here = Organisation.objects.visible_to(self.user).listed().filter(territories=self.place)
        organisations = list(here.only(*SHOWN).order_by("search_name", "pk"))
        # Keys rather than the set they come from: a neighbourhood has few hundreds, and each question is simpler.
        keys = [one.pk for one in organisations]
        themes, networks, signatures = self._themes(keys), self._networks(keys), self._signatures(keys)
        return [
            Line(one, themes.get(one.pk, []), networks.get(one.pk, []), signatures.get(one.pk, []))
            for one in organisations
        ]

    @staticmethod
    def _themes(keys):
        found = {}
        themes = OrganisationTheme.objects.filter(organisation__in=keys).order_by()
        for organisation, theme in themes.values_list("organisation", "theme"):
            found.setdefault(organisation, []).append(theme)
        return found

    def _networks(self, keys):
        """The networks in force of each organisation, by its key."""
        memberships = NetworkMembership.objects.in_force(self.on).filter(organisation__in=keys)
        found = {}
        for membership in memberships.select_related("network").order_by("network__name"):
            found.setdefault(membership.organisation_id, []).append(membership.network)
        return found

    def _signatures(self, keys):
        """What each organisation stands by, by its key: the newest version of each text, the national one first."""
        standing = Signature.objects.visible_to(self.user).standing().filter(organisation__in=keys)
        shown = ("organisation", "version__adaptation", "version__number", "version__adaptation__name", "dormant_at")
        newest = {}
        for organisation, adaptation, number, name, dormant_at in standing.order_by("version__number").values_list(
            *shown
        ):
            newest[organisation, adaptation or 0] = Signed(name, number, dormant_at is not None)
        found = {}
        for (organisation, _adaptation), signed in sorted(newest.items(), key=lambda item: item[0]):
            found.setdefault(organisation, []).append(signed)
        return found

    @cached_property
    def by_theme(self):
        """(theme, lines) of each theme that somebody declared, in the order of the list of themes."""
        found = {}
        for line in self.lines:
            for theme in line.themes:
                found.setdefault(theme, []).append(line)
        return [(theme.label, found[theme]) for theme in Theme if theme in found]

    @cached_property
    def missing_themes(self):
        covered = {theme for line in self.lines for theme in line.themes}
        return [theme.label for theme in Theme if theme not in covered]

    @cached_property
    def without_theme(self):
        return [line for line in self.lines if not line.themes]

    @property
    def by_network(self):
        """(network, lines), by name; an organisation of two networks is in both."""
        found = {}
        for line in self.lines:
            for network in line.networks:
                found.setdefault(network.pk, (network, []))[1].append(line)
        return sorted(found.values(), key=lambda pair: pair[0].name)

    @cached_property
    def unaffiliated(self):
        return [line for line in self.lines if line.is_unaffiliated]

    @cached_property
    def associations(self):
        """Those who can sign."""
        return [line for line in self.lines if not line.organisation.is_public_partner]

    @cached_property
    def signatories(self):
        return [line for line in self.lines if line.signatures]

    @cached_property
    def adaptations(self):
        """(version, life, promoters), newest first: the texts of the adaptations that cover this place."""
        promoters = Organisation.objects.visible_to(self.user).listed().only("slug", "name").order_by("search_name")
        versions = (
            CharterVersion.objects.visible_to(self.user)
            .filter(adaptation__territories=self.place, superseded_at=None)
            .select_related("adaptation")
            .prefetch_related(Prefetch("adaptation__promoters", queryset=promoters, to_attr="known_promoters"))
            .with_signature_count()
            .order_by("-published_at", "pk")
        )
        return [
            (version, version.adaptation.life(version, self.on), version.adaptation.known_promoters)
            for version in versions
        ]

    @cached_property
    def roles(self):
        """(role, how many people) on this territory: functions, never names."""
        return roles_on(self.place)


def actors(place, *, user, on):
    """Organisations that act in ``place``, as ``user`` may see them; the day ``on`` says who is federated.

    Returns (the set, its numbers: total, unaffiliated, signatories).
    """
    here = Organisation.objects.visible_to(user).listed().acting_in(place).order_by()
    mine = {"organisation": OuterRef("pk")}
    standing = Exists(Signature.objects.visible_to(user).standing().filter(**mine))
    federated = Exists(NetworkMembership.objects.in_force(on).filter(**mine))
    public = Organisation.Kind.PUBLIC_PARTNER
    numbers = here.annotate(standing=standing, federated=federated).values_list("kind", "standing", "federated")
    total = unaffiliated = signatories = 0
    for kind, is_signatory, is_federated, number in numbers.annotate(number=Count("pk")):
        total += number
        signatories += number * is_signatory
        unaffiliated += number * (not is_federated and kind != public)
    return here, {"total": total, "unaffiliated": unaffiliated, "signatories": signatories}


def theme_counts(organisations):
    """(theme, how many of ``organisations`` declare it), every theme, in the order of the list of themes."""
    themes = OrganisationTheme.objects.filter(organisation__in=organisations.values("pk")).order_by()
    counted = dict(themes.values_list("theme").annotate(Count("pk")))
    return [(theme.label, counted.get(theme.value, 0)) for theme in Theme]
