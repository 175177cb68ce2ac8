"""The news that associations whose echo a letter cites receive."""

from maillage.messaging.actions import queue_to_each
from maillage.organisations.models import Organisation
from maillage.organisations.queries import written_to


def _tell(kind, appeal, *, at):
    cited = Organisation.objects.filter(echoes__appeals=appeal).distinct()
    people = written_to(*cited)
    queue_to_each(f"advocacy/emails/{kind}", people, page=appeal.get_absolute_url(), at=at, appeal=appeal)


def appeal_sent(appeal, *, at):
    _tell("appeal_sent", appeal, at=at)


def appeal_replied(appeal, *, at):
    _tell("appeal_replied", appeal, at=at)
