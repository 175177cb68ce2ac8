"""What can be done to a person's account."""

from allauth.account.models import EmailAddress

from .models import User


def know_by_email(email, *, first_name="", last_name="", language="fr"):
    """The person with this address, made if need be; the address counts as proved.

    Call it only where the person has just opened a link sent to that address.
    """
    email = email.strip().lower()
    user, made = User.objects.get_or_create(
        email=email, defaults={"first_name": first_name, "last_name": last_name, "language": language}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user
