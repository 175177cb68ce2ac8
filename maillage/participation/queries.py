"""Reads about residents' voices: what each page shows, what waits, what is new."""

import datetime

from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import anybody, reader_of
from maillage.organisations.models import TerritoryRole
from maillage.territories.models import Territory
from maillage.ui.lines import Line

from .codes import hash_of
from .models import HeardNeed, ResidentVoice

UNTAKEN_AFTER = datetime.timedelta(days=14)
"""A need that nobody took up for that long is shown to the coordination."""
UNANSWERED_AFTER = datetime.timedelta(days=30)
"""Who took it up is reminded, on their page, after that long."""
MOST_PLACES = 60


def is_listened(territory):
    """Whether somebody would look at what is said there today."""
    return TerritoryRole.objects.filter(territory=territory, until=None).exists()


def listened_places(text=""):
    """The neighbourhoods where somebody listens, by name; at most MOST_PLACES."""
    found = Territory.objects.matching(text) if text.strip() else Territory.objects.order_by("search_name")
    listening = TerritoryRole.objects.filter(until=None).values("territory")
    return found.filter(pk__in=listening)[:MOST_PLACES]


def with_voices(territories):
    """``territories`` (a QuerySet), each with ``voices_heard``, ``voices_answered`` and ``voices_since`` (the moment
    of the oldest that waits; None where none does), in the same query. Counts tell nobody's words: all may read them.
    """
    here = ResidentVoice.objects.filter(territory=OuterRef("pk"), set_aside="").order_by().values("territory")
    answered = Q(need__answered_at__isnull=False)
    return territories.annotate(
        voices_heard=Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0),
        voices_answered=Coalesce(Subquery(here.filter(answered).annotate(n=Count("pk")).values("n")), 0),
        voices_since=Subquery(here.exclude(answered).annotate(n=Min("heard_at")).values("n")),
    )


def counts_of(territory):
    """How many voices were ``heard`` there, ``answered``, how many ``wait`` and since which day (``since``, None
    where none does). ``territory``: of `with_voices`, or any other, at the cost of one query.
    """
    if not hasattr(territory, "voices_heard"):
        territory = with_voices(Territory.objects.filter(pk=territory.pk)).get()
    heard, answered, since = territory.voices_heard, territory.voices_answered, territory.voices_since
    return {
        "heard": heard,
        "answered": answered,
        "wait": heard - answered,
        "since": since and timezone.localdate(since),
    }


def shown_needs(territory):
    """What the collective shows to all, the newest first, each with the voices (`shown_voices`) whose residents
    agreed. Two queries.
    """
    voices = ResidentVoice.objects.visible_to(anybody()).select_related("recording").order_by("heard_at")
    found = HeardNeed.objects.visible_to(anybody()).filter(territory=territory).select_related("carrier")
    return found.prefetch_related(Prefetch("voices", voices, to_attr="shown_voices")).order_by("-since", "-pk")


def answered_needs(territory):
    """Those of `shown_needs` that have an answer, the last answered first: what is printed for the hall."""
    return shown_needs(territory).exclude(answered_at=None).order_by("-answered_at")


def voice_of(code):
    """The voice deposited with ``code``, and what became of it; None."""
    if not (kept := hash_of(code)):
        return None
    found = ResidentVoice.objects.select_related("territory", "need__carrier")
    return found.filter(code_hash=kept).first()


def territories_to_note_on(user):
    """Where ``user`` listens: those they mediate on, those they coordinate."""
    reader = reader_of(user)
    return Territory.objects.filter(pk__in=reader.mediated_territory_ids | reader.coordinated_territory_ids).order_by(
        "search_name"
    )


def places_of(user):
    """The territories whose voices ``user`` reads."""
    reader = reader_of(user)
    mine = reader.mediated_territory_ids | reader.space_territory_ids
    return Territory.objects.filter(pk__in=mine).order_by("search_name")


def voices_to_look_at(user, territory=None):
    """The oldest first."""
    reader = reader_of(user)
    places = reader.coordinated_territory_ids | reader.mediated_territory_ids
    found = ResidentVoice.objects.visible_to(user).to_look_at().filter(territory_id__in=places)
    if territory:
        found = found.filter(territory=territory)
    return found.select_related("recording", "territory").order_by("heard_at")


def voices_without_need(user, territory):
    """Shared, and in no need yet: what the collective reads together, the oldest first."""
    found = ResidentVoice.objects.visible_to(user).shared().filter(territory=territory, need=None)
    return found.select_related("recording").order_by("heard_at")


def needs_of(user, territory):
    """The needs of ``territory`` that ``user`` may see, each with ``number`` (its voices); open ones first."""
    found = HeardNeed.objects.visible_to(user).filter(territory=territory).select_related("carrier")
    return found.annotate(number=Count("voices")).order_by("closed_at", "-since", "-pk")


def mediators_of(territory):
    held = TerritoryRole.objects.filter(territory=territory, role=TerritoryRole.Role.MEDIATOR, until=None)
    return held.select_related("user").order_by("since", "pk")


def waiting_for(user, *, today):
    """Voices to look at; needs that one's association took up and has not answered for a month; for the coordination,
    those that nobody takes up. Three queries at most.
    """
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return []
    reader, lines = reader_of(user), []
    if reader.coordinated_territory_ids | reader.mediated_territory_ids:
        lines += _to_look_at(user)
    late = HeardNeed.objects.visible_to(user).unanswered().select_related("territory")
    if reader.association_ids:
        before = _midnight(today - UNANSWERED_AFTER)
        ours = late.filter(carrier_id__in=reader.association_ids, taken_up_at__lt=before)
        lines += [_line(need, _("Un besoin attend votre réponse"), "answer") for need in ours.order_by("pk")]
    if reader.coordinated_territory_ids:
        untaken = late.untaken().filter(
            territory_id__in=reader.coordinated_territory_ids, opened_at__lt=_midnight(today - UNTAKEN_AFTER)
        )
        lines += [_line(need, _("Personne ne s’en charge"), "untaken") for need in untaken.order_by("pk")]
    return lines


def _to_look_at(user):
    waiting = voices_to_look_at(user).order_by("territory").values("territory__slug", "territory__name")
    return [
        Line(
            ngettext("%(number)d parole à lire", "%(number)d paroles à lire", row["number"]) % row,
            row["territory__name"],
            reverse("participation:collective", args=[row["territory__slug"]]),
            f"voices-{row['territory__slug']}-{row['newest']}",
        )
        for row in waiting.annotate(number=Count("pk"), newest=Max("pk"))
    ]


def news_for(user, *, since, until):
    """Needs made of residents' voices, and answers, on one's territories. Two queries."""
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner or not reader.space_territory_ids:
        return []
    here = HeardNeed.objects.visible_to(user).filter(territory_id__in=reader.space_territory_ids)
    here = here.select_related("territory").order_by("pk")
    new = here.filter(opened_at__gt=since, opened_at__lte=until, answered_at=None)
    answered = here.filter(answered_at__gt=since, answered_at__lte=until)
    return [
        *(_line(need, _("Les habitants demandent"), "new", on=timezone.localdate(need.opened_at)) for need in new),
        *(
            _line(need, _("Répondu aux habitants"), "answered", on=timezone.localdate(need.answered_at))
            for need in answered
        ),
    ]


def _line(need, what, key, on=None):
    detail = gettext("%(place)s, entendu depuis le %(day)s") % {
        "place": need.territory.name,
        "day": f"{need.since:%d/%m/%Y}",
    }
    return Line(what, need.wording, need.get_absolute_url(), f"need-{key}-{need.pk}", on, detail)


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
