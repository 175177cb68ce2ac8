"""Look backs, opened and answered through the actions."""

import datetime

from django.utils import timezone

from maillage.evaluation import actions
from maillage.evaluation.models import Campaign, State
from maillage.evaluation.synthesis import articles_of

from .charters import current_national, signed
from .organisations import MembershipFactory, OrganisationFactory


def signatory(territory, *, version=None, **fields):
    """A confirmed association that acts in ``territory`` and stands by the text, with somebody who acts for it."""
    organisation = OrganisationFactory(territories=[territory] if territory else [], **fields)
    user = MembershipFactory(organisation=organisation, manager=True).user
    signed(version or current_national(), organisation=organisation, email=user.email)
    return organisation, user


def opened(territory, *, actor, version=None, at=None, days=0, **fields):
    """A look back that opens today, for a week, by the coordinator ``actor``."""
    at = at or timezone.now()
    today = timezone.localdate(at) + datetime.timedelta(days=days)
    closes_on = today + datetime.timedelta(days=7)
    return actions.open_campaign(
        version or current_national(),
        territory=territory,
        year=closes_on.year,
        opens_on=today,
        closes_on=closes_on,
        actor=actor,
        at=at,
        **fields,
    )


def asked(campaign, organisation):
    return campaign.look_backs.select_related("campaign__version", "organisation").get(organisation=organisation)


def answered(look_back, *, user, state=State.UNDER_WAY, brakes=("time",), levers=("trust",), at=None, **words):
    """A finished look back of ``user``'s association."""
    at = at or timezone.now()
    for article in articles_of(look_back.campaign.version):
        actions.save_principle(look_back, article, state=state, note="Entre nous.", edition=0, actor=user, at=at)
    actions.save_pages(look_back, edition=0, brakes=list(brakes), levers=list(levers), actor=user, at=at, **words)
    return actions.finish_look_back(look_back, actor=user, at=at)


def closed_with(number, *, territory, actor, states=(State.UNDER_WAY,), at=None):
    """A closed look back that ``number`` associations answered; their states follow ``states``, turn by turn."""
    version = current_national()
    people = [signatory(territory, version=version) for _ in range(number)]
    campaign = opened(territory, actor=actor, version=version, at=at)
    for rank, (organisation, user) in enumerate(people):
        answered(asked(campaign, organisation), user=user, state=states[rank % len(states)], at=at)
    return actions.close_campaign(campaign, actor=actor, at=at or timezone.now())


def campaign_row(territory, *, version=None, **fields):
    """The bare row, for the wall."""
    today = timezone.localdate()
    given = {"opens_on": today, "closes_on": today, "year": today.year, "created_at": timezone.now()}
    return Campaign.objects.create(version=version or current_national(), territory=territory, **{**given, **fields})
