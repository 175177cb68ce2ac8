"""The news about one's account and one's organisation. One function a message."""

from django.conf import settings
from django.urls import reverse

from maillage.messaging.actions import queue_email

from .queries import people_who_could_help


def _tell(kind, *, to, language, at, **context):
    queue_email(
        f"privacy/emails/{kind}",
        to=to,
        language=language,
        context={"site": settings.SITE_ADDRESS, **context},
        at=at,
    )


def _address(route, *args):
    return settings.SITE_ADDRESS + reverse(route, args=args)


def farewell(address, *, language, organisations, at):
    """The last message to somebody forgotten. Its row, and the address with it, goes as soon as it has left."""
    _tell("farewell", to=address, language=language, at=at, organisations=organisations)


def account_soon_forgotten(user, *, day, organisations, at):
    """``organisations``: those that this person alone manages."""
    _tell(
        "account_soon_forgotten",
        to=user.email,
        language=user.language,
        at=at,
        day=day,
        organisations=organisations,
        address=_address("account_login"),
        space=_address("privacy:my-data"),
    )


def _tell_who_could_help(kind, organisation, *, leaving, at, **context):
    for user in people_who_could_help(organisation, without=leaving):
        _tell(
            kind,
            to=user.email,
            language=user.language,
            at=at,
            organisation=organisation,
            address=settings.SITE_ADDRESS + organisation.get_absolute_url(),
            **context,
        )


def organisation_soon_alone(organisation, *, leaving, day, at):
    """To its other people and its coordinators; the person who is silent is not named."""
    _tell_who_could_help("organisation_soon_alone", organisation, leaving=leaving, at=at, day=day)


def organisation_to_take_over(organisation, *, leaving, at):
    _tell_who_could_help("organisation_to_take_over", organisation, leaving=leaving, at=at)
