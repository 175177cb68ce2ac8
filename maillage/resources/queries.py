"""Reads across resources, loans, needs and hours: lists, what waits, what is new."""

import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.days import date_format
from maillage.ui.lines import Line

from .availability import day_span
from .models import Audience, HeldSlot, HoursEntry, LedgerSwitch, Loan, Match, Need, Resource

State = Loan.State


def listed(user, *, kind="", territory=None, free_on=None, mine=False):
    """The resources that ``user`` may see, narrowed. ``free_on``: left out where that day is wholly promised; told
    only of those whose hours this person may read.
    """
    found = Resource.objects.visible_to(user).filter(withdrawn_at=None).select_related("owner")
    if kind:
        found = found.filter(kind=kind)
    if territory:
        found = found.filter(
            pk__in=Resource.territories.through.objects.filter(territory=territory).values("resource")
        )
    if mine:
        found = found.filter(owner_id__in=reader_of(user).association_ids)
    if free_on:
        span = day_span(free_on)
        full = HeldSlot.objects.full().filter(slot__gte=span.start, slot__lt=span.stop)
        gone = full.values("resource").annotate(halves=Count("pk")).filter(halves__gte=len(span)).values("resource")
        found = found.exclude(pk__in=Resource.objects.inside(user).filter(pk__in=gone).values("pk"))
    return found.prefetch_related("territories", "photos").order_by("title", "pk")


def territories_of_offers(user):
    """The places where something is offered that ``user`` may see."""
    placed = Resource.territories.through.objects.filter(
        resource__in=Resource.objects.visible_to(user).filter(withdrawn_at=None).values("pk")
    )
    return Territory.objects.filter(pk__in=placed.values("territory")).order_by("search_name")


def needs_listed(user, *, today):
    """The needs that stand, on the territories whose association space this person reads; the newest first."""
    return (
        Need.objects.visible_to(user)
        .standing(today)
        .select_related("organisation", "territory")
        .annotate(answers_count=Count("answers"))
        .order_by("-created_at", "-pk")
    )


def loans_of(user):
    """(what one's associations lend, what they borrow), unfinished first, as lists; two hundred at most of each."""
    mine = reader_of(user).association_ids
    loans = Loan.objects.visible_to(user).select_related("resource__owner", "borrower").order_by("-starts_at")
    lent = list(loans.lent_by(mine)[:200])
    borrowed = [loan for loan in loans.borrowed_by(mine)[:200] if not loan.is_own_use]

    return sorted(lent, key=_rank), sorted(borrowed, key=_rank)


def _seconds(loan):
    return loan.starts_at.timestamp()


def _rank(loan):
    """Unfinished first, the soonest first; then those that ended, the latest first."""
    return (1, -_seconds(loan)) if loan.state in State.ENDED else (0, _seconds(loan))


def untaken_needs(user, *, today):
    """For the coordination: the needs of its territories that nobody answered for NEED_UNTAKEN_AFTER_DAYS, oldest
    first.
    """
    run = reader_of(user).coordinated_territory_ids
    if not run:
        return Need.objects.none()
    since = timezone.make_aware(
        datetime.datetime.combine(
            today - datetime.timedelta(days=settings.NEED_UNTAKEN_AFTER_DAYS), datetime.time.min
        )
    )
    return (
        Need.objects.visible_to(user)
        .standing(today)
        .filter(territory_id__in=run, answers=None, created_at__lt=since)
        .select_related("organisation", "territory")
        .order_by("created_at")
    )


def waiting_for(user, *, today):
    """What this person can do about loans and needs, the most pressing first. Four queries, whatever waits."""
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return []
    mine = reader_of(user).association_ids
    lines = []
    if mine:
        loans = Loan.objects.visible_to(user).unfinished().exclude(borrower=F("resource__owner"))
        for loan in loans.select_related("resource__owner", "borrower").order_by("starts_at", "pk"):
            if line := _of_loan(loan, loan.resource.owner_id in mine, today):
                lines.append(line)
        answered = Need.objects.filter(organisation_id__in=mine, closed_at=None).annotate(
            answers_count=Count("answers")
        )
        lines += [_of_answered(need) for need in answered.filter(answers_count__gt=0).order_by("pk")]
    lines += [_of_untaken(need) for need in untaken_needs(user, today=today)]
    return lines


def _of_loan(loan, lends, today):
    """What is to be done of ``loan`` by who lends it (``lends``) or who borrows it; None where nothing is."""
    starts, ends = timezone.localdate(loan.starts_at), timezone.localdate(loan.ends_at)
    if lends:
        what, on = {
            State.ASKED: (_("Demande de prêt : y répondre"), starts),
            State.ACCEPTED: (_("Prêt à remettre"), starts) if starts <= today + datetime.timedelta(days=1) else None,
            State.OUT: (_("Prêt qui revient : noter le retour"), ends) if ends <= today else None,
            State.BACK: (_("Prêt rendu : il reste à le clore"), ends),
        }[loan.state] or (None, None)
        who = loan.borrower.name
    else:
        late = loan.state == State.OUT and ends <= today
        what, on = (_("Emprunt à rendre"), ends) if late else (None, None)
        who = loan.resource.owner.name
    if what is None:
        return None
    # Another state is another thing to do.
    return Line(what, loan.resource.title, loan.get_absolute_url(), f"loan-{loan.pk}-{loan.state}", on, who)


def _of_answered(need):
    return Line(
        _("On a répondu à ce que vous cherchez"), need.title, need.get_absolute_url(), f"need-answered-{need.pk}"
    )


def _of_untaken(need):
    return Line(
        _("Besoin que personne ne prend"),
        need.title,
        need.get_absolute_url(),
        f"need-untaken-{need.pk}",
        timezone.localdate(need.created_at),
        need.organisation.name,
    )


def news_for(user, *, since, until):
    """What is newly lent and sought on one's territories, and which offers meet one's needs. Three queries."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return []
    within = {"created_at__gt": since, "created_at__lte": until}
    mine, space = reader.association_ids, reader.space_territory_ids
    lines = []
    matches = Match.objects.visible_to(user).filter(told_at__gt=since, told_at__lte=until)
    for match in (
        matches.filter(need__closed_at=None)
        .exclude(resource__owner=F("need__organisation"))
        .select_related("need__organisation", "resource__owner")
    ):
        lines.append(_of_match(match, match.need.organisation_id in mine))
    here = Resource.territories.through.objects.filter(territory_id__in=space).values("resource")
    offers = Resource.objects.visible_to(user).standing().filter(pk__in=here, **within).exclude(owner_id__in=mine)
    for offer in offers.select_related("owner").order_by("pk"):
        lines.append(
            Line(
                _("Nouveau, à emprunter"),
                offer.title,
                offer.get_absolute_url(),
                f"resource-{offer.pk}",
                timezone.localdate(offer.created_at),
                offer.owner.name,
            )
        )
    needs = Need.objects.visible_to(user).filter(closed_at=None, **within).exclude(organisation_id__in=mine)
    for need in needs.select_related("organisation").order_by("pk"):
        lines.append(
            Line(
                _("On cherche"),
                need.title,
                need.get_absolute_url(),
                f"need-{need.pk}",
                timezone.localdate(need.created_at),
                need.organisation.name,
            )
        )
    return lines


def _of_match(match, seeks):
    on = timezone.localdate(match.told_at)
    if seeks:
        what = _("Une offre pour ce que vous cherchez")
        title, page, who = match.resource.title, match.resource.get_absolute_url(), match.resource.owner.name
    else:
        what = _("On cherche ce que vous proposez")
        title, page, who = match.need.title, match.need.get_absolute_url(), match.need.organisation.name
    return Line(what, title, page, f"match-{match.pk}", on, who)


def one_small_offer(organisation, user):
    """One small thing to begin with, as a `Line`: something near to borrow, or somebody near to help; None if there
    is neither. What ``user`` may see, on the territories of ``organisation``.
    """
    here = organisation.territories.values("pk")
    placed = Resource.territories.through.objects.filter(territory__in=here).values("resource")
    offers = Resource.objects.visible_to(user).standing().filter(pk__in=placed).exclude(owner=organisation)
    open_to_all = offers.exclude(audience=Audience.NETWORK).select_related("owner")
    if offer := open_to_all.order_by("-created_at").first():
        return Line(
            _("À emprunter près de vous"),
            offer.title,
            offer.get_absolute_url(),
            f"small-offer-{offer.pk}",
            detail=gettext("chez %(name)s") % {"name": offer.owner.name},
        )
    needs = needs_listed(user, today=timezone.localdate()).filter(territory__in=here)
    if need := needs.exclude(organisation=organisation).first():
        return Line(
            _("Un coup de main près de vous"),
            need.title,
            need.get_absolute_url(),
            f"small-need-{need.pk}",
            need.from_on,
            need.organisation.name,
        )
    return None


def ledgers_for(user):
    """The territories where hours are counted, and those that this person coordinates: there it may begin."""
    open_here = LedgerSwitch.objects.visible_to(user).standing().values("territory")
    run = reader_of(user).coordinated_territory_ids
    return Territory.objects.filter(Q(pk__in=open_here) | Q(pk__in=run)).order_by("search_name")


def balances(user, territory):
    """[(organisation, given, received)] of the ledger of ``territory``, by name: for the coordination, everybody's;
    for an association, its own. In hours. Two queries.
    """
    reader = reader_of(user)
    rows = list(
        HoursEntry.objects.visible_to(user)
        .standing()
        .filter(territory=territory)
        .order_by()
        .values_list("giver", "receiver")
        .annotate(Sum("hours"))
    )
    sides = {pk for giver, receiver, _hours in rows for pk in (giver, receiver)}
    if territory.pk not in reader.coordinated_territory_ids:
        # Of a partner one knows what passed between the two, not its balance.
        sides &= reader.association_ids
    named = Organisation.objects.filter(pk__in=sides).order_by("search_name")
    zero = Decimal(0)
    return [
        (
            organisation,
            sum((hours for giver, _r, hours in rows if giver == organisation.pk), zero),
            sum((hours for _g, receiver, hours in rows if receiver == organisation.pk), zero),
        )
        for organisation in named
    ]


def still_free(user, loan):
    """Whether the hours of a loan that is only asked are still to be had."""
    held = HeldSlot.objects.visible_to(user).filter(
        resource=loan.resource, slot__gte=loan.span.start, slot__lt=loan.span.stop
    )
    return not held.filter(taken__gt=F("capacity") - loan.quantity).exists()


def matches_of(user, need):
    """The offers that meet ``need``, and that still stand."""
    return (
        Match.objects.visible_to(user)
        .filter(need=need, resource__withdrawn_at=None)
        # Two organisations that became one are not offered what they lend themselves.
        .exclude(resource__owner_id=need.organisation_id)
        .select_related("resource__owner")
        .order_by("pk")
    )


def when_words(loan):
    """'le 4 décembre 2026 de 14:00 à 18:00', or from one day to another."""
    start, end = timezone.localtime(loan.starts_at), timezone.localtime(loan.ends_at)
    if start.date() == end.date():
        return gettext("le %(day)s de %(start)s à %(end)s") % {
            "day": date_format(start, "j F Y"),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
        }
    return gettext("du %(start)s au %(end)s") % {
        "start": date_format(start, "j F Y, H:i"),
        "end": date_format(end, "j F Y, H:i"),
    }
