"""Who takes part in a group: member organisations, residents' seats, invited public partners."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of

from .. import emails
from ..models import Group, GroupMember, JoinRequest, PartnerInvitation, ResidentSeat
from .groups import facilitated


class AlreadyThere(ValidationError):
    """They are part of the group, were invited, or have asked, already."""


@transaction.atomic
def add_member(group, *, organisation, actor, at):
    """``organisation``, a confirmed association, becomes a member: one voice. Its people are told."""
    group = facilitated(group, actor)
    _refuse_who_cannot_be_a_member(organisation)
    member = _join(group, organisation, at)
    waiting = group.join_requests.waiting().filter(organisation=organisation)
    waiting.update(settled_at=at, was_accepted=True)
    record("groups.add_member", group, actor=actor, at=at, organisation=organisation.pk)
    emails.member_added(member, at=at)
    return member


@transaction.atomic
def add_members(group, *, organisations, actor, at):
    """Several at once, all of them or none: a collective of thirty begins in one gesture."""
    return [add_member(group, organisation=organisation, actor=actor, at=at) for organisation in organisations]


def _refuse_who_cannot_be_a_member(organisation):
    if organisation.is_public_partner:
        raise ValidationError(
            {"organisation": _("Un partenaire public n’est pas membre : invitez-le, il verra ce que vous partagez.")}
        )
    if not organisation.is_confirmed:
        raise ValidationError({"organisation": _("La fiche de cette association n’est pas encore confirmée.")})


def _join(group, organisation, at):
    try:
        with transaction.atomic():
            return group.members.create(organisation=organisation, since=timezone.localdate(at))
    except IntegrityError as error:
        raise AlreadyThere({"organisation": _("Cette organisation fait déjà partie du groupe.")}) from error


@transaction.atomic
def ask_to_join(group, *, organisation, words, actor, at):
    """Ask to be part of ``group``, in the name of ``organisation``; whoever animates it is told."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    if organisation.pk not in reader_of(actor).association_ids:
        raise PermissionDenied
    if group.closed_at:
        raise ValidationError(_("Ce groupe est clos."))
    if group.members.standing().filter(organisation=organisation).exists():
        raise AlreadyThere(_("Votre association en fait déjà partie."))
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                group=group, organisation=organisation, words=words.strip(), asked_by=actor, asked_at=at
            )
    except IntegrityError as error:
        raise AlreadyThere(_("La demande est déjà faite : l’animation du groupe va répondre.")) from error
    record("groups.ask_to_join", group, actor=actor, at=at, organisation=organisation.pk)
    emails.asked_to_join(request, at=at)
    return request


@transaction.atomic
def settle_join_request(request, *, accept, actor, at):
    """Accept or decline; once. The organisation is told."""
    group = facilitated(request.group, actor)
    request = JoinRequest.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=request.pk)
    if request.settled_at:
        raise ValidationError(_("Cette demande a déjà reçu sa réponse."))
    if accept:
        return add_member(group, organisation=request.organisation, actor=actor, at=at)
    request.settled_at, request.was_accepted = at, False
    request.save(update_fields=["settled_at", "was_accepted"])
    record("groups.decline", group, actor=actor, at=at, organisation=request.organisation_id)
    emails.join_declined(request, at=at)
    return request


@transaction.atomic
def set_member(member, *, facilitates, host_order, actor, at):
    """Whether the organisation animates the group, and its rank in the rota of hosts (0: does not host)."""
    group = facilitated(member.group, actor)
    member = GroupMember.objects.select_for_update().get(pk=member.pk, until=None)
    if member.facilitates and not facilitates:
        _refuse_a_group_without_facilitator(group, member)
    member.facilitates, member.host_order = facilitates, host_order
    member.full_clean(validate_constraints=False)
    member.save(update_fields=["facilitates", "host_order"])
    record("groups.set_member", group, actor=actor, at=at, organisation=member.organisation_id)
    return member


def _refuse_a_group_without_facilitator(group, member):
    others = group.members.standing().filter(facilitates=True).exclude(pk=member.pk)
    if not others.exists():
        raise ValidationError(_("Il faut que quelqu’un anime le groupe : choisissez d’abord une autre association."))


@transaction.atomic
def end_member(member, *, actor, at):
    """The organisation leaves: by its own people, or by whoever animates the group."""
    group = Group.objects.select_for_update().get(pk=member.group_id)
    if member.organisation_id not in reader_of(actor).association_ids:
        group = facilitated(group, actor)
    member = GroupMember.objects.select_for_update().get(pk=member.pk)
    if member.until:
        return member
    if member.facilitates:
        _refuse_a_group_without_facilitator(group, member)
    member.until = timezone.localdate(at)
    member.save(update_fields=["until"])
    record("groups.end_member", group, actor=actor, at=at, organisation=member.organisation_id)
    return member


@transaction.atomic
def add_seat(group, *, name, email, actor, at):
    """A seat for a resident. With ``email`` they are told how to sign in, read and speak; "" for a seat on paper."""
    group = facilitated(group, actor)
    user = know_by_email(email, proved=False) if email.strip() else None
    if user and reader_of(user).is_public_partner:
        raise ValidationError({"email": _("Cette personne travaille pour un partenaire public.")})
    try:
        with transaction.atomic():
            seat = ResidentSeat.objects.create(
                group=group, name=name.strip(), user=user, since=timezone.localdate(at)
            )
    except IntegrityError as error:
        raise AlreadyThere({"email": _("Cette personne a déjà un siège.")}) from error
    record("groups.add_seat", group, actor=actor, at=at)
    if user:
        emails.seat_given(seat, at=at)
    return seat


@transaction.atomic
def end_seat(seat, *, actor, at):
    group = facilitated(seat.group, actor)
    seat = ResidentSeat.objects.select_for_update().get(pk=seat.pk)
    if seat.until is None:
        seat.until = timezone.localdate(at)
        seat.save(update_fields=["until"])
        record("groups.end_seat", group, actor=actor, at=at)
    return seat


@transaction.atomic
def invite_partner(group, *, organisation, actor, at):
    """A public partner may know of the group and read what is shared with it. It has no voice."""
    group = facilitated(group, actor)
    if not organisation.is_public_partner:
        raise ValidationError({"organisation": _("Ce n’est pas un partenaire public : ajoutez-la comme membre.")})
    try:
        with transaction.atomic():
            invitation = PartnerInvitation.objects.create(
                group=group, organisation=organisation, invited_by=actor, since=timezone.localdate(at)
            )
    except IntegrityError as error:
        raise AlreadyThere({"organisation": _("Ce partenaire est déjà invité.")}) from error
    record("groups.invite_partner", group, actor=actor, at=at, organisation=organisation.pk)
    emails.partner_invited(invitation, at=at)
    return invitation


@transaction.atomic
def end_partner(invitation, *, actor, at):
    """What was shared is not shown to this partner any more."""
    group = facilitated(invitation.group, actor)
    invitation = PartnerInvitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.until is None:
        invitation.until = timezone.localdate(at)
        invitation.save(update_fields=["until"])
        record("groups.end_partner", group, actor=actor, at=at, organisation=invitation.organisation_id)
    return invitation
