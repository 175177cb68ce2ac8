"""Who is linked with whom in a place, from what is known: networks, and the texts that some write or sign together.

The national text links everybody who signed it: it is counted, and never drawn.
"""

import dataclasses
from functools import cached_property

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Signature, TerritorialAdaptation
from maillage.organisations.models import NetworkMembership, Organisation
from maillage.ui.rows import addresses


class Tie(TextChoices):
    """What an organisation is to a network or to a text."""

    MEMBER = "member", _("membre")
    PROMOTER = "promoter", _("promotrice")
    SIGNATORY = "signatory", _("signataire")


@dataclasses.dataclass(frozen=True)
class Gatherer:
    """What several organisations may share: a network, a text."""

    kind: str
    """`network` or `text`."""
    key: int
    name: str = dataclasses.field(compare=False)
    address: str = dataclasses.field(compare=False)
    is_dormant: bool = dataclasses.field(default=False, compare=False)


@dataclasses.dataclass
class Link:
    """One organisation, and one thing that it shares with others."""

    organisation: Organisation
    gatherer: Gatherer
    ties: list

    @property
    def words(self):
        return ", ".join(str(tie.label) for tie in self.ties)


class Links:
    """The links of organisations that act in ``place`` on the day ``on``, as ``user`` may see them."""

    def __init__(self, place, *, user, on):
        self.place, self.user, self.on = place, user, on

    @cached_property
    def organisations(self):
        """Those that act here, public partners left out: by their keys, in the order of their names."""
        here = Organisation.objects.visible_to(self.user).listed().associations().acting_in(self.place)
        return {one.pk: one for one in here.only("slug", "name", "search_name").order_by("search_name", "pk")}

    @property
    def sources(self):
        """Functions that give (key of an organisation, gatherer, tie).

        A new kind of link, a cooperation for one, is one function more here; the drawing and the table follow.
        """
        return (self._memberships, self._promoters, self._signatures)

    def _memberships(self):
        address = addresses("directory:network")
        found = NetworkMembership.objects.in_force(self.on).filter(organisation__in=list(self.organisations))
        shown = found.values_list("organisation", "network", "network__name", "network__slug")
        for organisation, key, name, slug in shown:
            yield organisation, Gatherer("network", key, name, address(slug)), Tie.MEMBER

    def _promoters(self):
        adaptations = TerritorialAdaptation.objects.visible_to(self.user).filter(closed_at=None)
        found = TerritorialAdaptation.promoters.through.objects.filter(
            organisation__in=list(self.organisations), territorialadaptation__in=adaptations.values("pk")
        )
        beside = ("pk", "name", "slug", "dormant_since")
        shown = found.values_list("organisation", *(f"territorialadaptation__{name}" for name in beside))
        for organisation, *adaptation in shown:
            yield organisation, _text(*adaptation), Tie.PROMOTER

    @cached_property
    def _standing(self):
        """(organisation, adaptation: key, name, slug, since when dormant, when closed) of standing signatures."""
        found = Signature.objects.visible_to(self.user).standing().filter(organisation__in=list(self.organisations))
        beside = ("", "__name", "__slug", "__dormant_since", "__closed_at")
        shown = found.values_list("organisation", *(f"version__adaptation{name}" for name in beside))
        return list(shown.order_by("pk"))

    def _signatures(self):
        for organisation, key, name, slug, dormant_since, closed_at in self._standing:
            if key and not closed_at:
                yield organisation, _text(key, name, slug, dormant_since), Tie.SIGNATORY

    @cached_property
    def links(self):
        """One for each organisation and what it shares, by the names of both."""
        found = {}
        for source in self.sources:
            for key, gatherer, tie in source():
                link = found.setdefault((key, gatherer), Link(self.organisations[key], gatherer, []))
                if tie not in link.ties:
                    link.ties.append(tie)
        return sorted(
            found.values(),
            key=lambda link: (
                link.organisation.search_name,
                link.organisation.pk,
                link.gatherer.kind,
                link.gatherer.name,
            ),
        )

    @property
    def unlinked(self):
        """Organisations of which no link is known yet."""
        linked = {link.organisation.pk for link in self.links}
        return [one for one in self.organisations.values() if one.pk not in linked]

    @property
    def national_signatories(self):
        """How many organisations of here stand by a national text."""
        return len({organisation for organisation, adaptation, *_rest in self._standing if not adaptation})


def links_in(place, *, user, on):
    """The `Links` of ``place``: what the page draws and tells."""
    return Links(place, user=user, on=on)


def _text(key, name, slug, dormant_since):
    return Gatherer("text", key, name, reverse("charters:adaptation", args=[slug]), bool(dormant_since))
