"""Texts opened to a group, made through the actions."""

from django.utils import timezone

from maillage.drafting import actions
from maillage.groups.models import Group, GroupMember, ResidentSeat

from .charters import adaptation_draft


def group_of(*organisations, territory, facilitator=None, name="Le collectif", slug="le-collectif", at=None):
    """A group of these organisations; ``facilitator``, one of them or another, animates it."""
    at = at or timezone.now()
    group = Group.objects.create(name=name, slug=slug, territory=territory, created_at=at)
    members = list(dict.fromkeys([*organisations, *([facilitator] if facilitator else [])]))
    for organisation in members:
        GroupMember.objects.create(
            group=group,
            organisation=organisation,
            facilitates=organisation == facilitator,
            since=timezone.localdate(at),
        )
    return group


def seat_in(group, user=None, name="Habiba", at=None):
    return ResidentSeat.objects.create(
        group=group, user=user, name=name, since=timezone.localdate(at or timezone.now())
    )


def workshop_of(group, *, promoter, actor, territory, at=None, closes_on=None, words="", **draft):
    """The draft of an adaptation that ``promoter`` carries, opened to ``group`` by ``actor``."""
    at = at or timezone.now()
    version = adaptation_draft(promoter=promoter, actor=actor, territory=territory, at=at, **draft)
    return actions.open_workshop(version, group=group, actor=actor, at=at, closes_on=closes_on, words=words)


def amendment_to(workshop, *, actor, at=None, article_key="avec", **said):
    """A change proposed to an article; ``organisation`` or ``seat`` says in whose name."""
    article = workshop.version.articles.get(key=article_key)
    proposed = {
        "kind": "change",
        "title": article.title,
        "text": "Nous décidons avec celles et ceux qui vivent ici.",
        "reason": "Les habitants, ce sont nous aussi.",
        **said,
    }
    return actions.propose_amendment(
        workshop, actor=actor, at=at or timezone.now(), article_key=article_key, mark=article.mark, **proposed
    )
