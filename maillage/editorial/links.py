"""The link that an organisation receives: opening it shows the words; only what it sends back counts."""

import datetime

from django.core import signing

from .models import Assent

SALT = "editorial.agreement"
LINK_LASTS = datetime.timedelta(days=90)


def agreement_link(agreement):
    """What lets whoever received it answer for the organisation, without signing in: for these words alone."""
    return signing.dumps([str(agreement.uuid), agreement.fingerprint[:16]], salt=SALT)


def open_agreement_link(link):
    """(Assent, why it cannot be answered any more or "") of a link; (None, "forged") where nobody made it."""
    try:
        uuid, words = signing.loads(link, salt=SALT, max_age=LINK_LASTS)
        agreement = Assent.objects.select_related("case", "organisation").get(uuid=uuid)
    except signing.SignatureExpired:
        return None, "expired"
    except (signing.BadSignature, TypeError, ValueError, Assent.DoesNotExist):
        return None, "forged"
    if agreement.fingerprint[:16] != words or agreement.fingerprint != latest(agreement.case).fingerprint:
        return agreement, "changed"
    return agreement, ""


def latest(case):
    """The case as it is written now, drafts included."""
    return case.get_latest_revision_as_object()
