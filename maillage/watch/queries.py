"""Links as they are looked for; the words that find them."""

from collections import Counter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from maillage.ui.lines import Line

from .models import Link, keeps_watch

MOST_TAGS = 60
MOST_LINKS = 20_000


def listed(user, *, text="", tag="", status=""):
    """What ``user`` may read, narrowed, the latest first. Words are looked for in title, note, source and tags."""
    found = Link.objects.visible_to(user)
    for word in text.split()[:6]:
        found = found.filter(
            Q(title__icontains=word) | Q(note__icontains=word) | Q(source__icontains=word) | Q(tags__icontains=word)
        )
    if tag:
        # As JSON writes it: the same on both databases.
        found = found.filter(tags__icontains=f'"{tag}"')
    if status:
        found = found.filter(status=status)
    return found.order_by("-added_at", "-pk")


def tag_counts(user):
    """[(tag, how many links)] of what ``user`` may read, the most used first; at most MOST_TAGS. One query."""
    rows = Link.objects.visible_to(user).values_list("tags", flat=True)[:MOST_LINKS]
    counted = Counter(tag for tags in rows for tag in tags)
    return sorted(counted.most_common(MOST_TAGS))


def waiting_for(user, *, today):
    """Links to read, for the team: one line."""
    if not keeps_watch(user):
        return []
    number = Link.objects.visible_to(user).filter(status=Link.Status.TO_READ, added_by=user).count()
    if not number:
        return []
    title = ngettext("%(number)d lien à lire", "%(number)d liens à lire", number) % {"number": number}
    return [Line(gettext("Veille"), title, f"{reverse('watch:links')}?etat=to_read", f"watch-{number}")]


def news_for(user, *, since, until):
    """Nothing: the watch has its feed."""
    return []
