"""What is said of a text inside a group: never read by an association outside it, nor by a public partner."""

from django.utils import timezone

from maillage.drafting import actions
from tests.factories import drafting

from .wall_rows import LeakRow

INSIDE = frozenset({"bruno", "elsa"})
"""Bruno's association is the group's; Elsa coordinates its territory. Amina acts on it, outside the group."""


def workshop(request):
    jardins, tilleuls = request.getfixturevalue("jardins"), request.getfixturevalue("tilleuls")
    group = drafting.group_of(jardins, territory=tilleuls, facilitator=jardins)
    return drafting.workshop_of(
        group, promoter=jardins, actor=request.getfixturevalue("bruno"), territory=tilleuls, words="Entre nous."
    )


def open_workshop(request):
    """The draft itself is open to the remarks of the whole territory: the workshop is not."""
    made = workshop(request)
    made.version.opened_at = timezone.now()
    made.version.save()
    return made


def comment(request):
    return actions.make_comment(
        open_workshop(request),
        text="La mairie ne tiendra pas parole.",
        organisation=request.getfixturevalue("jardins"),
        actor=request.getfixturevalue("bruno"),
        at=timezone.now(),
        article_key="avec",
    )


def amendment(request):
    jardins, bruno = request.getfixturevalue("jardins"), request.getfixturevalue("bruno")
    return drafting.amendment_to(open_workshop(request), actor=bruno, organisation=jardins)


def stance(request):
    elsa = request.getfixturevalue("elsa")
    made = drafting.amendment_to(open_workshop(request), actor=elsa)
    return actions.take_stance(
        made,
        kind="object",
        words="Pas comme cela.",
        organisation=request.getfixturevalue("jardins"),
        actor=request.getfixturevalue("bruno"),
        at=timezone.now(),
    )


def decided_amendment(request):
    made = amendment(request)
    return actions.refuse_amendment(
        made, answer="Pas devant la mairie.", actor=request.getfixturevalue("elsa"), at=timezone.now()
    )


ROWS = {
    "drafting.Workshop": [
        LeakRow(workshop, INSIDE, "which text a group writes is its own affair"),
        LeakRow(open_workshop, INSIDE, "even where the draft is open to the remarks of the territory"),
    ],
    "drafting.Comment": [LeakRow(comment, INSIDE, "what the group says among itself")],
    "drafting.Amendment": [
        LeakRow(amendment, INSIDE, "a proposal, with its reason"),
        LeakRow(decided_amendment, INSIDE, "and its answer"),
    ],
    "drafting.Stance": [LeakRow(stance, INSIDE, "who objects to what")],
}
