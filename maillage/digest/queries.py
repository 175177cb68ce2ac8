"""Near whom a new signatory may begin, and what a coordinator watches over."""

import dataclasses
import datetime
from collections import Counter

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from maillage.charters.models import CharterVersion, TerritorialAdaptation
from maillage.charters.waiting import signatories_who_wish_to_act, signatures_out_of_breath
from maillage.cooperations.models import Partner
from maillage.groups.models import ActionPoint, DatePoll, Decision, Group, GroupMember, Meeting
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import (
    Exchange,
    Mandate,
    Membership,
    Organisation,
    OrganisationTheme,
    TerritoryRole,
)
from maillage.organisations.queries import managers_of
from maillage.resources.queries import one_small_offer
from maillage.ui.lines import Line

from .models import FirstStep, Succession

MOST_PEOPLE = 3
SOON = datetime.timedelta(days=30)


@dataclasses.dataclass(frozen=True)
class Thing:
    """One of the three first things: its `Line`s, or what to do where there is none (``otherwise``)."""

    title: str | Promise
    lines: list
    otherwise: str | Promise
    is_said: bool = False
    """The title says what the lines are."""


def people_to_tell(signature):
    """Whoever signed, if they still act for the organisation; else those who manage it. Nobody who left."""
    standing = Membership.objects.standing().filter(organisation=signature.organisation_id)
    signed_by = signature.signed_by
    if signed_by and signed_by.is_active and standing.filter(user=signed_by).exists():
        return [signed_by]
    return list(managers_of(signature.organisation))


def three_things(user, organisation, at):
    """People to meet, the next meeting, one small offer: near ``organisation``, as ``user`` may see them."""
    return [
        Thing(
            _("Des personnes à rencontrer"),
            people_to_meet(user, organisation),
            _("Personne d’autre n’est encore dans l’annuaire ici : parlez de Maillage à une association voisine."),
            is_said=True,
        ),
        Thing(
            _("La prochaine réunion"),
            next_meetings(user, organisation, timezone.localdate(at)),
            _("Aucun groupe ne se réunit encore ici : demandez à la coordination de votre territoire."),
        ),
        Thing(
            _("Un petit service à rendre, ou à demander"),
            _one_small_thing(user, organisation),
            _("Dites sur votre fiche ce que vous proposez et ce que vous cherchez : une voisine y répondra."),
        ),
    ]


def _neighbours(user, organisation):
    """Confirmed associations that share a territory with ``organisation``, and may be suggested."""
    here = organisation.territories.values("pk")
    sharing = Organisation.territories.through.objects.filter(organisation_id=OuterRef("pk"), territory_id__in=here)
    return (
        Organisation.objects.visible_to(user)
        .listed()
        .associations()
        .filter(Exists(sharing), confirmed_at__isnull=False, is_suggestible=True)
        .exclude(pk=organisation.pk)
    )


def people_to_meet(user, organisation):
    """Neighbours who work on the same themes first; the page of each has a way to write to it."""
    ours = OrganisationTheme.objects.filter(organisation=organisation).values("theme")
    shared = Count("themes", filter=Q(themes__theme__in=ours), distinct=True)
    found = _neighbours(user, organisation).annotate(shared=shared).order_by("-shared", "search_name")
    return [
        Line(
            _("À rencontrer"),
            neighbour.name,
            neighbour.get_absolute_url(),
            f"meet-{neighbour.pk}",
            detail=_("Vous travaillez sur les mêmes thèmes.") if neighbour.shared else _("Dans votre quartier."),
        )
        for neighbour in found[:MOST_PEOPLE]
    ]


def next_meetings(user, organisation, today):
    """The next meeting of a group that ``user`` is in; else one group of the territory that they may ask to join."""
    near = Q(group__territory__in=organisation.territories.values("pk")) | Q(group__territory=None)
    meeting = (
        Meeting.objects.visible_to(user)
        .to_come(today)
        .filter(near, group__in=Group.objects.inside(user).values("pk"))
        .select_related("group")
        .order_by("date")
        .first()
    )
    if meeting:
        title = meeting.group.name
        return [Line(_("Réunion"), title, meeting.get_absolute_url(), f"m-{meeting.pk}", meeting.date, meeting.place)]
    groups = Group.objects.visible_to(user).active().filter(territory__in=organisation.territories.values("pk"))
    return [
        Line(
            _("Un groupe à rejoindre"),
            group.name,
            group.get_absolute_url(),
            f"g-{group.pk}",
            detail=_("Demandez à venir à la prochaine réunion."),
        )
        for group in groups.order_by("name")[:1]
    ]


def _one_small_thing(user, organisation):
    """Something near to borrow or to help with; else what the profile of a neighbour says."""
    found = one_small_offer(organisation, user)
    return [found] if found else said_on_profiles(user, organisation)


def said_on_profiles(user, organisation):
    """What a neighbour seeks that ``organisation`` offers, or offers that it seeks; else any one thing near."""
    other = {Exchange.Side.OFFER: Exchange.Side.NEED, Exchange.Side.NEED: Exchange.Side.OFFER}
    wanted = {(other[side], kind) for side, kind in organisation.exchanges.values_list("side", "kind")}
    near = Exchange.objects.filter(organisation__in=_neighbours(user, organisation).values("pk"))
    rows = list(near.select_related("organisation").order_by("organisation__search_name", "pk")[:200])
    rows.sort(key=lambda row: (row.side, row.kind) not in wanted)
    return [
        Line(
            (_("Cherche : %(kind)s") if row.side == Exchange.Side.NEED else _("Propose : %(kind)s"))
            % {"kind": row.get_kind_display()},
            row.organisation.name,
            row.organisation.get_absolute_url(),
            f"exchange-{row.pk}",
            detail=row.words,
        )
        for row in rows[:1]
    ]


def waiting_for(user, *, today):
    """The three first things, for thirty days, where no group and no word of the coordination has followed. Lines."""
    reader = reader_of(user)
    if not reader.organisation_ids or reader.is_public_partner:
        return []
    mine = FirstStep.objects.visible_to(user).filter(
        *_nothing_followed("signature__organisation"),
        signature__organisation_id__in=reader.organisation_ids,
        signature__withdrawn_at=None,
        signature__lapsed_at=None,
        contacted_at=None,
        sent_at__date__gt=today - SOON,
    )
    return [
        Line(
            _("Trois premières choses à faire"),
            step.signature.organisation.name,
            reverse("dashboard:first-steps"),
            f"first-steps-{step.pk}",
            detail=_("Une suffit pour commencer."),
        )
        for step in mine.select_related("signature__organisation")
    ]


def news_for(user, *, since, until):
    """Nothing of its own: a coordination that changes hands is told by a message."""
    return []


def first_steps_for(user):
    """(organisation, its three things) for each organisation of ``user`` that signed and wishes to act."""
    mine = FirstStep.objects.visible_to(user).filter(
        signature__organisation_id__in=reader_of(user).organisation_ids,
        signature__withdrawn_at=None,
        signature__lapsed_at=None,
        sent_at__isnull=False,
    )
    found = {step.signature.organisation for step in mine.select_related("signature__organisation")}
    at = timezone.now()
    return [(one, three_things(user, one, at)) for one in sorted(found, key=lambda one: one.search_name)]


def _nothing_followed(organisation):
    """Conditions on rows that lead to an ``organisation``: it is in no group, and takes part in no cooperation."""
    taking_part = (GroupMember.objects.standing(), Partner.objects.accepted())
    return [~Exists(rows.filter(organisation=OuterRef(organisation))) for rows in taking_part]


def waiting_signatories(user):
    """Signatures of those who wish to act, where nothing followed: no word of the coordination, group or cooperation.

    Oldest first: who has waited longest.
    """
    spoken = FirstStep.objects.filter(signature__organisation=OuterRef("organisation"))
    contacted = spoken.filter(contacted_at__gte=OuterRef("signed_at"))
    return (
        signatories_who_wish_to_act(user)
        .filter(~Exists(contacted), *_nothing_followed("organisation"))
        .annotate(told_at=F("first_step__sent_at"))
        .order_by("signed_at")
    )


def closing_soon(user, today):
    """Dates of the next thirty days on the coordinated territories: meetings, proposals, late actions, reviews,
    mandates. Lines, by date.
    """
    here = reader_of(user).coordinated_territory_ids
    if not here:
        return []
    until = today + SOON
    meetings = Meeting.objects.visible_to(user).to_come(today).filter(group__territory__in=here, date__lte=until)
    lines = [
        Line(_("Réunion"), one.group.name, one.get_absolute_url(), f"m-{one.pk}", one.date, one.place)
        for one in meetings.select_related("group")
    ]
    lines += _of_groups(user, here, today, until)
    carried = TerritorialAdaptation.objects.filter(territories__in=here, closed_at=None).values("pk")
    texts = CharterVersion.objects.visible_to(user).filter(adaptation__in=carried, superseded_at=None)
    for version in texts.select_related("adaptation"):
        day = version.review_on if version.is_published else version.remarks_until
        if day and today <= day <= until:
            what = _("Point à faire") if version.is_published else _("Fin des remarques")
            lines.append(Line(what, version.adaptation.name, version.get_absolute_url(), f"text-{version.pk}", day))
    mandates = Mandate.objects.visible_to(user).filter(ended_at=None, ends_on__gte=today, ends_on__lte=until)
    for mandate in mandates.filter(organisation__territories__in=here).select_related("organisation").distinct():
        address = reverse("organisations:members", args=[mandate.organisation.uuid])
        if mandate.organisation_id not in reader_of(user).organisation_ids:
            address = mandate.organisation.get_absolute_url()
        lines.append(
            Line(_("Fin d’un mandat"), mandate.organisation.name, address, f"mandate-{mandate.pk}", mandate.ends_on)
        )
    return sorted(lines, key=lambda line: line.on)


def _of_groups(user, here, today, until):
    """Proposals and dates that close, actions that are late, in the groups of the territories ``here``."""
    rows = {"group__territory__in": here, "group__closed_at": None}
    decisions = Decision.objects.visible_to(user).open().filter(**rows, closes_on__lte=until)
    for one in decisions.select_related("group"):
        what = _("Fin du vote") if one.kind == Decision.Kind.VOTE else _("Dernier jour d’une proposition")
        yield Line(what, one.title, one.get_absolute_url(), f"decision-{one.pk}", one.closes_on, one.group.name)
    for one in DatePoll.objects.visible_to(user).open().filter(**rows, answer_by__lte=until).select_related("group"):
        what, url = _("Dates à choisir"), one.get_absolute_url()
        yield Line(what, one.title, url, f"poll-{one.pk}", one.answer_by, one.group.name)
    late = ActionPoint.objects.visible_to(user).open().filter(**rows, due_on__lt=today)
    for one in late.select_related("group", "organisation"):
        url = reverse("groups:points", args=[one.group.slug]) + f"#action-{one.pk}"
        who = str(one.organisation or _("personne encore"))
        yield Line(
            _("Action en retard"), one.wording, url, f"point-{one.pk}", one.due_on, f"{who} · {one.group.name}"
        )


def texts_asleep(user):
    """Adaptations of the coordinated territories that nobody has given news of."""
    here = reader_of(user).coordinated_territory_ids
    asleep = TerritorialAdaptation.objects.visible_to(user).filter(dormant_since__isnull=False, closed_at=None)
    return asleep.filter(territories__in=here).distinct().order_by("dormant_since")


def needs_nobody_takes(user):
    """What associations of the coordinated territories seek, where nobody there offers the same kind of thing."""
    here = reader_of(user).coordinated_territory_ids
    if not here:
        return []
    acting = Organisation.objects.visible_to(user).listed().filter(territories__in=here)
    near = Exchange.objects.filter(organisation__in=acting.values("pk")).select_related("organisation")
    rows = list(near.order_by("kind", "organisation__search_name"))
    offered = {row.kind for row in rows if row.side == Exchange.Side.OFFER}
    return [row for row in rows if row.side == Exchange.Side.NEED and row.kind not in offered]


def handed_over(territory, user, today):
    """Everything that whoever coordinates ``territory`` next finds here: names and counts, as a dict for the page."""
    organisations = Organisation.objects.visible_to(user).listed().filter(territories=territory)
    organisations = list(organisations.order_by("search_name").distinct())
    states = Counter("confirmed" if one.is_confirmed or one.is_public_partner else "claimed" for one in organisations)
    groups = Group.objects.visible_to(user).active().filter(territory=territory).order_by("name")
    to_come = Meeting.objects.visible_to(user).to_come(today).filter(group__territory=territory)
    proposed = Succession.objects.visible_to(user).open(timezone.now()).filter(territory=territory)
    here = {"organisation__in": [one.pk for one in organisations]}
    return {
        "territory": territory,
        "organisations": organisations,
        "confirmed": states["confirmed"],
        "claimed": states["claimed"],
        "coordinators": list(_holders(territory, TerritoryRole.Role.COORDINATOR)),
        "mediators": list(_holders(territory, TerritoryRole.Role.MEDIATOR)),
        "groups": groups,
        "meetings": to_come.select_related("group").order_by("date"),
        "adaptations": TerritorialAdaptation.objects.visible_to(user)
        .filter(territories=territory, closed_at=None)
        .order_by("name"),
        "signatories": waiting_signatories(user).filter(**here),
        "breathless": signatures_out_of_breath(user, today).filter(**here),
        "proposed": proposed,
        "is_proposed_by_me": proposed.filter(proposed_by=user).exists(),
    }


def _holders(territory, role):
    rows = TerritoryRole.objects.filter(territory=territory, role=role, until=None).select_related("user")
    return rows.order_by("since", "pk")
