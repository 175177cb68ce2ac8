"""The news that partners of a cooperation receive."""

from django.conf import settings

from maillage.messaging.actions import queue_email
from maillage.organisations.queries import behind_the_wall, managers_of


def _tell(kind, organisations, cooperation, *, at, **context):
    """One message a person. Who works for a public partner is written to as its manager alone, never as an
    association's: what associations say to each other stays behind the wall.
    """
    told = set()
    for organisation in organisations:
        people = managers_of(organisation)
        for user in people if organisation.is_public_partner else behind_the_wall(people):
            if user.pk in told:
                continue
            told.add(user.pk)
            queue_email(
                f"cooperations/emails/{kind}",
                to=user.email,
                context={
                    "person": user,
                    "cooperation": cooperation,
                    "address": settings.SITE_ADDRESS + cooperation.get_absolute_url(),
                    **context,
                },
                at=at,
                language=user.language,
            )


def _associations(cooperation):
    """Those that take part, public partners left out."""
    rows = cooperation.partners.accepted().select_related("organisation")
    return [partner.organisation for partner in rows if not partner.organisation.is_public_partner]


def _lead(cooperation):
    return [
        row.organisation for row in cooperation.partners.accepted().filter(role="lead").select_related("organisation")
    ]


def invited(partner, *, at):
    _tell("invited", [partner.organisation], partner.cooperation, at=at, words=partner.words)


def asked(partner, *, at):
    cooperation, told = partner.cooperation, {"organisation": partner.organisation, "words": partner.words}
    _tell("asked", _lead(cooperation), cooperation, at=at, **told)


def answered(partner, *, to_lead, at):
    """To the lead where an invited organisation has answered; to the organisation where the lead has."""
    organisations = _lead(partner.cooperation) if to_lead else [partner.organisation]
    accepted = partner.state == partner.State.ACCEPTED
    _tell("answered", organisations, partner.cooperation, at=at, organisation=partner.organisation, accepted=accepted)


def moved(change, *, at):
    _tell("moved", _associations(change.cooperation), change.cooperation, at=at, change=change)


def review_opened(review, *, at):
    _tell("review_opened", _associations(review.cooperation), review.cooperation, at=at)
