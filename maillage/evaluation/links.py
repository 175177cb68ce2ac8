"""The link that an e-mail gives to one member of an association: opening it proves who received it."""

from uuid import UUID

from django.core import signing

from maillage.accounts.models import User

from .models import LookBack

LOOK_BACK = "evaluation.look_back"


def look_back_link(look_back, user):
    """What lets ``user`` answer for their association without signing in, as long as the look back is open."""
    return signing.dumps([str(look_back.uuid), str(user.uuid)], salt=LOOK_BACK)


def open_look_back_link(link):
    """(look back, user) of a link; None where forged, or of somebody who is no longer here."""
    try:
        uuid, person = map(UUID, signing.loads(link, salt=LOOK_BACK))
    except (signing.BadSignature, AttributeError, TypeError, ValueError):
        return None
    look_back = LookBack.objects.filter(uuid=uuid).select_related("organisation", "campaign__version").first()
    user = User.objects.filter(uuid=person, is_active=True).first()
    if look_back is None or user is None:
        return None
    return look_back, user
