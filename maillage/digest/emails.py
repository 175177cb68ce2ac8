"""The letter, the three first things, the coordination that passes on. One function a message."""

from django.conf import settings
from django.urls import reverse

from maillage.messaging.actions import queue_email


def _tell(kind, *, to, language, at, **context):
    context = {"site": settings.SITE_ADDRESS, "space": _address("dashboard:my-space"), **context}
    return queue_email(f"digest/emails/{kind}", to=to, language=language, context=context, at=at)


def _address(route, *args):
    return settings.SITE_ADDRESS + reverse(route, args=args)


def letter(user, *, to_do, still, news, more, at):
    """``still``: how many other lines wait, told before or too many; ``more``: how many news did not fit."""
    context = {"to_do": to_do, "still": still, "news": news, "more": more}
    _tell("letter", to=user.email, language=user.language, at=at, **context)


def first_steps(signature, user, *, things, at):
    _tell(
        "first_steps",
        to=user.email,
        language=user.language,
        at=at,
        organisation=signature.organisation,
        things=things,
        address=_address("dashboard:first-steps"),
    )


def succession_proposed(succession, *, token, at):
    """To somebody who may have no account yet: in the language of whoever proposes."""
    _tell(
        "succession_proposed",
        to=succession.email,
        language=succession.proposed_by.language,
        at=at,
        succession=succession,
        territory=succession.territory,
        by=succession.proposed_by,
        address=_address("dashboard:accept-succession", token),
    )


def succession_accepted(succession, *, to, newcomer, at):
    _tell(
        "succession_accepted",
        to=to.email,
        language=to.language,
        at=at,
        territory=succession.territory,
        newcomer=newcomer,
        leaves=succession.leaves and to == succession.proposed_by,
    )
