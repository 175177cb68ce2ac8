"""The news of a text opened to a group. One function a message."""

from django.db.models import Q

from maillage.accounts.models import User
from maillage.groups.models import Group
from maillage.messaging.actions import queue_to_each
from maillage.organisations.models import Organisation
from maillage.organisations.queries import behind_the_wall


def _tell(kind, people, *, at, page, **context):
    queue_to_each(f"drafting/emails/{kind}", people, page=page, at=at, **context)


def _people_of(members):
    """Those who act for the confirmed associations of these `GroupMember` rows."""
    associations = Organisation.objects.associations().listed().exclude(confirmed_at=None)
    return Q(
        memberships__organisation__in=associations.filter(pk__in=members.values("organisation")),
        memberships__until=None,
    )


def workshop_opened(workshop, *, but, at):
    """To the people of the group: its member associations', and the residents who hold a seat with an account."""
    group = workshop.group
    known = User.objects.filter(
        _people_of(group.members.standing()) | Q(resident_seats__in=group.seats.standing())
    ).exclude(pk=but.pk)
    people = behind_the_wall(User.objects.filter(pk__in=known.values("pk"))).order_by("pk")
    _tell("workshop_opened", people, at=at, page=workshop.get_absolute_url(), workshop=workshop, group=group, by=but)


def amendment_proposed(amendment, *, by, at):
    """At once, to those who answer: the people of the association that animates, and who opened the text."""
    workshop = amendment.workshop
    known = User.objects.filter(
        _people_of(workshop.group.members.standing().filter(facilitates=True)) | Q(pk=workshop.opened_by_id)
    ).exclude(pk=by.pk)
    people = behind_the_wall(User.objects.filter(pk__in=known.values("pk"))).order_by("pk")
    inside = [user for user in people if _reads(user, workshop)]
    _tell(
        "amendment_proposed",
        inside,
        at=at,
        page=amendment.get_absolute_url(),
        amendment=amendment,
        workshop=workshop,
    )


def amendment_answered(amendment, *, by, at):
    """To who proposed it, while they may still read it: they may have left, or work for a public partner since."""
    author = amendment.author
    if author is None or author.pk == by.pk or not author.is_active or not _reads(author, amendment.workshop):
        return
    _tell(
        "amendment_answered",
        [author],
        at=at,
        page=amendment.get_absolute_url(),
        amendment=amendment,
        workshop=amendment.workshop,
    )


def _reads(user, workshop):
    return Group.objects.inside(user).filter(pk=workshop.group_id).exists()
