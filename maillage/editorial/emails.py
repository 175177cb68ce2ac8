"""Messages about case studies: being asked for one's assent; what was answered."""

from django.conf import settings
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.actions import queue_email, queue_to_each
from maillage.organisations.queries import behind_the_wall, managers_of

from .links import assent_link


def assent_asked(assent, *, at):
    """To whoever manages the organisation; to the address given where it is not on Maillage."""
    address = settings.SITE_ADDRESS + reverse("editorial:answer", args=[assent_link(assent)])
    context = {
        "assent": assent,
        "title": assent.case.draft_title,
        "name": assent.name,
        "address": address,
    }
    for email, language in _recipients(assent):
        queue_email("editorial/emails/assent_asked", to=email, context=context, at=at, language=language)


def _recipients(assent):
    if assent.organisation_id:
        return [(user.email, user.language) for user in managers_of(assent.organisation)]
    return [(assent.email, settings.LANGUAGE_CODE)]


def answered(assent, *, at):
    """To who asked, and to who wrote the case: what the organisation said."""
    case = assent.case
    people = behind_the_wall(User.objects.filter(pk__in=[assent.asked_by_id, case.owner_id])).order_by("pk")
    page = reverse("editorial:assents", args=[case.slug])
    told = {"assent": assent, "title": case.draft_title, "name": assent.name}
    queue_to_each("editorial/emails/answered", people, page=page, at=at, **told)
