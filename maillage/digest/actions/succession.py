"""Passing the coordination of a territory on: proposed by e-mail, accepted by its reader, all at once."""

import datetime
import hashlib
import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.accounts.actions import know_by_email
from maillage.journal.actions import record
from maillage.organisations.actions import CrossesTheWall
from maillage.organisations.models import Organisation, TerritoryRole

from .. import emails
from ..models import Succession
from ..permissions import can_coordinate

LASTS = datetime.timedelta(days=30)


class AlreadyAnswered(ValidationError):
    """Accepted, withdrawn or expired: there is nothing left to do."""


class NotForYou(ValidationError):
    """This person cannot be proposed."""


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def propose_succession(territory, *, email, leaves, words, actor, at):
    """Write to the person with this address; nothing changes until they accept. Returns the `Succession`.

    ``leaves``: ``actor`` stops coordinating ``territory`` when it is accepted. Raises NotForYou.
    """
    if not can_coordinate(actor, territory):
        raise PermissionDenied
    email = email.strip().lower()
    if email == actor.email:
        raise NotForYou({"email": _("Cette adresse est la vôtre : donnez celle de la personne qui prend la suite.")})
    Succession.objects.filter(territory=territory, proposed_by=actor, expires_at__lte=at).withdraw(at)
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            succession = Succession.objects.create(
                territory=territory,
                proposed_by=actor,
                email=email,
                leaves=leaves,
                words=words,
                token_sha256=hash_of(token),
                proposed_at=at,
                expires_at=at + LASTS,
            )
    except IntegrityError as error:
        said = _("Vous l’avez déjà proposée à quelqu’un : retirez d’abord cette proposition.")
        raise NotForYou({"email": said}) from error
    emails.succession_proposed(succession, token=token, at=at)
    record("digest.propose_succession", territory, actor=actor, at=at)
    return succession


@transaction.atomic
def withdraw_succession(succession, *, actor, at):
    """Whoever proposed it takes it back: the link no longer opens anything. Raises AlreadyAnswered."""
    if succession.proposed_by_id != actor.pk:
        raise PermissionDenied
    if not Succession.objects.filter(pk=succession.pk).withdraw(at):
        raise AlreadyAnswered(_("Cette proposition a déjà reçu sa réponse."))
    record("digest.withdraw_succession", succession.territory, actor=actor, at=at)


@transaction.atomic
def accept_succession(succession, *, at):
    """The reader of the e-mail coordinates the territory from now on; who proposed it stops, if that was said.

    One transaction: at no moment is the territory without coordination. Everybody who coordinates it is told. Returns
    the new role. Raises AlreadyAnswered, CrossesTheWall (somebody who works for a public partner).
    """
    succession = Succession.objects.select_for_update().get(pk=succession.pk)
    if not Succession.objects.open(at).filter(pk=succession.pk).exists():
        raise AlreadyAnswered(_("Cette proposition a déjà reçu sa réponse, a été retirée ou est trop ancienne."))
    former, territory = succession.proposed_by, succession.territory
    roles = TerritoryRole.objects.filter(territory=territory, role=TerritoryRole.Role.COORDINATOR, until=None)
    if not roles.filter(user=former).exists():
        raise AlreadyAnswered(_("La personne qui vous l’a proposée ne coordonne plus ce territoire."))
    # The link was sent to that address alone.
    user = know_by_email(succession.email, proved=True)
    if user.memberships.standing().filter(organisation__kind=Organisation.Kind.PUBLIC_PARTNER).exists():
        raise CrossesTheWall(_("Une personne qui agit pour un partenaire public ne peut pas coordonner."))
    # Of two proposals accepted at the same moment, the row of the first is there for the second.
    role, _made = TerritoryRole.objects.get_or_create(
        user=user,
        territory=territory,
        role=TerritoryRole.Role.COORDINATOR,
        until=None,
        defaults={"since": timezone.localdate(at)},
    )
    # The condition again: on a database that locks no row, one alone of two at once passes.
    mine = Succession.objects.waiting().filter(pk=succession.pk)
    if not mine.update(accepted_at=at, accepted_by=user, email="", words=""):
        raise AlreadyAnswered(_("Cette proposition a déjà reçu sa réponse."))
    told = {holder.user for holder in roles.select_related("user")} - {user}
    if succession.leaves and user != former:
        roles.filter(user=former).update(until=timezone.localdate(at))
    record("digest.accept_succession", territory, actor=user, at=at)
    for person in sorted(told, key=lambda one: one.pk):
        emails.succession_accepted(succession, to=person, newcomer=user, at=at)
    return role
