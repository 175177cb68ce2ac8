"""The news that partners of a cooperation receive."""

from django.conf import settings

from maillage.messaging.actions import queue_email
from maillage.organisations.queries import managers_of


def _tell(kind, organisations, cooperation, *, at, **context):
    told = set()
    for organisation in organisations:
        for user in managers_of(organisation):
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


def _partners(cooperation, *, but=None):
    rows = cooperation.partners.accepted().select_related("organisation")
    return [partner.organisation for partner in rows if partner.organisation_id != but]


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
    _tell("moved", _partners(change.cooperation), change.cooperation, at=at, change=change)


def review_opened(review, *, at):
    _tell("review_opened", _partners(review.cooperation), review.cooperation, at=at)
