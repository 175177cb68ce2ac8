"""Accounts where nobody signs in any more: their person is told, then forgotten."""

import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.charters.models import Signature

from .. import emails
from ..queries import managed_alone
from .forgetting import forget_person

SILENCE = datetime.timedelta(days=2 * 365)
"""Since the last sign-in, or the making of the account where nobody ever signed in."""
NOTICE = datetime.timedelta(days=30)
"""Between the warning and the forgetting."""


def follow_inactive_accounts(*, at):
    """Warn, then forget, the people who have not been seen for two years; meant to run once a day.

    Returns counts: ``warned``, ``forgotten``, ``back`` (seen again after the warning: nothing happens to them) and
    ``staff`` (operators and editors, who are reported and nothing else). Sends one e-mail a warning, one farewell a
    forgetting, and tells those who could take over an organisation that would be left alone.
    """
    back = (
        _accounts()
        .filter(_seen_since(F("warned_at"), OuterRef("warned_at")), warned_at__isnull=False)
        .update(warned_at=None)
    )
    silent = _accounts().exclude(_seen_since(at - SILENCE, at - SILENCE))
    staff = Q(is_staff=True) | Q(is_superuser=True)
    to_forget = silent.exclude(staff).filter(warned_at__lte=at - NOTICE)
    forgotten = [_forget(to_forget, pk, at=at) for pk in _keys(to_forget)]
    to_warn = silent.exclude(staff).filter(warned_at=None)
    warned = [_warn(to_warn, pk, at=at) for pk in _keys(to_warn)]
    return {
        "warned": sum(warned),
        "forgotten": sum(forgotten),
        "back": back,
        "staff": silent.filter(staff).count(),
    }


def _accounts():
    return User.objects.filter(is_active=True, forgotten_at=None)


def _seen_since(moment, moment_inside):
    """Signed in since ``moment``, made since, or proved their address by confirming a signature.

    ``moment_inside`` is the same moment, as a subquery names it.
    """
    signed = Signature.objects.filter(signed_by=OuterRef("pk"), signed_at__gt=moment_inside)
    return Q(last_login__gt=moment) | Q(last_login=None, date_joined__gt=moment) | Exists(signed)


def _keys(accounts):
    return list(accounts.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _warn(accounts, pk, *, at):
    user = accounts.select_for_update().filter(pk=pk).first()
    if user is None:  # another run has told them
        return False
    user.warned_at = at
    user.save(update_fields=["warned_at"])
    day = timezone.localdate(at + NOTICE)
    alone = list(managed_alone(user))
    emails.account_soon_forgotten(user, day=day, organisations=alone, at=at)
    for organisation in alone:
        emails.organisation_soon_alone(organisation, leaving=user, day=day, at=at)
    return True


@transaction.atomic
def _forget(accounts, pk, *, at):
    user = accounts.select_for_update().filter(pk=pk).first()
    if user is None:  # they have signed in meanwhile
        return False
    forget_person(user, actor=None, at=at, nobody_can_take_over=True)
    return True
