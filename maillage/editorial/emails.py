"""Messages about case studies: being asked for one's agreement; what was answered."""

from django.conf import settings
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.actions import queue_email, queue_to_each
from maillage.organisations.queries import behind_the_wall, managers_of

from .links import agreement_link


def agreement_asked(agreement, *, at):
    """To whoever manages the organisation; to the address given where it is not on Maillage."""
    address = settings.SITE_ADDRESS + reverse("editorial:answer", args=[agreement_link(agreement)])
    context = {
        "agreement": agreement,
        "title": agreement.case.draft_title,
        "name": agreement.name,
        "address": address,
    }
    for email, language in _recipients(agreement):
        queue_email("editorial/emails/agreement_asked", to=email, context=context, at=at, language=language)


def _recipients(agreement):
    if agreement.organisation_id:
        return [(user.email, user.language) for user in managers_of(agreement.organisation)]
    return [(agreement.email, settings.LANGUAGE_CODE)]


def answered(agreement, *, at):
    """To who asked, and to who wrote the case: what the organisation said."""
    case = agreement.case
    people = behind_the_wall(User.objects.filter(pk__in=[agreement.asked_by_id, case.owner_id])).order_by("pk")
    page = reverse("editorial:agreements", args=[case.slug])
    told = {"agreement": agreement, "title": case.draft_title, "name": agreement.name}
    queue_to_each("editorial/emails/answered", people, page=page, at=at, **told)
