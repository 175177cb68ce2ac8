"""Possible partners of an organisation: who is near, not linked with it yet, and why they might meet.

No score and no ranking: each reason is a sentence, and names are in alphabetical order under each heading. Everything
read here is public, but for `is_suggestible`, which takes away whoever wishes not to be proposed.
"""

import dataclasses
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Signature, TerritorialAdaptation
from maillage.organisations.models import Exchange, NetworkMembership, Organisation, OrganisationTheme, Theme
from maillage.territories.models import Territory

from .coverage import Acting

COMPLEMENTARY = {
    frozenset(pair)
    for pair in (
        (Theme.SOLIDARITY, Theme.RIGHTS),
        (Theme.SOLIDARITY, Theme.HEALTH),
        (Theme.SOLIDARITY, Theme.ENVIRONMENT),
        (Theme.YOUTH, Theme.SCHOOL),
        (Theme.YOUTH, Theme.SPORT),
        (Theme.YOUTH, Theme.CULTURE),
        (Theme.SCHOOL, Theme.DIGITAL),
        (Theme.SPORT, Theme.HEALTH),
        (Theme.EMPLOYMENT, Theme.DIGITAL),
        (Theme.EMPLOYMENT, Theme.RIGHTS),
        (Theme.RIGHTS, Theme.DIGITAL),
        (Theme.RIGHTS, Theme.MEDIATION),
        (Theme.HEALTH, Theme.ENVIRONMENT),
        (Theme.ENVIRONMENT, Theme.LIVING),
        (Theme.LIVING, Theme.MEDIATION),
        (Theme.LIVING, Theme.CITIZENSHIP),
        (Theme.EQUALITY, Theme.RIGHTS),
        (Theme.EQUALITY, Theme.CITIZENSHIP),
        (Theme.CITIZENSHIP, Theme.CULTURE),
    )
}
"""Themes that are not the same and often need each other: our own list, said in docs/features/links.md."""

_K = Exchange.Kind
THEY_OFFER = {
    _K.PREMISES: _("Vous cherchez une salle, elle en propose une."),
    _K.EQUIPMENT: _("Vous cherchez du matériel, elle en propose."),
    _K.VEHICLE: _("Vous cherchez un véhicule, elle en propose un."),
    _K.SKILL: _("Vous cherchez un savoir-faire, elle en propose un."),
    _K.PEOPLE: _("Vous cherchez un coup de main, elle en propose un."),
    _K.OUTREACH: _("Vous cherchez un lien avec des habitantes et habitants, elle en propose un."),
    _K.PROJECT: _("Vous cherchez un projet à mener ensemble, elle en propose un."),
}
THEY_SEEK = {
    _K.PREMISES: _("Elle cherche une salle, vous en proposez une."),
    _K.EQUIPMENT: _("Elle cherche du matériel, vous en proposez."),
    _K.VEHICLE: _("Elle cherche un véhicule, vous en proposez un."),
    _K.SKILL: _("Elle cherche un savoir-faire, vous en proposez un."),
    _K.PEOPLE: _("Elle cherche un coup de main, vous en proposez un."),
    _K.OUTREACH: _("Elle cherche un lien avec des habitantes et habitants, vous en proposez un."),
    _K.PROJECT: _("Elle cherche un projet à mener ensemble, vous en proposez un."),
}


class Near(TextChoices):
    """How near another organisation acts, the nearest first."""

    NEIGHBOURHOOD = "neighbourhood", _("Même quartier")
    COMMUNE = "commune", _("Même commune")
    EPCI = "epci", _("Même intercommunalité")


@dataclasses.dataclass
class Partner:
    """One organisation that may become a partner, and the reasons, in words."""

    key: int
    near: Near
    place: str
    """The name of what both share: the neighbourhood, the commune, the EPCI."""
    exchanges: list
    themes: list
    seeks_partners: bool

    @property
    def group(self):
        """Under which heading it comes: the first that is true."""
        return "exchange" if self.exchanges else self.near.value

    @property
    def reasons(self):
        where = gettext("%(near)s : %(place)s") % {"near": self.near.label, "place": self.place}
        seeks = [gettext("Elle cherche des partenaires.")] if self.seeks_partners else []
        return [*self.exchanges, *seeks, *self.themes, f"{where}."]


class PossiblePartners:
    """Who may become a partner of ``organisation`` on the day ``on``, as ``user``, one of its members, sees them."""

    def __init__(self, organisation, *, user, on):
        self.organisation, self.user, self.on = organisation, user, on

    @cached_property
    def _territories(self):
        """Where it acts."""
        return list(self.organisation.territories.prefetch_related("communes"))

    @cached_property
    def _communes(self):
        """Keys of its communes, that of its seat included."""
        found = {self.organisation.seat_id} if self.organisation.seat_id else set()
        for territory in self._territories:
            if territory.kind == Territory.Kind.COMMUNE:
                found.add(territory.pk)
            found.update(commune.pk for commune in territory.communes.all())
        return found

    @cached_property
    def _near(self):
        """(how near, the name of what is shared) of each territory near, by its key."""
        mine = {territory.pk: territory for territory in self._territories}
        communes = Territory.objects.filter(pk__in=self._communes)
        epcis = {one.epci_id for one in self._territories} | set(communes.values_list("epci", flat=True))
        epcis.discard(None)
        near = Q(pk__in=mine) | Q(pk__in=self._communes) | Q(communes__in=self._communes)
        near |= Q(mother_commune__in=self._communes) | Q(epci__in=epcis) | Q(communes__epci__in=epcis)
        shown = ("pk", "kind", "name", "communes", "communes__name", "epci__name", "communes__epci__name")
        found = {}
        for key, kind, name, commune, commune_name, epci, commune_epci in Territory.objects.filter(near).values_list(
            *shown
        ):
            if key in mine and kind == Territory.Kind.QPV:
                found[key] = (Near.NEIGHBOURHOOD, name)
            elif key in self._communes:
                found[key] = (Near.COMMUNE, name)
            elif commune in self._communes:
                found[key] = (Near.COMMUNE, commune_name)
            elif key not in found:
                found[key] = (Near.EPCI, epci or commune_epci or name)
        return found

    @cached_property
    def _candidates(self):
        """Organisations that may be proposed: confirmed, willing, near or not, and not linked with this one yet."""
        other = {"organisation": OuterRef("pk")}
        return (
            Organisation.objects.visible_to(self.user)
            .listed()
            .associations()
            .filter(confirmed_at__isnull=False, is_suggestible=True)
            .exclude(pk=self.organisation.pk)
            .exclude(Exists(NetworkMembership.objects.in_force(self.on).filter(network__in=self._networks, **other)))
            .exclude(
                Exists(
                    Signature.objects.visible_to(self.user)
                    .standing()
                    .filter(version__adaptation__in=self._adaptations, **other)
                )
            )
            .exclude(
                Exists(
                    TerritorialAdaptation.promoters.through.objects.filter(
                        territorialadaptation__in=self._adaptations, **other
                    )
                )
            )
            .order_by()
        )

    @cached_property
    def _networks(self):
        mine = NetworkMembership.objects.in_force(self.on).filter(organisation=self.organisation)
        return list(mine.values_list("network", flat=True))

    @cached_property
    def _adaptations(self):
        """Those that it signed or promotes, as this reader may see them."""
        signed = Signature.objects.visible_to(self.user).standing().filter(organisation=self.organisation)
        seen = TerritorialAdaptation.objects.visible_to(self.user).filter(
            Q(promoters=self.organisation) | Q(pk__in=signed.values("version__adaptation"))
        )
        return list(seen.order_by().values_list("pk", flat=True).distinct())

    @cached_property
    def _nearest(self):
        """(how near, the name of what is shared) of each candidate that is near, by its key."""
        order = list(Near)
        here = Acting.objects.filter(territory__in=list(self._near), organisation__in=self._candidates.values("pk"))
        found = {}
        for organisation, territory in here.order_by("pk").values_list("organisation", "territory"):
            where = self._near[territory]
            if organisation not in found or order.index(where[0]) < order.index(found[organisation][0]):
                found[organisation] = where
        return found

    def _exchanges(self):
        """The sentences of needs and offers that meet, by the key of the other organisation."""
        mine = {(one.side, one.kind) for one in self.organisation.exchanges.all()}
        side = Exchange.Side
        found = {}
        theirs = Exchange.objects.filter(organisation__in=list(self._nearest)).order_by("side", "kind")
        wanted = Q(side=side.OFFER, kind__in=[kind for its, kind in mine if its == side.NEED])
        wanted |= Q(side=side.NEED, kind__in=[kind for its, kind in mine if its == side.OFFER])
        for organisation, its, kind, words in theirs.filter(wanted).values_list(
            "organisation", "side", "kind", "words"
        ):
            sentence = str((THEY_OFFER if its == side.OFFER else THEY_SEEK)[kind])
            found.setdefault(organisation, []).append(f"{sentence} « {words} »" if words else sentence)
        return found

    def _themes(self):
        """The sentences of themes that are the same or complete each other, by the key of the other organisation."""
        mine = {Theme(row.theme) for row in self.organisation.themes.all()}
        declared = {}
        theirs = OrganisationTheme.objects.filter(organisation__in=list(self._nearest)).order_by("theme")
        for organisation, theme in theirs.values_list("organisation", "theme"):
            declared.setdefault(organisation, []).append(Theme(theme))
        return {organisation: _near_themes(mine, themes) for organisation, themes in declared.items()}

    @cached_property
    def partners(self):
        """A `Partner` each, by heading, then by name."""
        exchanges, themes = self._exchanges(), self._themes()
        order = ["exchange", *Near.values]
        named = Organisation.objects.visible_to(self.user).filter(pk__in=list(self._nearest))
        found = []
        for key, seeks_partners in named.order_by("search_name", "pk").values_list("pk", "seeks_partners"):
            reasons = exchanges.get(key, []), themes.get(key, [])
            if any(reasons) or seeks_partners:
                found.append(Partner(key, *self._nearest[key], *reasons, seeks_partners))
        return sorted(found, key=lambda partner: order.index(partner.group))


def _near_themes(mine, theirs):
    """One sentence for the themes in common, one for those that complete each other."""
    same = [str(theme.label) for theme in theirs if theme in mine]
    pairs = [
        gettext("« %(ours)s » et « %(theirs)s »") % {"ours": ours.label, "theirs": theme.label}
        for theme in theirs
        if theme not in mine
        for ours in Theme
        if ours in mine and frozenset((ours, theme)) in COMPLEMENTARY
    ]
    sentences = []
    if same:
        sentences.append(gettext("Thème commun : %(themes)s.") % {"themes": ", ".join(same)})
    if pairs:
        sentences.append(gettext("Thèmes qui se complètent : %(themes)s.") % {"themes": ", ".join(pairs)})
    return sentences
