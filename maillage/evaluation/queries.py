"""Reads across look backs and signatures."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import Article, Signature
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory
from maillage.ui.lines import Line

from .models import Campaign, CommitmentState, LookBack, NextStep


def signatories_to_ask(campaign):
    """Confirmed organisations that stand by the text, in any of its versions, and act in the territory."""
    line = campaign.version.adaptation_id
    standing = Signature.objects.standing().filter(organisation=OuterRef("pk"), version__adaptation=line)
    asked = Organisation.objects.associations().listed().filter(Exists(standing), confirmed_at__isnull=False)
    if campaign.territory_id:
        here = Organisation.territories.through.objects.filter(
            organisation_id=OuterRef("pk"),
            territory_id__in=Territory.objects.within(campaign.territory).values("pk"),
        )
        asked = asked.filter(Exists(here))
    return asked.order_by("pk")


def who_answered(campaign):
    """(name of the organisation, when it finished or None, its look back where it is shared): for who coordinates.

    What was answered is not here.
    """
    rows = campaign.look_backs.select_related("organisation").order_by("organisation__name", "pk")
    return [(row.organisation, row.finished_at, row if row.is_shared and row.finished_at else None) for row in rows]


def commitments_of(organisation, year):
    """[(signature, [(article, its `CommitmentState` of the year or None)])] of the texts it stands by."""
    signatures = list(
        Signature.objects.standing().latest().filter(organisation=organisation).select_related("version__adaptation")
    )
    states = {
        (state.article.version.adaptation_id, state.article.key): state
        for state in CommitmentState.objects.filter(organisation=organisation, year=year)
        .select_related("article__version")
        .order_by("changed_at")
    }
    articles = {}
    for article in (
        Article.objects.filter(
            version__in=[signature.version_id for signature in signatures], kind__in=["principle", "commitment"]
        )
        .standing()
        .order_by("position", "key")
    ):
        articles.setdefault(article.version_id, []).append(article)
    return [
        (
            signature,
            [
                (article, states.get((signature.version.adaptation_id, article.key)))
                for article in articles.get(signature.version_id, ())
            ],
        )
        for signature in signatures
    ]


def signature_to_renew(organisation, version, *, on):
    """The signature of this text that its organisation may renew today, or None."""
    due = Signature.objects.to_renew(on).latest() | Signature.objects.dormant().latest()
    return due.filter(organisation=organisation, version__adaptation=version.adaptation_id).first()


def waiting_for(user, *, today):
    """What ``user`` may do here: look back for their associations; say what changes after a look back."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return []
    running = Campaign.objects.running(today).values("pk")
    asked = LookBack.objects.filter(
        organisation_id__in=reader.association_ids, finished_at=None, campaign__in=running
    ).select_related("campaign__territory", "organisation")
    lines = [
        Line(
            _("Cinq minutes pour regarder l’année"),
            row.organisation.name,
            look_back_address(row),
            f"look-back-{row.pk}",
            row.campaign.closes_on,
        )
        for row in asked
    ]
    steps = NextStep.objects.filter(campaign=OuterRef("pk"))
    closed = Campaign.objects.coordinated_by(user).filter(~Exists(steps), closed_at__isnull=False, adopted_on=None)
    lines += [
        Line(_("Dire ce qui change après le bilan"), str(row), row.get_absolute_url(), f"look-back-steps-{row.pk}")
        for row in closed.select_related("territory")
    ]
    return sorted(lines, key=lambda line: (line.on is None, line.on or today, line.key))


def look_back_address(look_back):
    return reverse("evaluation:look-back", args=[look_back.uuid])


def news_for(user, *, since, until):
    """Look backs that opened, and syntheses that may be read, between two moments, where ``user`` may see them."""
    if not user.is_authenticated:
        return []
    inside = Campaign.objects.inside(user).select_related("territory")
    lines = [
        Line(_("Un bilan s’ouvre"), str(row), row.get_absolute_url(), f"look-back-opened-{row.pk}", row.opens_on)
        for row in inside.filter(created_at__gte=since, created_at__lt=until, closed_at=None)
    ]
    lines += [
        Line(_("Un bilan est clos"), str(row), row.get_absolute_url(), f"look-back-closed-{row.pk}")
        for row in inside.filter(closed_at__gte=since, closed_at__lt=until)
    ]
    if reader_of(user).is_public_partner:
        here = Campaign.objects.visible_to(user).filter(
            territory__in=Territory.objects.filter(organisations__in=reader_of(user).organisation_ids).values("pk")
        )
        shown = here.filter(shared_at__gte=since, shared_at__lt=until) | here.filter(
            published_at__gte=since, published_at__lt=until
        )
        lines += [
            Line(_("Une synthèse à lire"), str(row), row.get_absolute_url(), f"look-back-shown-{row.pk}")
            for row in shown.select_related("territory")
        ]
    return lines
