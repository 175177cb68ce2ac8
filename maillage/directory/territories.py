"""What is known of a place: who acts there, on what, federated or not, and how the charter stands."""

import dataclasses
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Prefetch

from maillage.charters.models import CharterVersion, Signature
from maillage.organisations.models import NetworkMembership, Organisation, OrganisationTheme, Theme
from maillage.organisations.queries import roles_on
from maillage.territories.models import Territory

SHOWN = ("slug", "name", "search_name", "acronym", "kind", "contact_function", "website")
"""What the page shows of an organisation: half of a long list's time is spent making rows."""


@dataclasses.dataclass
class Line:
    """One organisation of the neighbourhood, and what the page says of it."""

    organisation: Organisation
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
    def _here(self):
        return Organisation.objects.visible_to(self.user).listed().acting_in(self.place).order_by()

    @cached_property
    def lines(self):
        """A `Line` for each organisation, by name."""
        networks, signatures = self._networks(), self._signatures()
        found = self._here.only(*SHOWN).prefetch_related("themes").order_by("search_name")
        return [Line(one, networks.get(one.pk, []), signatures.get(one.pk, [])) for one in found]

    def _networks(self):
        """The networks in force of each organisation, by its key."""
        memberships = NetworkMembership.objects.in_force(self.on).filter(organisation__in=self._here.values("pk"))
        found = {}
        for membership in memberships.select_related("network").order_by("network__name"):
            found.setdefault(membership.organisation_id, []).append(membership.network)
        return found

    def _signatures(self):
        """What each organisation stands by, one signature a text, by its key; the national text first."""
        shown = ("organisation", "dormant_at", "version__number", "version__adaptation__name")
        signatures = (
            Signature.objects.visible_to(self.user)
            .standing()
            .latest()
            .filter(organisation__in=self._here.values("pk"))
            .select_related("version__adaptation")
            .only(*shown)
        )
        found = {}
        for signature in sorted(signatures, key=lambda one: (one.version.adaptation_id or 0, one.pk)):
            found.setdefault(signature.organisation_id, []).append(signature)
        return found

    @cached_property
    def by_theme(self):
        """(theme, lines) of each theme that somebody declared, in the order of the list of themes."""
        found = {}
        for line in self.lines:
            for row in line.organisation.themes.all():
                found.setdefault(row.theme, []).append(line)
        return [(theme.label, found[theme]) for theme in Theme if theme in found]

    @property
    def missing_themes(self):
        covered = {row.theme for line in self.lines for row in line.organisation.themes.all()}
        return [theme.label for theme in Theme if theme not in covered]

    @property
    def without_theme(self):
        return [line for line in self.lines if not line.organisation.themes.all()]

    @property
    def by_network(self):
        """(network, lines), by name; an organisation of two networks is in both."""
        found = {}
        for line in self.lines:
            for network in line.networks:
                found.setdefault(network.pk, (network, []))[1].append(line)
        return sorted(found.values(), key=lambda pair: pair[0].name)

    @property
    def unaffiliated(self):
        return [line for line in self.lines if line.is_unaffiliated]

    @property
    def associations(self):
        """Those who can sign."""
        return [line for line in self.lines if not line.organisation.is_public_partner]

    @property
    def signatories(self):
        return [line for line in self.lines if line.signatures]

    @cached_property
    def adaptations(self):
        """(version, life, promoters), newest first: the texts of the adaptations that cover this place."""
        promoters = Organisation.objects.visible_to(self.user).listed().only("slug", "name").order_by("search_name")
        versions = adaptations_of(self.place, self.user).prefetch_related(
            Prefetch("adaptation__promoters", queryset=promoters, to_attr="known_promoters")
        )
        return [
            (version, version.adaptation.life(version, self.on), version.adaptation.known_promoters)
            for version in versions
        ]

    @cached_property
    def roles(self):
        """(role, how many people) on this territory: functions, never names."""
        return roles_on(self.place)


def adaptations_of(place, user):
    """Texts of adaptations that cover ``place``, newest first, as ``user`` may see them."""
    return (
        CharterVersion.objects.visible_to(user)
        .filter(adaptation__territories__in=Territory.objects.within(place).values("pk"), superseded_at=None)
        .select_related("adaptation")
        .with_signature_count()
        .order_by("-published_at")
        .distinct()
    )


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
