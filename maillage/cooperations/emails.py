"""The news that partners of a cooperation receive."""

from maillage.messaging.actions import queue_to_each
from maillage.organisations.queries import written_to


def _tell(kind, organisations, cooperation, *, at, **context):
    page, people = cooperation.get_absolute_url(), written_to(*organisations)
    queue_to_each(f"cooperations/emails/{kind}", people, page=page, at=at, cooperation=cooperation, **context)


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
