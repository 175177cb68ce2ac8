"""What can be done to a person's account."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

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
    address, _made = EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"primary": True, "verified": proved}
    )
    if proved and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    return user
