"""Who may do what in a cooperation."""

from maillage.organisations.audiences import reader_of

from .models import Cooperation, Partner


def can_propose(user):
    """Whoever acts for a confirmed association."""
    return bool(reader_of(user).association_ids)


def is_inside(user, cooperation):
    """Reads its journal and its contributions."""
    return Cooperation.objects.inside(user).filter(pk=cooperation.pk).exists()


def mine_in(user, cooperation):
    """The accepted partners of ``cooperation`` that ``user`` acts for, behind the wall."""
    return (
        cooperation.partners.accepted()
        .filter(organisation_id__in=reader_of(user).association_ids)
        .select_related("organisation")
    )


def can_take_part(user, cooperation):
    """Writes in it: somebody of a partner that has accepted, as long as it lives."""
    return cooperation.is_living and mine_in(user, cooperation).exists()


def can_lead(user, cooperation):
    """Moves it from stage to stage, invites, publishes: somebody of the lead organisation."""
    return cooperation.is_living and mine_in(user, cooperation).filter(role=Partner.Role.LEAD).exists()
