"""Reads across cooperations; what waits for somebody there, and what is new."""

from collections import Counter

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.organisations.audiences import reader_of
from maillage.ui.lines import Line

from .models import Cooperation, Milestone, Partner, Review, ReviewAnswer

LEAST_ANSWERS = 5
"""An aggregate of a look back is shown from five answers on (product.md, rule 8)."""


def with_partners(cooperations):
    """The same set, each with `.taking_part`: its accepted partners in the order of their names; two queries more."""
    accepted = Partner.objects.accepted().select_related("organisation").order_by("role", "organisation__search_name")
    return cooperations.prefetch_related(
        Prefetch("partners", queryset=accepted, to_attr="taking_part"), "territories", "themes"
    )


def cooperations_of(organisation, user):
    """The cooperations in which ``organisation`` takes part, that ``user`` may see."""
    mine = Partner.objects.accepted().filter(organisation=organisation)
    return Cooperation.objects.visible_to(user).filter(pk__in=mine.values("cooperation"))


def cooperations_on(territory, user):
    """The living cooperations on ``territory`` that ``user`` may see."""
    return Cooperation.objects.visible_to(user).living().filter(territories=territory)


def told_on(territory, user):
    """[(cooperation, names of who takes part)] of the living cooperations on ``territory``, the latest first: one
    query, however many.
    """
    rows = Partner.objects.accepted().filter(cooperation__in=cooperations_on(territory, user).values("pk"))
    told = {}
    for row in rows.select_related("cooperation", "organisation").order_by("-cooperation__created_at", "role", "pk"):
        told.setdefault(row.cooperation, []).append(row.organisation.name)
    return list(told.items())


def review_counts(review):
    """[(who, [(question, [(answer, count)])])] of ``review``, for "partners" and "residents", each from LEAST_ANSWERS
    on: the sheets that the lead counts never tell a partner's answer apart. [] while it is open: two looks would.
    """
    if review.closed_at is None:
        return []
    answers = list(review.answers.all())
    parts = (
        ("partners", [one for one in answers if one.organisation_id]),
        ("residents", [one for one in answers if not one.organisation_id]),
    )
    return [(who, _counted(given)) for who, given in parts if len(given) >= LEAST_ANSWERS]


def _counted(answers):
    counted = []
    for name in ("trust", "sharing", "load", "residents"):
        question = ReviewAnswer._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        counts = Counter(getattr(answer, name) for answer in answers)
        rows = [(label, counts.get(value, 0)) for value, label in ReviewAnswer.Scale.choices]
        counted.append((str(question), rows))
    return counted


def review_words(review):
    """What partners added in their own words, without a name and in the order of the letters; [] below the number."""
    if review.closed_at is None or review.answers.exclude(organisation=None).count() < LEAST_ANSWERS:
        return []
    return sorted(review.answers.exclude(words="").values_list("words", flat=True))


def waiting_for(user, *, today):
    """Invitations to answer, requests to settle, dates to keep, looks back to give."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner or not reader.association_ids:
        return []
    mine = Partner.objects.filter(organisation_id__in=reader.association_ids)
    over = [Cooperation.Stage.ENDED, Cooperation.Stage.STOPPED]
    mine = mine.exclude(cooperation__stage__in=over).select_related("cooperation", "organisation")
    return [*_invitations(mine), *_of_partners(mine, user, reader)]


def _invitations(mine):
    for partner in mine.filter(state=Partner.State.INVITED):
        one, day = partner.cooperation, timezone.localdate(partner.since)
        key, who = f"partner-{partner.pk}", partner.organisation.name
        yield Line(_("Invitation à coopérer"), one.title, one.get_absolute_url(), key, day, who)
    led = mine.filter(state=Partner.State.ACCEPTED, role=Partner.Role.LEAD).values("cooperation")
    asking = Partner.objects.filter(state=Partner.State.ASKING, cooperation__in=led)
    for partner in asking.select_related("cooperation", "organisation"):
        one, day = partner.cooperation, timezone.localdate(partner.since)
        url, key = reverse("cooperations:partners", args=[one.slug]), f"partner-{partner.pk}"
        yield Line(_("Une association demande à participer"), partner.organisation.name, url, key, day, one.title)


def _of_partners(mine, user, reader):
    taking_part = mine.filter(state=Partner.State.ACCEPTED).values("cooperation")
    due = Milestone.objects.visible_to(user).filter(cooperation__in=taking_part, done_at=None)
    for milestone in due.select_related("cooperation"):
        one, key = milestone.cooperation, f"milestone-{milestone.pk}"
        url = one.get_absolute_url() + "#calendrier"
        yield Line(_("Date à tenir"), milestone.title, url, key, milestone.due_on, one.title)
    given = ReviewAnswer.objects.filter(review=OuterRef("pk"), organisation_id__in=reader.association_ids)
    reviews = Review.objects.visible_to(user).filter(~Exists(given), closed_at=None, cooperation__in=taking_part)
    for review in reviews.select_related("cooperation"):
        one, day = review.cooperation, timezone.localdate(review.opened_at)
        url, key = reverse("cooperations:review", args=[one.slug]), f"review-{review.pk}"
        yield Line(_("Votre regard sur la coopération"), one.title, url, key, day)


def news_for(user, *, since, until):
    """New ideas and stages on one's territories, or in what one's associations take part in."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return []
    here = Q(territories__in=reader.space_territory_ids) | Q(
        pk__in=Partner.objects.accepted().filter(organisation_id__in=reader.association_ids).values("cooperation")
    )
    moved = Cooperation.objects.visible_to(user).filter(
        here, stage_changes__at__gt=since, stage_changes__at__lte=until
    )
    return [
        Line(
            _("Coopération : %(stage)s") % {"stage": row.get_stage_display()},
            row.title,
            row.get_absolute_url(),
            f"cooperation-{row.pk}-{row.stage}",
        )
        for row in moved.distinct()
    ]
