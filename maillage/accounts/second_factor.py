"""A second factor: who needs one, who has one, who gave it in this session. Allauth keeps and checks them."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def must_pass(user):
    """Whoever edits, or has a right of entry to the back office."""
    return user.is_authenticated and (user.is_staff or user.has_perm("wagtailadmin.access_admin"))


def has_second_factor(user):
    return is_mfa_enabled(user, FACTORS)


def has_passed(request):
    """Whether a code, a passkey or a recovery code was given since this person signed in."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def is_asked_at_sign_in(user):
    """After the e-mailed code: of staff, and of whoever chose an application to protect the account.

    Not of who has passkeys alone: they are there to come in faster, and phones are lost.
    """
    return must_pass(user) or is_mfa_enabled(user, [Authenticator.Type.TOTP])
