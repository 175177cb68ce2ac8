"""What can be done to a person's account."""

import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from maillage.journal.actions import record

from .models import NOWHERE, User


def know_by_email(email, *, proved, first_name="", last_name="", language="fr"):
    """The person with this address, made if need be.

    ``proved``: the person has just opened a link, or given back a code, sent to that address.
    """
    email = email.strip().lower()
    user, is_new = User.objects.get_or_create(
        email=email,
        defaults={
            "first_name": first_name,
            "last_name": last_name,
            "language": language,
            "password": make_password(None),
        },
    )
    if is_new:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=proved)
        return user
    address, _made = EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"primary": True, "verified": proved}
    )
    if proved and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    return user


def addresses_of(user):
    """Every e-mail address known as this person's, in lower case, the account's own first."""
    others = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return list(dict.fromkeys(email.lower() for email in (user.email, *others)))


def forget_account(user, *, at):
    """Empty the account: nobody can sign in any more and the row says nothing of anybody. Its sessions end.

    The row stays, because mandates point to it. Only a part of forgetting somebody: `privacy.actions.forget_person`.
    """
    end_sessions(user)
    for relation in user._meta.related_objects:
        # Addresses today; second factors or accounts elsewhere the day they are installed.
        if relation.related_model.__module__.startswith("allauth."):
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    user.email = f"{secrets.token_hex(12)}@{NOWHERE}"
    user.first_name = user.last_name = ""
    user.language = "fr"
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = user.warned_at = None
    user.forgotten_at = at
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def end_sessions(user):
    """End every session of this person, and those where somebody was signing in with one of their addresses.

    Reads all sessions: they are opaque to the database. Some hundreds of microseconds each.
    """
    known, addresses = str(user.pk), set(addresses_of(user))
    for session in Session.objects.iterator(chunk_size=500):
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == known or not addresses.isdisjoint(_words_in(kept)):
            session.delete()


def _words_in(value):
    """Every text found in a session, in lower case, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _words_in(item)
    elif isinstance(value, str):
        yield value.strip().lower()


@transaction.atomic
def forget_second_factor(user, *, at, actor=None):
    """Take away every factor of somebody who lost them all: the e-mailed code is enough again. Returns how many."""
    _rows, of_each = Authenticator.objects.filter(user=user).delete()
    record("accounts.forget_second_factor", user, actor=actor, at=at)
    return of_each.get(Authenticator._meta.label, 0)
