"""What was begun and never finished, what has been said and done: gone after a while."""

import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from maillage.charters.models import Remark, Signature, SignatureRequest, TerritorialAdaptation
from maillage.digest.models import Succession
from maillage.messaging.models import Message
from maillage.organisations.models import Mandate, MemberList, Membership, Organisation

DRAFTS_LAST = datetime.timedelta(days=90)
REQUESTS_LAST = datetime.timedelta(days=30)
"""After the link has expired."""
LISTS_LAST = datetime.timedelta(days=7)
"""Of members, brought by a network and never confirmed."""
MESSAGES_LAST = datetime.timedelta(days=30)
"""After they have left, or were given up; what they say is emptied as they leave."""


@transaction.atomic
def purge_stale(*, at):
    """Delete what nobody came back for; meant to run once a day. Returns how many of each.

    ``lists``: of members, read and never confirmed; ``requests``: signatures prepared and never confirmed;
    ``organisations``: drafts that nobody claimed and that no signature, request, text or remark needs; ``messages``;
    ``sessions`` that have expired; ``successions``: coordinations proposed without an answer, which are withdrawn.
    """
    expired = SignatureRequest.objects.filter(confirmed_at=None, expires_at__lte=at - REQUESTS_LAST)
    old = at - MESSAGES_LAST
    messages = Message.objects.filter(Q(sent_at__lte=old) | Q(abandoned_at__lte=old))
    return {
        "successions": Succession.objects.filter(expires_at__lte=at).withdraw(at),
        "requests": _delete(expired),
        "organisations": _delete(_abandoned_drafts(at)),
        "lists": _delete(MemberList.objects.to_confirm().filter(read_at__lte=at - LISTS_LAST)),
        "messages": _delete(messages),
        "sessions": _delete(Session.objects.filter(expire_date__lt=at)),
    }


def _abandoned_drafts(at):
    drafts = Organisation.objects.filter(claimed_at=None, confirmed_at=None, created_at__lte=at - DRAFTS_LAST)
    for model in (Signature, SignatureRequest, Remark, Membership, Mandate):
        drafts = drafts.exclude(Exists(model.objects.filter(organisation=OuterRef("pk"))))
    promoters = TerritorialAdaptation.promoters.through.objects.filter(organisation_id=OuterRef("pk"))
    return drafts.exclude(Exists(promoters))


def _delete(rows):
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
