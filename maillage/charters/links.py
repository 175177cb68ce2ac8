"""Links that an e-mail gives to one person, signed by the site: opening one proves who received it."""

from django.core import signing

from maillage.accounts.models import User

from .models import Signature

RENEWAL = "charters.renewal"


def renewal_link(signature, user):
    """What lets ``user`` renew ``signature`` without signing in; good for this renewal alone."""
    return signing.dumps([signature.token, str(user.uuid), signature.renew_by.isoformat()], salt=RENEWAL)


def open_renewal_link(link):
    """(signature, user, whether it is still of use) of a link; None where forged, or of a person no longer here."""
    try:
        token, uuid, day = signing.loads(link, salt=RENEWAL)
    except (signing.BadSignature, ValueError):
        return None
    signature = Signature.objects.filter(token=token).select_related("organisation", "version__adaptation").first()
    user = User.objects.filter(uuid=uuid, is_active=True).first()
    if signature is None or user is None:
        return None
    return signature, user, signature.renew_by.isoformat() == day
