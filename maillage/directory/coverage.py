"""The coverage board: where the charter stands, neighbourhood by neighbourhood.

Every number starts from `.visible_to(user)`. A text that is still being written is counted for those who may read it,
and for nobody else; a signatory who chose not to be listed is counted for the whole country only, where the number
tells nothing of who it is.
"""

import dataclasses
from collections import Counter
from functools import cached_property

from django.db.models import Case, Count, Exists, F, OuterRef, Q, TextChoices, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import CharterVersion, Signature
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import NetworkMembership, Organisation
from maillage.territories.folding import fold
from maillage.territories.models import Territory

Kind = Territory.Kind
Acting = Organisation.territories.through


class State(TextChoices):
    """Where one neighbourhood stands. One state each, the furthest that its adaptations have come."""

    NONE = "none", _("Pas encore de signataire")
    SIGNED = "signed", _("Signataires, sans adaptation")
    WRITTEN = "written", _("Adaptation en cours d’écriture")
    ADOPTED = "adopted", _("Adaptation adoptée, à signer")
    IN_FORCE = "in_force", _("Adaptation en vigueur")
    TO_REVIEW = "to_review", _("Adaptation en vigueur, à revoir")
    DORMANT = "dormant", _("Adaptation en sommeil")

    @property
    def shape(self):
        """Its symbol, so that no colour is needed to tell it: see `ui/components/symbol.html`."""
        return SHAPES[self]


SHAPES = {
    State.NONE: "ring",
    State.SIGNED: "dot",
    State.WRITTEN: "square-open",
    State.ADOPTED: "diamond-half",
    State.IN_FORCE: "diamond",
    State.TO_REVIEW: "triangle",
    State.DORMANT: "bar",
}
ADAPTED = (State.WRITTEN, State.ADOPTED, State.IN_FORCE, State.TO_REVIEW, State.DORMANT)
NEAREST_TO_FORCE = (State.IN_FORCE, State.TO_REVIEW, State.ADOPTED, State.WRITTEN, State.DORMANT)
"""Of several adaptations of one neighbourhood, the state that is said is the first of these."""

STATE_OF_LIFE = {
    "idea": State.WRITTEN,
    "group": State.WRITTEN,
    "draft": State.WRITTEN,
    "open": State.WRITTEN,
    "adopted": State.ADOPTED,
    "in_force": State.IN_FORCE,
    "to_review": State.TO_REVIEW,
    "dormant": State.DORMANT,
}
"""A life that is not here (`closed`) counts as no adaptation."""


def life_of(version, on):
    """The life, on the day ``on``, of the adaptation that ``version`` is the text of: a key of `STATE_OF_LIFE`."""
    return version.adaptation.life(version, on).value


def signatures_by_state(signatures):
    """(what, how many) of these standing signatures; the states add up to all of them.

    The same as `.behind()`, counted text by text: it is asked of the whole country.
    """
    newest = dict(CharterVersion.objects.current().order_by("number").values_list("adaptation", "number"))
    by_text = signatures.values_list("version__adaptation", "version__number").annotate(
        count=Count("pk"), asleep=Count("pk", filter=Q(dormant_at__isnull=False))
    )
    counts = Counter()
    for line, number, count, dormant in by_text:
        counts["behind" if number < newest.get(line, 0) else "up_to_date"] += count - dormant
        counts["dormant"] += dormant
    return [
        (_("du texte le plus récent"), counts["up_to_date"]),
        (_("d’une version après laquelle une autre a paru"), counts["behind"]),
        (_("en sommeil : pas renouvelées à temps"), counts["dormant"]),
    ]


@dataclasses.dataclass
class Row:
    """One région, one département or one neighbourhood, and its numbers. The total of a page is one, too."""

    code: str
    name: str | Promise
    address: str = ""
    neighbourhoods: int = 0
    with_signatory: int = 0
    signatories: int = 0
    """Organisations that act there and stand by a text; they may act elsewhere too, so a total is not a sum."""
    states: Counter = dataclasses.field(default_factory=Counter)
    vintage: int | None = None
    communes: str = ""
    version: CharterVersion | None = None

    @property
    def state(self):
        """Of a row that is one neighbourhood."""
        return next(iter(self.states))

    def number(self, state):
        return self.states[state]


class Board:
    """The numbers of the country (``place`` None), of a région or of a département, as ``user`` may see them.

    ``networks``: keys of a network and its branches; then only the neighbourhoods where a member acts, and the
    signatures of members. ``by_neighbourhood``: its rows are neighbourhoods, whatever the place. Each number is read
    when it is asked for.
    """

    def __init__(self, place, *, user, on, networks=(), by_neighbourhood=False):
        self.place, self.user, self.on, self.networks = place, user, on, networks
        below = {} if by_neighbourhood else {None: Kind.REGION, Kind.REGION: Kind.DEPARTEMENT}
        self.row_kind = below.get(place and place.kind, Kind.QPV)
        self.parent = {Kind.REGION: "region", Kind.DEPARTEMENT: "departement", Kind.QPV: "pk"}[self.row_kind]

    @property
    def is_of_neighbourhoods(self):
        return self.row_kind == Kind.QPV

    @cached_property
    def sees_writing(self):
        """Whether this person may read some text that is not adopted yet."""
        reader = reader_of(self.user)
        return bool(reader.association_ids or reader.coordinated_territory_ids)

    @property
    def states(self):
        """Those that are shown: a state that this person can never see is not said to be at zero."""
        return [state for state in State if state != State.WRITTEN or self.sees_writing]

    @cached_property
    def _inside(self):
        return Territory.objects.within(self.place) if self.place else Territory.objects.all()

    @cached_property
    def _members(self):
        """Published organisations of the networks."""
        memberships = NetworkMembership.objects.in_force(self.on).filter(network__in=self.networks)
        listed = Organisation.objects.visible_to(self.user).listed()
        return listed.filter(pk__in=memberships.values("organisation")).order_by()

    @property
    def members(self):
        """Those that act here, or anywhere for the country."""
        here = Acting.objects.filter(territory__in=self._inside.values("pk")).values("organisation")
        return self._members.filter(pk__in=here) if self.place else self._members

    @cached_property
    def neighbourhoods(self):
        """Priority neighbourhoods in force here today."""
        found = self._inside.priority_neighbourhoods().in_force(self.on)
        if self.networks:
            found = found.filter(
                pk__in=Acting.objects.filter(organisation__in=self._members.values("pk")).values("territory")
            )
        return found.order_by()

    @cached_property
    def _standing(self):
        found = Signature.objects.visible_to(self.user).standing()
        return found.filter(organisation__in=self._members.values("pk")) if self.networks else found

    def _signing(self, territories):
        """Links between organisations that stand by a text and those of ``territories`` where they act."""
        # Exists, not an `in`: SQLite would try every organisation with every territory.
        return Acting.objects.filter(
            Exists(self._standing.filter(organisation=OuterRef("organisation"))),
            territory__in=territories.values("pk"),
        ).order_by()

    @cached_property
    def signed(self):
        """(key of its row, signatories) of each neighbourhood that has some."""
        links = self._signing(self.neighbourhoods)
        counted = links.values_list("territory", f"territory__{self.parent}").annotate(Count("organisation"))
        return {neighbourhood: (row, number) for neighbourhood, row, number in counted}

    @cached_property
    def adapted(self):
        """(key of its row, state, version) of each neighbourhood that has an adaptation."""
        versions = (
            CharterVersion.objects.visible_to(self.user)
            .filter(superseded_at=None)
            .annotate(covers=F("adaptation__territories"), row=F(f"adaptation__territories__{self.parent}"))
            .filter(covers__in=self.neighbourhoods.values("pk"))
            .select_related("adaptation")
            .order_by("pk")
        )
        found = {}
        for version in versions:
            state = STATE_OF_LIFE.get(life_of(version, self.on))
            if state is None:
                continue
            before = found.get(version.covers)
            if before is None or NEAREST_TO_FORCE.index(state) < NEAREST_TO_FORCE.index(before[1]):
                found[version.covers] = (version.row, state, version)
        return found

    def state_of(self, neighbourhood):
        """The state of one neighbourhood, by its key."""
        if neighbourhood in self.adapted:
            return self.adapted[neighbourhood][1]
        return State.SIGNED if neighbourhood in self.signed else State.NONE

    @cached_property
    def rows(self):
        """What the table shows, by name."""
        rows = self._neighbourhood_rows() if self.is_of_neighbourhoods else self._place_rows()
        return sorted(rows, key=lambda row: (fold(str(row.name)), row.code))

    def _neighbourhood_rows(self):
        for pk, code, slug, name, vintage in self.neighbourhoods.values_list("pk", "code", "slug", "name", "vintage"):
            signatories = self.signed.get(pk, (pk, 0))[1]
            yield Row(
                code,
                name,
                address=reverse("directory:territory", args=[slug]),
                neighbourhoods=1,
                with_signatory=int(signatories > 0),
                signatories=signatories,
                states=Counter([self.state_of(pk)]),
                vintage=vintage,
                version=self.adapted[pk][2] if pk in self.adapted else None,
            )

    def _place_rows(self):
        rows = {}
        holder = self.parent
        counted = self.neighbourhoods.values_list(holder, f"{holder}__code", f"{holder}__name", "vintage")
        for key, code, name, vintage, number in counted.annotate(Count("pk")):
            row = rows.setdefault(key, self._place_row(code, name))
            row.neighbourhoods += number
            row.vintage = max(row.vintage or vintage, vintage)
        for key, number in self._signatories_by_row():
            if key in rows:
                rows[key].signatories = number
        for key, _number in self.signed.values():
            rows[key].with_signatory += 1
        for key, state, _version in self.adapted.values():
            rows[key].states[state] += 1
        for pk, (key, _number) in self.signed.items():
            rows[key].states[State.SIGNED] += pk not in self.adapted
        for row in rows.values():
            row.states[State.NONE] = row.neighbourhoods - row.states.total()
        return rows.values()

    def _place_row(self, code, name):
        if code is None:
            return Row("", _("Sans région connue") if self.parent == "region" else _("Sans département connu"))
        route = "directory:coverage-region" if self.parent == "region" else "directory:coverage-departement"
        return Row(code, name, address=reverse(route, args=[code]))

    def _signatories_by_row(self):
        """(key of a row, organisations that act there and stand by a text)."""
        here = self._signing(self._inside)
        itself = Case(When(territory__kind=self.row_kind, then="territory"))
        here = here.annotate(row=Coalesce(f"territory__{self.parent}", itself)).exclude(row=None)
        return here.values_list("row").annotate(Count("organisation", distinct=True))

    @cached_property
    def total(self):
        total = Row("", _("Ensemble"))
        for row in self.rows:
            total.neighbourhoods += row.neighbourhoods
            total.with_signatory += row.with_signatory
            total.states += row.states
        total.signatories = self.signatures.values("organisation").distinct().count()
        return total

    @property
    def vintages(self):
        return sorted({row.vintage for row in self.rows if row.vintage})

    @cached_property
    def signatures(self):
        """Standing signatures of organisations that act here, one an organisation and text."""
        found = self._standing.latest()
        if self.place:
            found = found.filter(organisation__in=self._signing(self._inside).values("organisation"))
        return found.order_by()

    @property
    def signature_states(self):
        return signatures_by_state(self.signatures)

    @cached_property
    def concealed(self):
        """Organisations that stand by a text and chose not to be listed: for the whole country, and no part of it."""
        if self.place or self.networks:
            return 0
        everybody = Signature.objects.standing().order_by()
        seen = self._standing.values("organisation")
        return everybody.exclude(organisation__in=seen).values("organisation").distinct().count()


ORDERS = {
    "nom": lambda row: (fold(str(row.name)), row.code),
    "code": lambda row: row.code,
    "quartiers": lambda row: row.neighbourhoods,
    "signataires": lambda row: row.signatories,
}


def sorted_rows(rows, order):
    """``rows`` by one of `ORDERS`, from the largest where it starts with a dash; by name where it is not known."""
    key = ORDERS.get(order.removeprefix("-"))
    return sorted(rows, key=key, reverse=order.startswith("-")) if key else list(rows)


def name_communes(rows):
    """Write beside each of these neighbourhoods the names of its communes."""
    links = Territory.communes.through.objects.filter(
        from_territory__kind=Kind.QPV, from_territory__code__in=[row.code for row in rows]
    )
    named = {}
    for code, name in links.order_by("to_territory__name").values_list("from_territory__code", "to_territory__name"):
        named.setdefault(code, []).append(name)
    for row in rows:
        row.communes = ", ".join(named.get(row.code, []))
    return rows
