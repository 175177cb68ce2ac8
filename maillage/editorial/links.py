"""The link that an organisation receives: opening it shows the words; only what it sends back counts."""

import datetime

from django.core import signing

from .models import Assent

SALT = "editorial.assent"
LINK_LASTS = datetime.timedelta(days=90)


def assent_link(assent):
    """What lets whoever received it answer for the organisation, without signing in: for these words alone."""
    return signing.dumps([str(assent.uuid), assent.fingerprint[:16]], salt=SALT)


def open_assent_link(link):
    """(Assent, why it cannot be answered any more or "") of a link; (None, "forged") where nobody made it."""
    try:
        uuid, words = signing.loads(link, salt=SALT, max_age=LINK_LASTS)
        assent = Assent.objects.select_related("case", "organisation").get(uuid=uuid)
    except signing.SignatureExpired:
        return None, "expired"
    except (signing.BadSignature, TypeError, ValueError, Assent.DoesNotExist):
        return None, "forged"
    if assent.fingerprint[:16] != words or assent.fingerprint != latest(assent.case).fingerprint:
        return assent, "changed"
    return assent, ""


def latest(case):
    """The case as it is written now, drafts included."""
    return case.get_latest_revision_as_object()
