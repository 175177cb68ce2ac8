"""Who may do what with what is lent and sought. Public partners: nothing."""

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.permissions import can_coordinate_any, speaks_for
from maillage.organisations.queries import associations_of

from .models import Audience, Resource
from .models.resources import networks_of


def can_edit(user, resource):
    return resource.is_offered and speaks_for(user, resource.owner_id)


def may_borrow(organisation, resource):
    """Whether ``resource`` is offered to ``organisation``. Its owner may always keep it for itself."""
    if not resource.is_offered:
        return False
    if organisation.pk == resource.owner_id or resource.audience == Audience.EVERYWHERE:
        return True
    if resource.audience == Audience.NETWORK:
        return resource.network_id in networks_of([organisation.pk])
    shared = resource.territories.filter(pk__in=organisation.territories.values("pk"))
    return shared.exists()


def borrowers_for(user, resource):
    """The associations of ``user`` that may ask for ``resource``."""
    if not reader_of(user).association_ids or not Resource.objects.inside(user).filter(pk=resource.pk).exists():
        return []
    return [organisation for organisation in associations_of(user) if may_borrow(organisation, resource)]


def is_lender(user, loan):
    return speaks_for(user, loan.resource.owner_id)


def is_borrower(user, loan):
    return speaks_for(user, loan.borrower_id)


def answerers_for(user, need):
    """The associations of ``user`` that may say that they can help: of its territory, and not the one that seeks."""
    if not need.is_open:
        return Organisation.objects.none()
    here = associations_of(user).filter(territories=need.territory)
    return here.exclude(pk=need.organisation_id)


def can_switch(user, territory):
    """Opens and stops the hours ledger of a territory: its coordination."""
    return can_coordinate_any(user, [territory])
