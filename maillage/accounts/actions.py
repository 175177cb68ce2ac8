"""What can be done to a person's account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from maillage.journal.actions import record

from .models import User


def know_by_email(email, *, proved, first_name="", last_name="", language="fr"):
    """The person with this address, made if need be.

    ``proved``: the person has just opened a link, or given back a code, sent to that address.
    """
    email = email.strip().lower()
    user, _made = User.objects.get_or_create(
        email=email,
        defaults={
            "first_name": first_name,
            "last_name": last_name,
            "language": language,
            "password": make_password(None),
        },
    )
    address, _made = EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True})
    if proved and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    return user


@transaction.atomic
def forget_second_factor(user, *, at, actor=None):
    """Take away every factor of somebody who lost them all: the e-mailed code is enough again. Returns how many."""
    _rows, of_each = Authenticator.objects.filter(user=user).delete()
    record("accounts.forget_second_factor", user, actor=actor, at=at)
    return of_each.get(Authenticator._meta.label, 0)
