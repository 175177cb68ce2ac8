"""Agreements, moved on by the actions."""

import datetime

from django.utils import timezone

from maillage.agreements import actions

from .organisations import MandateFactory
from .resources import day_in, somebody_of


def agreement_of(organisation, others, *, state="draft", at=None, **fields):
    """An agreement of ``organisation`` with ``others``, moved on to ``state`` by the actions."""
    at = at or timezone.now() - datetime.timedelta(minutes=1)
    actor = somebody_of(organisation)
    told = {"kind": "premises", "title": "La grande salle, le jeudi", "starts_on": day_in(0), **fields}
    agreement = actions.start_agreement(organisation=organisation, others=others, actor=actor, at=at, **told)
    if state == "draft":
        return agreement
    agreement = actions.open_review(agreement, actor=actor, at=at)
    if state == "review":
        return agreement
    for one in (organisation, *others):
        agreement = actions.approve(
            agreement, organisation=one, edition=agreement.edition, actor=somebody_of(one), at=at
        )
    if state == "to_sign":
        return agreement
    for one in (organisation, *others):
        agreement = signed_for(agreement, one, at=at)
    return agreement


def signed_for(agreement, organisation, *, at=None):
    user = somebody_of(organisation)
    if not user.mandates.filter(organisation=organisation, ended_at=None).exists():
        MandateFactory(user=user, organisation=organisation, function="présidence")
    return actions.sign_agreement(
        agreement, organisation=organisation, sha256=agreement.sha256, actor=user, at=at or timezone.now()
    )
