"""What many answers say together, never what one says.

Five organisations at least; nothing before the end; no filter; what few said is merged with what was not answered.
The words that people wrote stay with them. Nothing is added up into a mark, no place is compared with another.
"""

import dataclasses

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext

from maillage.cooperations.models import Brake, Lever, Side
from maillage.ui.bars import drawn

from .models import Campaign, LookBack, Mention, PaperCount, PrincipleAnswer, State
from .models.campaigns import MINIMUM

FEW = 3
"""In one territory, an answer given by fewer organisations than this is merged."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """One drawing and its table: ``pairs`` of (words, number), of ``whole``. Without pairs, too few answers."""

    key: str
    title: str
    pairs: list
    whole: int

    @property
    def bars(self):
        return drawn(self.pairs, whole=self.whole)


@dataclasses.dataclass(frozen=True)
class Synthesis:
    answered: int
    figures: list
    brakes: Figure
    levers: Figure
    views: list


def merged(counts, *, whole, least):
    """The (words, number) of ``counts``, those under ``least`` put with what is missing of ``whole``.

    That remainder is itself either nothing or ``least`` at the least: the smallest others join it until it is.
    Nothing is left to show where everything is merged.
    """
    shown = [pair for pair in counts if pair[1] >= least]
    rest = whole - sum(number for _words, number in shown)
    while shown and 0 < rest < least:
        smallest = min(shown, key=lambda pair: pair[1])
        shown.remove(smallest)
        rest += smallest[1]
    if not shown:
        return []
    return [*shown, (gettext("une autre réponse, ou aucune"), rest)] if rest else shown


def synthesis_of(campaign):
    """The `Synthesis` of a closed ``campaign``; None where it is not closed, or fewer than MINIMUM answered."""
    if campaign.closed_at is None:
        return None
    finished = campaign.look_backs.finished()
    answered = finished.count()
    if answered < MINIMUM:
        return None
    return Synthesis(
        answered,
        _of_principles(campaign, answered),
        _of_mentions(Side.BRAKE, finished, answered, FEW),
        _of_mentions(Side.LEVER, finished, answered, FEW),
        _of_paper(campaign),
    )


def articles_of(version):
    """The principles and commitments that the text keeps, in order: what one looks back on."""
    return list(version.articles.standing().filter(kind__in=["principle", "commitment"]).order_by("position", "key"))


def _of_principles(campaign, answered):
    rows = (
        PrincipleAnswer.objects.filter(look_back__campaign=campaign, look_back__finished_at__isnull=False)
        .values_list("article", "state")
        .annotate(Count("pk"))
        .order_by()
    )
    counted = {(article, state): number for article, state, number in rows}
    figures = []
    for article in articles_of(campaign.version):
        counts = [(label, counted.get((article.pk, value), 0)) for value, label in State.choices]
        said = sum(number for _label, number in counts)
        pairs = merged(counts, whole=answered, least=FEW) if said >= MINIMUM else []
        figures.append(Figure(f"principe-{article.pk}", article.title, pairs, answered))
    return figures


def _of_mentions(side, look_backs, answered, least):
    rows = (
        Mention.objects.filter(side=side, look_back__in=look_backs.values("pk"))
        .values_list("family")
        .annotate(number=Count("look_back__organisation", distinct=True))
        .order_by("-number", "family")
    )
    families = dict((Brake if side == Side.BRAKE else Lever).choices)
    title = gettext("Ce qui a freiné") if side == Side.BRAKE else gettext("Ce qui a aidé")
    pairs = [(families[family], number) for family, number in rows if number >= least and family in families]
    return Figure(f"{side}s", title, pairs, answered)


def _of_paper(campaign):
    rows = {(row.audience, row.question, row.answer): row.number for row in campaign.paper_counts.all()}
    figures = []
    for audience, who in PaperCount.Audience.choices:
        for question, words in PaperCount.Question.choices:
            counts = [(label, rows.get((audience, question, value), 0)) for value, label in PaperCount.Answer.choices]
            whole = sum(number for _label, number in counts)
            if whole:
                pairs = merged(counts, whole=whole, least=FEW) if whole >= MINIMUM else []
                title = gettext("%(who)s : « %(question)s »") % {"who": str(who).capitalize(), "question": words}
                figures.append(Figure(f"{audience}-{question}", title, pairs, whole))
    return figures


# the région


def regional_synthesis(region, year, *, today):
    """(number of organisations, brakes, levers) of the closed look backs of ``year`` on territories of ``region``;
    None under MINIMUM organisations. Every figure shown is of MINIMUM organisations at the least.

    A territory where MINIMUM answered counts as soon as it is closed. The others count once the year is over, all
    together, and if together they reach MINIMUM: no difference between two readings, or with the synthesis of a
    territory, is ever about fewer.
    """
    closed = Campaign.objects.filter(
        Q(territory__region=region) | Q(territory=region), closed_at__isnull=False, year=year
    )
    done = Count("look_backs", filter=Q(look_backs__finished_at__isnull=False))
    numbers = dict(closed.annotate(number=done).order_by().values_list("pk", "number"))
    large = [pk for pk, number in numbers.items() if number >= MINIMUM]
    small = [pk for pk in numbers if pk not in large] if year < today.year else []
    counted = large + small if _organisations(small) >= MINIMUM else large
    number = _organisations(counted)
    if number < MINIMUM:
        return None
    look_backs = LookBack.objects.finished().filter(campaign__in=counted)
    brakes, levers = (_of_mentions(side, look_backs, number, MINIMUM) for side in Side)
    return number, brakes, levers


def _organisations(campaigns):
    if not campaigns:
        return 0
    found = LookBack.objects.finished().filter(campaign__in=campaigns)
    return found.aggregate(number=Count("organisation", distinct=True))["number"]


def years_of(region):
    """Years in which something was closed there, latest first."""
    closed = Campaign.objects.filter(Q(territory__region=region) | Q(territory=region), closed_at__isnull=False)
    return sorted(set(closed.order_by().values_list("year", flat=True)), reverse=True) or [timezone.localdate().year]
