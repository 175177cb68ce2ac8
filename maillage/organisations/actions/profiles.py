"""What can be done to an organisation and to the people who act in its name."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.territories.folding import without_invisible

from .. import emails
from ..audiences import Reader, reader_of
from ..identifiers import normalise
from ..models import (
    Exchange,
    Mandate,
    Membership,
    NetworkMembership,
    Organisation,
    OrganisationTheme,
    TerritoryRole,
)
from ..permissions import can_confirm, can_confirm_mandate, can_edit
from ..words import keep_words

WORDS = ("name", "acronym", "purpose", "publics", "languages", "opening_hours", "address", "accessibility")
"""What an organisation says of itself: nothing in it may look like something else."""


class AlreadyHere(ValidationError):
    """An organisation with this number stands in the directory already."""


class AlreadyClaimed(ValidationError):
    """The organisation has members: one of them must let the newcomer in."""


class AlreadyConfirmed(ValidationError):
    """There is nothing left to confirm."""


class AlreadyMember(ValidationError):
    """The person acts for the organisation already."""


class CrossesTheWall(ValidationError):
    """What would carry somebody, or an organisation, through the wall."""


class LastManager(ValidationError):
    """An organisation keeps somebody who manages it."""


@transaction.atomic
def create_organisation(*, actor, at, name, territories=(), themes=(), networks=(), exchanges=(), **fields):
    """A draft, seen by nobody until a member claims it (by `claim_organisation`, or by signing).

    Numbers are checked and normalised; raises ValidationError with the field, AlreadyHere where a number is
    known already.
    """
    organisation = Organisation(name=name.strip(), created_at=at, **fields)
    _save(organisation, territories, themes, exchanges)
    _belong_to(organisation, networks, on=timezone.localdate(at))
    record("organisations.create", organisation, actor=actor, at=at)
    return organisation


@transaction.atomic
def create_and_claim(*, user, at, function, decided_on=None, **description):
    """Create an organisation and represent it, in one move."""
    organisation = create_organisation(actor=user, at=at, refreshed_at=at, **description)
    claim_organisation(organisation, user=user, function=function, decided_on=decided_on, at=at)
    return organisation


@transaction.atomic
def change_organisation(organisation, *, actor, at, territories, themes, networks=(), exchanges=None, **fields):
    """A manager describes the organisation anew: its profile is read. Same refusals as `create_organisation`.

    ``networks``: those it belongs to from now on; a membership that stops is dated, never deleted. ``exchanges``:
    (side, kind, words) of all that it offers and seeks from now on; None leaves them as they are.
    """
    if not can_edit(actor, organisation):
        raise PermissionDenied
    partner = Organisation.Kind.PUBLIC_PARTNER
    if (fields.get("kind", organisation.kind) == partner) != organisation.is_public_partner:
        raise CrossesTheWall({"kind": _("Un partenaire public ne devient pas une association, ni l’inverse.")})
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.refreshed_at = at
    _save(organisation, territories, themes, exchanges)
    _belong_to(organisation, networks, on=timezone.localdate(at))
    record("organisations.change", organisation, actor=actor, at=at)
    return organisation


def _save(organisation, territories, themes, exchanges):
    for number in ("rna", "siren", "siret"):
        setattr(organisation, number, normalise(getattr(organisation, number)))
    for words in WORDS:
        setattr(organisation, words, without_invisible(getattr(organisation, words)))
    organisation.full_clean(exclude=["seat"], validate_unique=False, validate_constraints=False)
    if _number_is_taken(organisation):
        raise _already_here(organisation)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise _already_here(organisation) from error
    organisation.territories.set(territories)
    organisation.themes.exclude(theme__in=themes).delete()
    OrganisationTheme.objects.bulk_create(
        (OrganisationTheme(organisation=organisation, theme=theme) for theme in themes), ignore_conflicts=True
    )
    if exchanges is not None:
        _exchange(organisation, exchanges)
    keep_words([organisation])


def _exchange(organisation, exchanges):
    wanted = {(side, kind): words.strip() for side, kind, words in exchanges}
    for row in organisation.exchanges.all():
        if (row.side, row.kind) not in wanted:
            row.delete()
    Exchange.objects.bulk_create(
        (
            Exchange(organisation=organisation, side=side, kind=kind, words=words)
            for (side, kind), words in wanted.items()
        ),
        update_conflicts=True,
        unique_fields=["organisation", "side", "kind"],
        update_fields=["words"],
    )


def _others(organisation):
    """Those that stand: a draft that nobody claimed keeps no number for itself."""
    return Organisation.objects.filter(archived_at=None, claimed_at__isnull=False).exclude(pk=organisation.pk)


def _number_is_taken(organisation):
    numbers = [{name: number} for name in ("rna", "siret") if (number := getattr(organisation, name))]
    return any(_others(organisation).filter(**number).exists() for number in numbers)


def _already_here(organisation):
    taken = organisation.rna and _others(organisation).filter(rna=organisation.rna).exists()
    return AlreadyHere(
        {
            "rna" if taken else "siret": _(
                "Une organisation avec ce numéro est déjà sur Maillage : cherchez-la par ce numéro."
            )
        }
    )


def _belong_to(organisation, networks, *, on):
    standing = organisation.network_memberships.filter(until=None)
    standing.exclude(network__in=networks).update(until=on)
    known = set(standing.values_list("network_id", flat=True))
    NetworkMembership.objects.bulk_create(
        NetworkMembership(organisation=organisation, network=network, since=on)
        for network in networks
        if network.pk not in known
    )


@transaction.atomic
def appoint_coordinator(territory, *, email, actor, at):
    """The person with this address coordinates ``territory`` from now on; they are told by e-mail.

    Raises AlreadyMember where they do already. Whoever calls has checked that ``actor`` may: an operator.
    """
    user = know_by_email(email, proved=False)
    try:
        with transaction.atomic():
            role = TerritoryRole.objects.create(
                user=user, territory=territory, role=TerritoryRole.Role.COORDINATOR, since=timezone.localdate(at)
            )
    except IntegrityError as error:
        raise AlreadyMember(_("Cette personne coordonne déjà ce territoire.")) from error
    record("organisations.appoint", territory, actor=actor, at=at)
    emails.coordinator_appointed(role, at=at)
    return role


@transaction.atomic
def claim_organisation(organisation, *, user, function, at, decided_on=None, ends_on=None):
    """``user`` becomes the first manager of ``organisation``, with a declared mandate; returns the mandate.

    Raises AlreadyClaimed where it has members. The space between associations opens only once a peer or a
    coordinator confirms the organisation.
    """
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update())
    if organisation.memberships.standing().exists():
        raise already_claimed(organisation)
    return take_on(organisation, user=user, function=function, at=at, decided_on=decided_on, ends_on=ends_on)


def already_claimed(organisation):
    """The refusal of whoever would represent ``organisation`` where somebody does: it says who can let them in."""
    return AlreadyClaimed(
        _(
            "Des personnes représentent déjà « %(name)s » : demandez-leur de vous ajouter. Si vous ne les connaissez"
            " pas, adressez-vous à la coordination du territoire : elle peut vous confier la fiche."
        ),
        params={"name": organisation.name},
    )


def take_on(organisation, *, user, function, at, decided_on=None, ends_on=None):
    """As `claim_organisation`, by an action that has locked ``organisation`` and seen that nobody represents it.

    Raises CrossesTheWall where ``user`` works for a public partner, and the organisation is none: whoever represents
    an association reads what it keeps to itself, and signs in its name.
    """
    # Not the reader of the request: what it knows is of before, and this changes it.
    if not organisation.is_public_partner and Reader(user).is_public_partner:
        raise CrossesTheWall(
            _("Vous agissez pour un partenaire public : une association est représentée par ses membres.")
        )
    was_draft = organisation.is_draft
    # Left without anybody, then taken over: a newcomer is confirmed anew before reading the association space.
    if organisation.claimed_at is None or organisation.confirmed_at is not None:
        organisation.claimed_at, organisation.confirmed_at = organisation.claimed_at or at, None
        try:
            # Without a number nothing can clash, and nothing is to be read after a refusal.
            with transaction.atomic(savepoint=bool(organisation.rna or organisation.siret)):
                organisation.save(update_fields=["claimed_at", "confirmed_at"])
        except IntegrityError as error:
            raise _already_here(organisation) from error
    Membership.objects.create(
        user=user, organisation=organisation, role=Membership.Role.MANAGER, since=timezone.localdate(at)
    )
    record("organisations.claim", organisation, actor=user, at=at)
    # Nobody can have held a mandate for a draft.
    declare = _new_mandate if was_draft else declare_mandate
    return declare(organisation, user=user, function=function, at=at, decided_on=decided_on, ends_on=ends_on)


def declare_mandate(organisation, *, user, function, at, decided_on=None, ends_on=None):
    """The mandate of ``user`` for ``organisation``: the standing one, else a declared one, to be confirmed."""
    # The database keeps at most one that was not ended.
    last = Mandate.objects.filter(organisation=organisation, user=user, ended_at=None).first()
    if last and last.is_in_force(timezone.localdate(at)):
        return last
    if last:
        last.ended_at = at
        last.save(update_fields=["ended_at"])
    return _new_mandate(organisation, user=user, function=function, at=at, decided_on=decided_on, ends_on=ends_on)


def _new_mandate(organisation, *, user, function, at, decided_on, ends_on):
    return Mandate.objects.create(
        organisation=organisation,
        user=user,
        function=function,
        decided_on=decided_on,
        ends_on=ends_on,
        declared_at=at,
    )


@transaction.atomic
def renew_mandate(organisation, *, user, function, at, decided_on=None, ends_on=None):
    """The mandate of ``user`` starts anew, as declared; the former one ends today. Returns the new one."""
    if organisation.pk not in reader_of(user).organisation_ids:
        raise PermissionDenied
    Mandate.objects.filter(organisation=organisation, user=user, ended_at=None).update(ended_at=at)
    mandate = declare_mandate(
        organisation, user=user, function=function, at=at, decided_on=decided_on, ends_on=ends_on
    )
    record("organisations.renew_mandate", organisation, actor=user, at=at)
    return mandate


@transaction.atomic
def confirm_organisation(organisation, *, actor, at):
    """A peer or a coordinator says that ``organisation`` is what it says; its space opens."""
    if not can_confirm(actor, organisation):
        raise PermissionDenied
    changed = Organisation.objects.filter(
        pk=organisation.pk, claimed_at__isnull=False, confirmed_at=None, archived_at=None
    ).update(confirmed_at=at)
    if not changed:
        raise AlreadyConfirmed(_("Cette organisation est déjà confirmée."))
    organisation.confirmed_at = at
    record("organisations.confirm", organisation, actor=actor, at=at)
    emails.organisation_confirmed(organisation, at=at)
    return organisation


@transaction.atomic
def confirm_mandate(mandate, *, actor, at):
    """A second member or a coordinator confirms that the holder may sign for the organisation."""
    if not can_confirm_mandate(actor, mandate):
        raise PermissionDenied
    changed = Mandate.objects.filter(pk=mandate.pk, confirmed_at=None, ended_at=None).update(
        confirmed_at=at, confirmed_by=actor
    )
    if not changed:
        raise AlreadyConfirmed(_("Ce mandat est déjà confirmé, ou n’a plus cours."))
    mandate.confirmed_at, mandate.confirmed_by = at, actor
    record("organisations.confirm_mandate", mandate, actor=actor, at=at)
    emails.mandate_confirmed(mandate, at=at)
    return mandate


@transaction.atomic
def add_member(organisation, *, email, role, actor, at):
    """Let the person with this address act for ``organisation``; they are told by e-mail."""
    if not can_edit(actor, organisation):
        raise PermissionDenied
    user = know_by_email(email, proved=False)
    if organisation.is_public_partner and acts_for_associations(user):
        # Belonging to a public partner shuts the association space: nobody else decides that for a person.
        raise CrossesTheWall(
            {"email": _("Cette adresse ne peut pas être ajoutée ici : demandez à la personne d’en donner une autre.")}
        )
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=user, organisation=organisation, role=role, since=timezone.localdate(at)
            )
    except IntegrityError as error:
        raise AlreadyMember(
            {"email": _("Cette personne représente déjà « %(name)s ».") % {"name": organisation.name}}
        ) from error
    record("organisations.add_member", organisation, actor=actor, at=at)
    emails.member_added(membership, added_by=actor, at=at)
    return membership


def acts_for_associations(user):
    mine = user.memberships.standing().exclude(organisation__kind=Organisation.Kind.PUBLIC_PARTNER)
    roles = (mine, user.territory_roles.filter(until=None), user.network_roles.filter(until=None))
    return any(role.exists() for role in roles)


@transaction.atomic
def end_membership(membership, *, actor, at):
    """A manager takes somebody off, or a person leaves; their mandate ends too. Raises LastManager."""
    if actor.pk != membership.user_id and not can_edit(actor, membership.organisation):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    managers = organisation.memberships.standing().filter(role=Membership.Role.MANAGER)
    if membership.role == Membership.Role.MANAGER and managers.count() < 2:
        raise LastManager(_("Confiez d’abord la gestion à une autre personne : il n’en resterait aucune."))
    membership.until = timezone.localdate(at)
    membership.save(update_fields=["until"])
    Mandate.objects.filter(organisation=organisation, user=membership.user_id, ended_at=None).update(ended_at=at)
    record("organisations.end_membership", organisation, actor=actor, at=at)
    return membership
