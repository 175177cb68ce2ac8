"""The advocacy: public, but for letters that have not left."""

from django.utils import timezone

from maillage.advocacy.models import ProposalState, Reply, Stake
from tests.factories.advocacy import AppealFactory, EchoFactory, proposal

from .wall_rows import EVERYBODY, LeakRow

SPACE = frozenset({"amina", "bruno", "elsa"})


def stake(request):
    return Stake.objects.get(number=1)


def first(request):
    return proposal()


def echo_of_entraide(request, **fields):
    return EchoFactory(organisation=request.getfixturevalue("entraide"), **fields)


def echo_withdrawn(request):
    return echo_of_entraide(request, withdrawn_at=timezone.now())


def state_on_the_tilleuls(request):
    return ProposalState.objects.create(
        proposal=proposal(),
        territory=request.getfixturevalue("tilleuls"),
        state="carried",
        on=timezone.localdate(),
        words="Portée.",
        source_title="Compte rendu",
        noted_at=timezone.now(),
    )


def letter_not_sent(request):
    return AppealFactory(territory=request.getfixturevalue("tilleuls"))


def letter_sent(request):
    return AppealFactory(
        territory=request.getfixturevalue("tilleuls"), sent_on=timezone.localdate(), channel="courrier"
    )


def reply(request):
    appeal = letter_sent(request)
    return Reply.objects.create(
        appeal=appeal, on=appeal.sent_on, sender="La mairie", text="Oui.", noted_at=timezone.now()
    )


ROWS = {
    "advocacy.Stake": [LeakRow(stake, EVERYBODY, "public")],
    "advocacy.Proposal": [LeakRow(first, EVERYBODY, "public")],
    "advocacy.Echo": [
        LeakRow(echo_of_entraide, EVERYBODY, "an association speaks in public"),
        LeakRow(echo_withdrawn, frozenset({"amina"}), "withdrawn, its own still reads it"),
    ],
    "advocacy.ProposalState": [LeakRow(state_on_the_tilleuls, EVERYBODY, "public, with its source")],
    "advocacy.Appeal": [
        LeakRow(letter_not_sent, SPACE, "between associations until it leaves"),
        LeakRow(letter_sent, EVERYBODY, "it has left"),
    ],
    "advocacy.Reply": [LeakRow(reply, EVERYBODY, "of a letter that has left")],
}
