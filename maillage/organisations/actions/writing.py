"""Writing to an organisation by its page: a relay that shows no address to anybody who only reads pages."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import emails
from ..queries import managers_of


class NotReachable(ValidationError):
    """Nobody answers for this organisation here: nothing is sent to its address."""


def why_not_reachable(organisation):
    """In words, for whoever would write to ``organisation``; "" where they may."""
    if organisation.archived_at:
        return _("Cette organisation n’agit plus : sa fiche est archivée.")
    if not (organisation.is_confirmed or organisation.is_public_partner):
        return _(
            "Personne n’a encore confirmé cette fiche : ni une association voisine, ni la coordination du territoire."
            " On ne peut pas encore lui écrire d’ici."
        )
    if not managers_of(organisation).exists():
        return _("Plus personne ne gère cette fiche : un message n’y serait lu par personne.")
    return ""


@transaction.atomic
def write_to(organisation, *, name, email, text, at, writes_for=""):
    """Sends ``text`` to the address that ``organisation`` chose or, if none, to those who manage it.

    They answer to ``email``. Returns the messages, one a mailbox. Raises NotReachable.
    """
    if reason := why_not_reachable(organisation):
        raise NotReachable(reason)
    boxes = [(organisation.contact_email, "fr")] if organisation.contact_email else []
    boxes = boxes or [(user.email, user.language) for user in managers_of(organisation)]
    return [
        emails.relayed(
            organisation,
            to=to,
            language=language,
            is_of_a_manager=not organisation.contact_email,
            writer={"name": name, "organisation": writes_for, "email": email},
            text=text,
            at=at,
        )
        for to, language in boxes
    ]
