"""Reads across case studies; what waits for somebody there, and what is new."""

from collections import Counter

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from maillage.cooperations.models import Cooperation
from maillage.organisations.audiences import reader_of
from maillage.organisations.models.organisation import Theme
from maillage.organisations.queries import my_territory_ids
from maillage.territories.models import Territory
from maillage.ui.lines import Line

from .fields import framed, labels, split
from .models import Assent, CaseFinding, CaseStudy, Comment, NewsPage

MOST_SIMILAR = 3
MOST_SHOWN = 6
"""Cases named beside a brake or a lever."""


def with_all(cases):
    """The same set with territories and findings at hand: two queries more, however many."""
    return cases.prefetch_related("places__territory", "findings")


def places_of(cases):
    """Territories where a case of this set happened, by name."""
    return Territory.objects.filter(pk__in=cases.values("places__territory")).order_by("name")[:200]


def similar_to(case, user):
    """Up to three published cases that share themes, forms or families with ``case``, the nearest first; each with
    `.why`, words and never a number.
    """
    themes, forms = set(split(case.themes)), set(split(case.forms))
    families = {(one.side, one.family): one.family_label for one in case.findings.all()}
    shares = Q(pk__in=[])
    for field, codes in (("themes", themes), ("forms", forms)):
        for code in codes:
            shares |= Q(**{f"{field}__contains": f"|{code}|"})
    for side, family in families:
        shares |= Q(pk__in=CaseFinding.objects.filter(side=side, family=family).values("page"))
    others = CaseStudy.objects.visible_to(user).live().exclude(pk=case.pk).filter(shares)
    near = []
    for other in with_all(others.order_by("-first_published_at"))[:60]:
        common = themes & set(split(other.themes)), forms & set(split(other.forms))
        shown = {(one.side, one.family) for one in other.findings.all()} & set(families)
        other.why = [
            *labels(framed(sorted(common[0])), Theme),
            *labels(framed(sorted(common[1])), Cooperation.Form),
            *[families[key] for key in sorted(shown)],
        ]
        near.append((len(other.why), other))
    return [other for count, other in sorted(near, key=lambda pair: -pair[0])[:MOST_SIMILAR] if count]


def families_shown(cases):
    """{(side, family): [(title, slug)]}: up to six of ``cases`` for each; one query."""
    rows = CaseFinding.objects.filter(page__in=cases.order_by().values("pk"))
    shown = {}
    told = rows.order_by("-page__first_published_at", "pk").values_list("side", "family", "page__title", "page__slug")
    for side, family, title, slug in told:
        named = shown.setdefault((side, family), [])
        if len(named) < MOST_SHOWN and (title, slug) not in named:
            named.append((title, slug))
    return shown


def counted_places():
    """[(vintage, how many neighbourhoods are known of it, how many départements)], in the order of the years."""
    rows = Territory.objects.filter(kind=Territory.Kind.QPV).values("vintage").annotate(count=Count("pk"))
    return sorted((row["vintage"], row["count"]) for row in rows if row["vintage"])


def waiting_for(user, *, today):
    """Assents that one's organisations were asked for; for who edits, answers and comments to deal with."""
    if not user.is_authenticated:
        return []
    lines = []
    asked = Assent.objects.filter(organisation_id__in=reader_of(user).organisation_ids, state=Assent.State.ASKED)
    for one in asked.select_related("case"):
        url = reverse("editorial:my-answer", args=[one.uuid])
        day = timezone.localdate(one.asked_at)
        lines.append(
            Line(_("Votre accord sur un récit"), one.case.draft_title, url, f"assent-{one.pk}", day, one.name)
        )
    return [*lines, *_for_editors(user, today)]


def _for_editors(user, today):
    reader = reader_of(user)
    if reader.is_public_partner or not (reader.is_editor or user.is_superuser):
        return
    said_no = [Assent.State.REFUSED, Assent.State.WITHDRAWN]
    refused = Assent.objects.filter(state__in=said_no, case__live=False)
    for case in CaseStudy.objects.filter(pk__in=refused.values("case")):
        url = reverse("editorial:assents", args=[case.slug])
        yield Line(_("Une organisation refuse d’être nommée"), case.draft_title, url, f"refused-{case.pk}")
    due = CaseStudy.objects.live().filter(review_on__lte=today)
    for case in due.order_by("review_on")[:20]:
        yield Line(_("Pratique à relire"), case.title, case.get_absolute_url(), f"review-{case.pk}", case.review_on)
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
    steps = list(steps.order_by("started_at")[:20])
    pages = Page.objects.in_bulk([int(step.revision.object_id) for step in steps])
    for step in steps:
        page = pages[int(step.revision.object_id)]
        url, day = reverse("wagtailadmin_pages:edit", args=[page.pk]), timezone.localdate(step.started_at)
        yield Line(_("Page à relire avant publication"), page.draft_title, url, f"reading-{step.pk}", day)
    waiting = Comment.objects.filter(state=Comment.State.WAITING).count()
    if waiting:
        yield Line(_("Commentaires à relire"), str(waiting), reverse("editorial:comments"), f"comments-{waiting}")


def news_for(user, *, since, until):
    """What was published meanwhile on one's territories, or for everywhere."""
    if not user.is_authenticated:
        return []
    here = my_territory_ids(user)
    around = Q(places__territory__in=here)
    lines = []
    for model, what, around_too in (
        (CaseStudy, _("Une pratique racontée"), around),
        (NewsPage, _("Actualité"), around | Q(places=None)),
    ):
        rows = model.objects.visible_to(user).live().filter(around_too)
        rows = rows.filter(first_published_at__gt=since, first_published_at__lte=until).distinct()
        for page in rows[:20]:
            day = timezone.localdate(page.first_published_at)
            lines.append(Line(what, page.title, page.get_absolute_url(), f"page-{page.pk}", day, page.summary[:140]))
    return lines


def counts_by(field, codes, cases):
    """[(code, label, how many)] of ``cases`` for what they carry."""
    counted = Counter(code for kept in cases.values_list(field, flat=True) for code in split(kept))
    return [(code, label, counted[code]) for code, label in codes.choices if counted[code]]
