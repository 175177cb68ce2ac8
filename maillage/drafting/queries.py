"""Reads across workshops: what waits for somebody there, what is new, what became of each article."""

import dataclasses
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillage.charters.models import Article, CharterVersion, TerritorialAdaptation
from maillage.groups.models import GroupMember, ResidentSeat
from maillage.organisations.audiences import reader_of
from maillage.ui.lines import Line

from .models import Amendment, Comment, Stance, Workshop

FOR_LISTS = ("group", "version__adaptation")


def drafts_to_open(user, group):
    """The drafts that ``user`` may open to ``group``: those they may write, not open there yet."""
    written = CharterVersion.objects.drafts()
    theirs = written.filter(adaptation__in=TerritorialAdaptation.objects.promoted_by(user).values("pk"))
    if reader_of(user).is_editor:
        theirs |= written.filter(adaptation=None)
    opened = Workshop.objects.filter(group=group, closed_at=None)
    return theirs.exclude(pk__in=opened.values("version")).select_related("adaptation")


@dataclasses.dataclass(frozen=True)
class _Voices:
    """In whose names somebody speaks, in all their groups."""

    organisations: dict
    """Group → the organisations of theirs that are members."""
    seats: dict
    """Group → their seat."""
    facilitated: frozenset
    """Groups that one of their organisations animates."""

    @classmethod
    def of(cls, user):
        reader = reader_of(user)
        organisations, facilitated = defaultdict(set), set()
        standing = GroupMember.objects.filter(organisation_id__in=reader.association_ids, until=None)
        for group, organisation, facilitates in standing.values_list("group", "organisation", "facilitates"):
            organisations[group].add(organisation)
            if facilitates:
                facilitated.add(group)
        seats = ResidentSeat.objects.filter(user=user, until=None).values_list("group", "pk")
        return cls(dict(organisations), dict(seats), frozenset(facilitated))

    def said(self, row, group):
        """Whether ``row`` (anything with an organisation and a seat) was said in one of these names."""
        is_ours = row["organisation"] in self.organisations.get(group, ())
        return is_ours or (row["seat"] is not None and row["seat"] == self.seats.get(group))

    def speak_in(self, group):
        return group in self.organisations or group in self.seats


def waiting_for(user, *, today):
    """Amendments that wait for this person's answer, and texts open to their voice where it has not been heard."""
    if not user.is_authenticated:
        return []
    workshops = list(Workshop.objects.visible_to(user).open().select_related(*FOR_LISTS).order_by("opened_at", "pk"))
    if not workshops:
        return []
    voices, animated = _Voices.of(user), _animated(user, workshops)
    waiting = defaultdict(list)
    for row in (
        Amendment.objects.filter(workshop__in=workshops).waiting().values("pk", "workshop", "organisation", "seat")
    ):
        waiting[row["workshop"]].append(row)
    heard, stances = _heard(workshops, voices)
    lines = []
    for workshop in workshops:
        unanswered = waiting[workshop.pk]
        if workshop.pk in animated or workshop.group_id in voices.facilitated:
            lines += _to_answer(workshop, len(unanswered))
        if workshop.takes_words(today) and voices.speak_in(workshop.group_id):
            group = workshop.group_id
            silent = [row for row in unanswered if row["pk"] not in stances and not voices.said(row, group)]
            lines += _to_speak(workshop, len(silent), has_spoken=workshop.pk in heard)
    return lines


def _animated(user, workshops):
    """Those that ``user`` answers for as a coordinator, or because they write the text."""
    reader = reader_of(user)
    adaptations = {workshop.version.adaptation_id for workshop in workshops}
    promoted = set(
        TerritorialAdaptation.objects.promoted_by(user)
        .filter(pk__in=adaptations - {None})
        .values_list("pk", flat=True)
    )
    return {
        workshop.pk
        for workshop in workshops
        if workshop.group.territory_id in reader.coordinated_territory_ids
        or workshop.version.adaptation_id in promoted
        or (workshop.version.adaptation_id is None and reader.is_editor)
    }


def _heard(workshops, voices):
    """(workshops where something was said in one of these names, amendments on which a stance was taken)."""
    groups = {workshop.pk: workshop.group_id for workshop in workshops}
    ours = Q(organisation__in=set().union(*voices.organisations.values())) | Q(seat__in=voices.seats.values())
    heard, stances = set(), set()
    for model in (Comment, Amendment):
        said = model.objects.filter(ours, workshop__in=workshops)
        for row in said.values("workshop", "organisation", "seat").distinct().order_by():
            if voices.said(row, groups[row["workshop"]]):
                heard.add(row["workshop"])
    taken = Stance.objects.filter(ours, amendment__workshop__in=workshops)
    for stance in taken.values("amendment", "amendment__workshop", "organisation", "seat"):
        if voices.said(stance, groups[stance["amendment__workshop"]]):
            heard.add(stance["amendment__workshop"])
            stances.add(stance["amendment"])
    return heard, stances


def _to_answer(workshop, number):
    if number:
        detail = ngettext("%(number)s amendement", "%(number)s amendements", number) % {"number": number}
        yield Line(
            what=_("Amendements qui attendent votre réponse"),
            title=workshop.version.title,
            url=workshop.get_absolute_url(),
            key=f"drafting:answer:{workshop.pk}",
            detail=detail,
        )


def _to_speak(workshop, number, *, has_spoken):
    """One who has spoken is not asked again, until others propose something."""
    if has_spoken and not number:
        return
    detail = ""
    if number:
        words = ngettext(
            "%(number)s amendement attend votre avis", "%(number)s amendements attendent votre avis", number
        )
        detail = words % {"number": number}
    yield Line(
        what=_("Texte à écrire ensemble"),
        title=workshop.version.title,
        url=workshop.get_absolute_url(),
        key=f"drafting:speak:{workshop.pk}",
        on=workshop.closes_on,
        detail=detail,
    )


def news_for(user, *, since, until):
    """Texts opened, amendments proposed and answered in the groups of ``user``, from ``since`` until ``until``."""
    if not user.is_authenticated:
        return []
    opened = Workshop.objects.visible_to(user).filter(opened_at__gte=since, opened_at__lt=until)
    lines = [
        Line(
            what=_("Texte ouvert au groupe"),
            title=workshop.version.title,
            url=workshop.get_absolute_url(),
            key=f"drafting:opened:{workshop.pk}",
            on=timezone.localdate(workshop.opened_at),
            detail=workshop.group.name,
        )
        for workshop in opened.select_related(*FOR_LISTS)
    ]
    amendments = Amendment.objects.visible_to(user).select_related(
        "workshop__group", "workshop__version__adaptation", "organisation", "seat"
    )
    proposed = amendments.filter(proposed_at__gte=since, proposed_at__lt=until).exclude(author=user)
    answered = amendments.filter(answered_at__gte=since, answered_at__lt=until).exclude(state="withdrawn")
    lines += _gathered(proposed.order_by("pk"), _("Amendements proposés"), "proposed")
    lines += _gathered(answered.order_by("answered_at", "pk"), _("Amendements qui ont leur réponse"), "answered")
    return lines


def _gathered(amendments, what, verb):
    """One line a workshop, however many amendments: a letter stays short."""
    by_workshop = defaultdict(list)
    for amendment in amendments:
        by_workshop[amendment.workshop].append(amendment)
    for workshop, found in by_workshop.items():
        number = len(found)
        yield Line(
            what=what,
            title=workshop.version.title,
            url=workshop.get_absolute_url(),
            key=f"drafting:{verb}:{workshop.pk}:{found[-1].pk}",
            on=timezone.localdate(found[-1].proposed_at if verb == "proposed" else found[-1].answered_at),
            detail=ngettext("%(number)s amendement", "%(number)s amendements", number) % {"number": number},
        )


@dataclasses.dataclass(frozen=True)
class ArticleInWorkshop:
    """An article (None where the text no longer has it), what is proposed of it, and what is said of it."""

    key: str
    article: Article | None
    amendments: list
    comments: list

    @property
    def title(self):
        """Its own, or the one under which somebody amended it."""
        if self.article:
            return self.article.title
        known = [amendment.base_title or amendment.title for amendment in self.amendments]
        return known[-1] if known else _("Article retiré")

    @property
    def waiting(self):
        return [amendment for amendment in self.amendments if amendment.is_waiting]

    @property
    def answered(self):
        return [amendment for amendment in self.amendments if not amendment.is_waiting]

    @property
    def conversations(self):
        """(comment, its answers) of each, the oldest first."""
        answers = defaultdict(list)
        for comment in self.comments:
            answers[comment.parent_id].append(comment)
        return [(comment, answers[comment.pk]) for comment in answers[None]]

    @property
    def open_conversations(self):
        return sum(comment.parent_id is None and comment.resolved_at is None for comment in self.comments)


def articles_of(workshop):
    """Every article of the text with what is proposed and said of it; then those that the text no longer has. The
    amendments that would add an article, and the comments of the whole text, are under the key ''.
    """
    amendments, comments = defaultdict(list), defaultdict(list)
    for amendment in workshop.amendments.for_pages():
        amendment.workshop = workshop
        amendments[amendment.article_key].append(amendment)
    for comment in workshop.comments.select_related("organisation", "seat"):
        comments[comment.article_key].append(comment)
    found = {article.key: article for article in workshop.version.articles.all()}
    gone = [key for key in dict.fromkeys([*amendments, *comments]) if key and key not in found]
    rows = [ArticleInWorkshop(key, article, amendments[key], comments[key]) for key, article in found.items()] + [
        ArticleInWorkshop(key, None, amendments[key], comments[key]) for key in gone
    ]
    return rows, ArticleInWorkshop("", None, amendments[""], comments[""])
