"""Reads of the advocacy: the board of proposals, what changed, what waits, what is new."""

import dataclasses
import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import reader_of
from maillage.territories.models import Territory
from maillage.ui.lines import Line

from .models import Appeal, Echo, Proposal, ProposalState, Reply, Stake

UNANSWERED_AFTER = datetime.timedelta(days=60)
MOST_CHANGES = 100


def board(user):
    """[(stake or None, its proposals, each with ``number_of_echoes``)]: those that no editor has placed come last."""
    standing = Q(echoes__withdrawn_at=None, echoes__organisation__archived_at=None)
    found = Proposal.objects.visible_to(user).annotate(number_of_echoes=Count("echoes", filter=standing))
    proposals = list(found.order_by("number"))
    rows = [
        (stake, [one for one in proposals if one.stake_id == stake.pk]) for stake in Stake.objects.visible_to(user)
    ]
    return [*rows, (None, [one for one in proposals if one.stake_id is None])]


def echoes_of(user, proposal):
    found = Echo.objects.visible_to(user).filter(proposal=proposal).select_related("organisation", "cooperation")
    return found.order_by("-said_at", "-pk")


def echoes_to_cite(user, proposal, territory):
    """Those of associations that act on ``territory`` and agreed to be named in a letter."""
    here = Q(organisation__territories__in=Territory.objects.within(territory).values("pk"))
    found = Echo.objects.visible_to(user).standing().filter(here, proposal=proposal, may_be_cited=True)
    return found.select_related("organisation").distinct().order_by("organisation__search_name")


def states_of(user, proposal):
    """[(territory's latest state, [those before])], the latest first."""
    rows = ProposalState.objects.visible_to(user).filter(proposal=proposal).select_related("territory")
    places = {}
    for row in rows.order_by("-on", "-pk"):
        places.setdefault(row.territory_id, []).append(row)
    return [(found[0], found[1:]) for found in places.values()]


def by_region(user):
    """[(region's or territory's name, {proposal's number: its latest state})], by name: the table of where proposals
    stand. One query.
    """
    rows = ProposalState.objects.visible_to(user).select_related("territory", "proposal").order_by("on", "pk")
    places = {}
    for row in rows:
        places.setdefault(row.territory, {})[row.proposal.number] = row
    return sorted(places.items(), key=lambda pair: pair[0].search_name)


@dataclasses.dataclass(frozen=True)
class Change:
    """``what`` happened ``on`` a day, to which ``title``; ``url`` where it is read."""

    on: datetime.date
    what: str
    title: str
    url: str


def changes(user, *, since, until=None):
    """`Change`s since a day, the latest first: what everybody may read, whoever asks. At most MOST_CHANGES."""
    until = until or timezone.localdate()
    moments = (_midnight(since), _midnight(until + datetime.timedelta(days=1)))
    entered = Proposal.objects.visible_to(user).filter(entered_at__range=moments)
    found = [_change(timezone.localdate(one.entered_at), _("Entrée"), one, one) for one in entered]
    echoes = Echo.objects.visible_to(user).standing().filter(said_at__range=moments)
    for one in echoes.select_related("proposal", "organisation").order_by("-pk")[:MOST_CHANGES]:
        found.append(_change(timezone.localdate(one.said_at), _("Écho"), one, one.proposal))
    states = ProposalState.objects.visible_to(user).filter(on__range=(since, until))
    for one in states.select_related("proposal", "territory").order_by("-on")[:MOST_CHANGES]:
        title = f"{one.proposal}, {one.territory}"
        found.append(Change(one.on, one.get_state_display(), title, one.proposal.get_absolute_url()))
    appeals = Appeal.objects.filter(sent_on__range=(since, until))
    found += [
        _change(one.sent_on, _("Interpellation"), one, one) for one in appeals.order_by("-sent_on")[:MOST_CHANGES]
    ]
    replies = Reply.objects.filter(on__range=(since, until), appeal__sent_on__isnull=False).select_related("appeal")
    found += [_change(one.on, _("Réponse"), one.appeal, one.appeal) for one in replies.order_by("-on")[:MOST_CHANGES]]
    return sorted(found, key=lambda one: one.on, reverse=True)[:MOST_CHANGES]


def _change(on, what, named, placed):
    return Change(on, str(what), str(named), placed.get_absolute_url())


def letter_from(proposal, territory, echoes):
    """A first draft, to be edited: what is asked, and what associations say; nothing that they did not say."""
    lines = [
        gettext("Madame, Monsieur,"),
        gettext(
            "Nous agissons ici, à plusieurs associations : %(place)s. Nous vous écrivons à propos de la proposition"
            " %(number)s du plaidoyer."
        )
        % {"place": territory.name, "number": proposal.number},
    ]
    if proposal.text:
        lines.append(f"« {proposal.text} » ({gettext('page')} {proposal.source_page})")
    lines.append(gettext("Voici ce qu’elles vivent :"))
    for echo in echoes:
        figure = f" {echo.figure} ({echo.figure_source})." if echo.figure else ""
        lines.append(f"— {echo.organisation.name} : {echo.words}{figure}")
    lines.append(gettext("Que pouvez-vous faire, et quand ? Nous publierons votre réponse."))
    return "\n\n".join(lines)


def waiting_for(user, *, today):
    """For the coordination: letters that were never sent, letters without a reply for two months."""
    reader = reader_of(user)
    if not reader.coordinated_territory_ids:
        return []
    mine = Appeal.objects.visible_to(user).filter(territory_id__in=reader.coordinated_territory_ids)
    old = mine.filter(sent_on__lt=today - UNANSWERED_AFTER, replies=None)
    return [
        *(_line(one, _("Lettre à envoyer"), "draft") for one in mine.filter(sent_on=None).order_by("pk")),
        *(_line(one, _("Sans réponse depuis deux mois"), "silent") for one in old.order_by("pk")),
    ]


def _line(appeal, what, key):
    return Line(what, appeal.subject, appeal.get_absolute_url(), f"appeal-{key}-{appeal.pk}")


def news_for(user, *, since, until):
    """Replies to the appeals of one's territories, and where proposals stand there."""
    reader = reader_of(user)
    if not reader.space_territory_ids:
        return []
    here = {"noted_at__gt": since, "noted_at__lte": until}
    replies = Reply.objects.visible_to(user).filter(appeal__territory_id__in=reader.space_territory_ids, **here)
    states = ProposalState.objects.visible_to(user).filter(territory_id__in=reader.space_territory_ids, **here)
    lines = [
        Line(
            _("Réponse à une interpellation"),
            one.appeal.subject,
            one.appeal.get_absolute_url(),
            f"reply-{one.pk}",
            one.on,
        )
        for one in replies.select_related("appeal").order_by("pk")
    ]
    for one in states.select_related("proposal", "territory").order_by("pk"):
        title = f"{one.proposal}, {one.territory.name} : {one.get_state_display()}"
        lines.append(Line(_("Plaidoyer"), title, one.proposal.get_absolute_url(), f"state-{one.pk}", one.on))
    return lines


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
