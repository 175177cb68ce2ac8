"""Which workshop, article or amendment an address means, for who asks: nothing outside the group."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from maillage.groups.models import Group

from ..forms import CommentForm
from ..models import Amendment, Workshop
from ..permissions import can_animate, voices_in


def group_or_404(request, slug):
    """The group ``slug``, for those inside; that it has texts is not told to others."""
    return get_object_or_404(Group.objects.inside(request.user), slug=slug)


def workshop_or_404(request, slug, pk):
    workshops = Workshop.objects.visible_to(request.user).select_related(
        "group__territory", "version__adaptation", "version__based_on"
    )
    return get_object_or_404(workshops, pk=pk, group__slug=slug)


def amendment_or_404(request, slug, pk, number):
    """(workshop, amendment)."""
    workshop = workshop_or_404(request, slug, pk)
    amendment = get_object_or_404(Amendment.objects.for_pages(), pk=number, workshop=workshop)
    amendment.workshop = workshop
    return workshop, amendment


def article_or_404(workshop, key):
    article = workshop.version.articles.filter(key=key).first()
    if article is None:
        raise Http404
    return article


def speaking_or_403(request, workshop):
    """The names that this person may speak in, while the group may."""
    voices = voices_in(request.user, workshop)
    if not voices:
        raise PermissionDenied
    return voices


def animated_or_403(request, workshop):
    if not can_animate(request.user, workshop):
        raise PermissionDenied


def about(request, workshop):
    """What every page of a workshop shows or hides."""
    takes_words = workshop.takes_words(timezone.localdate())
    names = voices_in(request.user, workshop) if workshop.is_open else []
    return {
        "group": workshop.group,
        "workshop": workshop,
        "version": workshop.version,
        "names": names,
        "voices": names if takes_words else [],
        "takes_words": takes_words,
        "animates": workshop.is_open and can_animate(request.user, workshop),
    }


def conversations(user, workshop, row, context):
    """What is said of ``row``, for a page: each conversation with the form that answers it, whether this person may
    settle it, and the form that begins another. ``context``: as `about` gives it.
    """
    voices = context["voices"]

    def form(parent=None):
        if not voices:
            return None
        initial = {"article_key": row.key, "parent": parent and parent.pk}
        return CommentForm(voices=voices, initial=initial, auto_id=f"{parent.pk if parent else 'nouveau'}-%s")

    def may_settle(comment):
        if comment.resolved_at or not workshop.is_open:
            return False
        is_ours = any(_said_as(voice, comment) for voice in context["names"])
        return context["animates"] or is_ours or comment.author_id == user.pk

    told = [(comment, answers, form(comment), may_settle(comment)) for comment, answers in row.conversations]
    return {"conversations": told, "comment_form": form()}


def _said_as(voice, comment):
    if voice.organisation:
        return voice.organisation.pk == comment.organisation_id
    return voice.seat is not None and voice.seat.pk == comment.seat_id
