"""Opening a look back, following it, closing it, saying what changes, showing it."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import Campaign, LookBack
from ..models.campaigns import MINIMUM
from ..permissions import can_coordinate
from ..queries import signatories_to_ask
from ..synthesis import synthesis_of

REMIND_BEFORE = datetime.timedelta(days=7)
FARTHEST = datetime.timedelta(days=3 * 366)
LONGEST = datetime.timedelta(days=120)


class CampaignRefused(ValidationError):
    """This cannot be done to this look back, now."""


@transaction.atomic
def open_campaign(version, *, territory, year, opens_on, closes_on, actor, at):
    """Ask the signatories of ``version`` who act in ``territory`` (None: everywhere) to look back on ``year``.

    Those who stand by the text that day are invited when it opens. Raises CampaignRefused.
    """
    campaign = Campaign(
        version=version, territory=territory, year=year, opens_on=opens_on, closes_on=closes_on, created_at=at
    )
    if not can_coordinate(actor, campaign):
        raise PermissionDenied
    _check_dates(campaign, timezone.localdate(at))
    if not version.is_published or version.superseded_at:
        raise CampaignRefused({"version": _("Ce texte n’est pas en cours de signature.")})
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        raise CampaignRefused(_("Le bilan de cette année est déjà ouvert ici pour ce texte.")) from error
    record("evaluation.open", campaign, actor=actor, at=at)
    _invite(campaign, at)
    return campaign


def _check_dates(campaign, today):
    if campaign.opens_on < today:
        raise CampaignRefused({"opens_on": _("Le bilan ouvre aujourd’hui ou plus tard.")})
    if max(campaign.opens_on, campaign.closes_on) > today + FARTHEST:
        raise CampaignRefused({"closes_on": _("Cette date est trop lointaine.")})
    if campaign.closes_on < campaign.opens_on + datetime.timedelta(days=6):
        raise CampaignRefused({"closes_on": _("Laissez au moins une semaine pour répondre.")})
    if campaign.closes_on > campaign.opens_on + LONGEST:
        raise CampaignRefused({"closes_on": _("Quatre mois au plus : au-delà, on n’y pense plus.")})
    # The région's synthesis of a year adds the small territories once the year is over: none may come after.
    if campaign.year != campaign.closes_on.year:
        raise CampaignRefused({"closes_on": _("Le bilan d’une année ferme dans l’année même.")})


def _invite(campaign, at):
    """Ask, once it is open, whoever stands by the text and was not asked."""
    if not campaign.is_open(timezone.localdate(at)):
        return 0
    known = campaign.look_backs.values("organisation")
    fresh = list(signatories_to_ask(campaign).exclude(pk__in=known))
    made = LookBack.objects.bulk_create(
        [LookBack(campaign=campaign, organisation=organisation, invited_at=at) for organisation in fresh],
        ignore_conflicts=True,
    )
    rows = campaign.look_backs.filter(organisation__in=fresh).select_related("organisation")
    for look_back in rows:
        emails.invited(look_back, campaign, at=at)
    return len(made)


def _locked(campaign, actor):
    campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("territory", "version__adaptation")
        .get(pk=campaign.pk)
    )
    if actor is not None and not can_coordinate(actor, campaign):
        raise PermissionDenied
    return campaign


@transaction.atomic
def close_campaign(campaign, *, actor, at):
    """No more answers; the synthesis may be read. ``actor`` None: its day has come. Closing twice changes nothing."""
    campaign = _locked(campaign, actor)
    if campaign.closed_at:
        return campaign
    if timezone.localdate(at) < campaign.opens_on:
        raise CampaignRefused(_("Ce bilan n’est pas encore ouvert."))
    campaign.closed_at = at
    campaign.save(update_fields=["closed_at"])
    record("evaluation.close", campaign, actor=actor, at=at)
    return campaign


@transaction.atomic
def count_paper(campaign, *, numbers, actor, at):
    """Write how many forms said what: ``numbers`` maps (audience, question, answer) to a number. Before it closes."""
    campaign = _locked(campaign, actor)
    if campaign.closed_at:
        raise CampaignRefused(_("Ce bilan est clos : les comptes ne changent plus."))
    for (audience, question, answer), number in numbers.items():
        campaign.paper_counts.update_or_create(
            audience=audience, question=question, answer=answer, defaults={"number": number}
        )
    record("evaluation.count_paper", campaign, actor=actor, at=at)
    return campaign


@transaction.atomic
def add_step(campaign, *, text, carried_by, due_on, actor, at):
    """Add to 'ce que nous changeons', until the list is adopted."""
    campaign = _to_be_written(campaign, actor)
    if campaign.next_steps.count() >= 20:
        raise CampaignRefused(_("Vingt suites au plus : gardez celles que vous ferez."))
    step = campaign.next_steps.create(text=text, carried_by=carried_by, due_on=due_on)
    record("evaluation.add_step", campaign, actor=actor, at=at)
    return step


@transaction.atomic
def remove_step(step, *, actor, at):
    """Take a step out of a list that nobody adopted yet."""
    campaign = _to_be_written(step.campaign, actor)
    step.delete()
    record("evaluation.remove_step", campaign, actor=actor, at=at)


def _to_be_written(campaign, actor):
    campaign = _locked(campaign, actor)
    if campaign.closed_at is None:
        raise CampaignRefused(_("Les suites s’écrivent une fois le bilan clos."))
    if campaign.adopted_on:
        raise CampaignRefused(_("Ces suites sont adoptées : elles ne changent plus."))
    return campaign


@transaction.atomic
def adopt_steps(campaign, *, adopted_on, adopted_by, actor, at):
    """The list of what changes was adopted on a day, by (a meeting, a group); it does not change any more."""
    campaign = _to_be_written(campaign, actor)
    if not campaign.next_steps.exists():
        raise CampaignRefused(_("Écrivez au moins une suite."))
    if adopted_on > timezone.localdate(at):
        raise CampaignRefused({"adopted_on": _("Ce jour n’est pas encore venu.")})
    campaign.adopted_on, campaign.adopted_by = adopted_on, adopted_by
    campaign.save(update_fields=["adopted_on", "adopted_by"])
    record("evaluation.adopt_steps", campaign, actor=actor, at=at)
    return campaign


@transaction.atomic
def share_synthesis(campaign, *, actor, at):
    """Public partners of the territory may read the synthesis."""
    return _show(campaign, "shared_at", "evaluation.share", actor, at)


@transaction.atomic
def publish_synthesis(campaign, *, actor, at):
    """Anybody may read the synthesis."""
    return _show(campaign, "published_at", "evaluation.publish", actor, at)


def _show(campaign, field, verb, actor, at):
    campaign = _locked(campaign, actor)
    if getattr(campaign, field):
        return campaign
    if synthesis_of(campaign) is None:
        raise CampaignRefused(
            _("Une synthèse se montre une fois le bilan clos, à partir de %(number)s réponses.") % {"number": MINIMUM}
        )
    setattr(campaign, field, at)
    campaign.save(update_fields=[field])
    record(verb, campaign, actor=actor, at=at)
    return campaign


@transaction.atomic
def stop_showing(campaign, *, actor, at):
    """The synthesis goes back between associations."""
    campaign = _locked(campaign, actor)
    if campaign.shared_at or campaign.published_at:
        campaign.shared_at = campaign.published_at = None
        campaign.save(update_fields=["shared_at", "published_at"])
        record("evaluation.unshare", campaign, actor=actor, at=at)
    return campaign


# what each day brings


def follow_campaigns(*, at):
    """Invite whoever signed since; remind once, a week before the end, whoever has not finished; close what is over.

    Returns {"invited": n, "reminded": n, "closed": n}. Running twice a day does no harm.
    """
    today, done = timezone.localdate(at), {"invited": 0, "reminded": 0, "closed": 0}
    for campaign in Campaign.objects.filter(closed_at=None, opens_on__lte=today).order_by("pk"):
        if campaign.closes_on < today:
            close_campaign(campaign, actor=None, at=at)
            done["closed"] += 1
            continue
        with transaction.atomic():
            campaign = _locked(campaign, None)
            done["invited"] += _invite(campaign, at)
            if campaign.closes_on <= today + REMIND_BEFORE:
                done["reminded"] += _remind(campaign, at)
    return done


def _remind(campaign, at):
    late = campaign.look_backs.filter(
        finished_at=None, reminded_at=None, invited_at__lt=at - datetime.timedelta(days=2)
    )
    rows = list(late.select_related("organisation"))
    for look_back in rows:
        emails.reminded(look_back, campaign, at=at)
    late.update(reminded_at=at)
    return len(rows)
