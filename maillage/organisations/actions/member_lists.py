"""A network brings the list of its members: read, confirmed line by line, undone. It is never published."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record

from .. import emails
from ..member_csv import read_members
from ..models import MemberLine, MemberList, NetworkMembership, NetworkRole
from ..permissions import can_follow
from ..recognising import recognise
from .profiles import AlreadyMember

State = MemberLine.State


class AlreadyDone(ValidationError):
    """The list was confirmed, or undone, meanwhile."""


@transaction.atomic
def appoint_to_network(network, *, email, actor, at):
    """The person with this address follows ``network`` from now on; they are told by e-mail.

    Raises AlreadyMember where they do already. Whoever calls has checked that ``actor`` may: an operator.
    """
    user = know_by_email(email, proved=False)
    role, is_new = NetworkRole.objects.get_or_create(
        user=user, network=network, until=None, defaults={"since": timezone.localdate(at)}
    )
    if not is_new:
        raise AlreadyMember(_("Cette personne suit déjà ce réseau."))
    record("organisations.appoint_to_network", network, actor=actor, at=at)
    emails.follower_appointed(role, at=at)
    return role


@transaction.atomic
def read_member_list(network, *, content, file_name, actor, at):
    """Reads a file (bytes) into a list to look at: nobody else sees it, and no membership is made.

    A list that was waiting to be confirmed is replaced. Raises MembersRefused: nothing is kept then.
    """
    if not can_follow(actor, network):
        raise PermissionDenied
    found = recognise(read_members(content))
    network.member_lists.to_confirm().delete()
    read = MemberList.objects.create(network=network, file_name=file_name[-120:], read_at=at, brought_by=actor)
    MemberLine.objects.bulk_create(
        (
            MemberLine(
                member_list=read,
                number=one.row.line,
                name=one.row.name,
                identifier=one.row.identifier,
                commune=one.row.commune,
                state=one.state,
                same_as=one.same_as,
                organisation=one.organisation,
            )
            for one in found
        ),
        batch_size=500,
    )
    return read


@transaction.atomic
def confirm_member_list(read, *, same=(), ended=(), actor, at):
    """The members that are here belong to the network from now on; their managers are told, and may say otherwise.

    ``same``: ids of the lines to verify that are indeed these organisations; ``ended``: ids of memberships, made by a
    former list of this network and absent from this one, that end today. Returns the memberships made.
    Raises AlreadyDone.
    """
    read = _locked(read, actor)
    if read.confirmed_at:
        raise AlreadyDone(_("Cette liste est déjà confirmée."))
    read.confirmed_at = at
    read.save(update_fields=["confirmed_at"])
    today = timezone.localdate(at)
    MemberLine.objects.filter(member_list=read, state=State.MAYBE).exclude(pk__in=same).update(organisation=None)
    here = list(
        read.lines.filter(organisation__isnull=False, organisation__archived_at=None).select_related("organisation")
    )
    members = set(read.network.memberships.filter(until=None).values_list("organisation_id", flat=True))
    made = []
    for line in here:
        if line.organisation_id in members:
            continue
        members.add(line.organisation_id)
        line.made = NetworkMembership.objects.create(
            organisation=line.organisation, network=read.network, since=today
        )
        line.save(update_fields=["made"])
        made.append(line.made)
        emails.said_to_be_a_member(line.made, at=at)
    left_by(read).filter(pk__in=ended).update(until=today)
    record("organisations.confirm_member_list", read.network, actor=actor, at=at)
    return made


@transaction.atomic
def undo_member_list(read, *, actor, at):
    """Takes a list back: the memberships that it made end, its lines are deleted. Raises AlreadyDone."""
    read = _locked(read, actor)
    if read.undone_at:
        raise AlreadyDone(_("Cette liste est déjà défaite."))
    if read.confirmed_at is None:
        read.delete()
        return
    made = read.lines.exclude(made=None).values("made")
    standing = NetworkMembership.objects.filter(pk__in=made, until=None).select_related("organisation", "network")
    for membership in standing:
        emails.no_longer_said_to_be_a_member(membership, at=at)
    standing.update(until=timezone.localdate(at))
    read.lines.all().delete()
    read.undone_at = at
    read.save(update_fields=["undone_at"])
    record("organisations.undo_member_list", read.network, actor=actor, at=at)


def left_by(read):
    """Standing memberships that a former list of this network made, of organisations that ``read`` does not name."""
    former = MemberLine.objects.filter(
        member_list__network=read.network, member_list__undone_at=None, made__isnull=False
    ).exclude(member_list=read)
    named = read.lines.exclude(organisation=None).values("organisation")
    return NetworkMembership.objects.filter(pk__in=former.values("made"), until=None).exclude(organisation__in=named)


def _locked(read, actor):
    found = MemberList.objects.select_for_update().select_related("network").filter(pk=read.pk).first()
    if found is None or not can_follow(actor, found.network):
        raise PermissionDenied
    return found
