"""What is lent and sought: rows that could leak, and who may see each."""

from maillage.resources.models import HeldSlot, Photo, Slot
from tests.factories.resources import (
    HoursEntryFactory,
    LedgerSwitchFactory,
    MatchFactory,
    NeedAnswerFactory,
    NeedFactory,
    ResourceFactory,
    loan_of,
)

from .wall_rows import EVERYBODY, LeakRow

SPACE = frozenset({"amina", "bruno", "elsa"})
PARTIES = frozenset({"amina", "bruno"})


def resource_of_entraide(request, **fields):
    fixture = request.getfixturevalue
    return ResourceFactory(owner=fixture("entraide"), territories=[fixture("tilleuls")], **fields)


def resource_shown(request):
    return resource_of_entraide(request, is_public=True)


def resource_withdrawn(request):
    resource = resource_of_entraide(request, is_public=True)
    resource.withdrawn_at = resource.created_at
    resource.save()
    return resource


def resource_of_a_network(request):
    fixture = request.getfixturevalue
    return ResourceFactory(owner=fixture("jardins"), audience="network", network=fixture("federation"))


def resource_everywhere(request):
    return resource_of_entraide(request, audience="everywhere")


def photo(request):
    resource = resource_of_entraide(request)
    return Photo.objects.create(resource=resource, words="La salle", width=1, height=1, added_at=resource.created_at)


def slot(request):
    return Slot.objects.create(resource=resource_of_entraide(request), weekday=1, starts_at="09:00", ends_at="12:00")


def loan(request):
    return loan_of(resource_shown(request), request.getfixturevalue("jardins"))


def held_slot(request):
    resource = resource_shown(request)
    return HeldSlot.objects.create(resource=resource, slot=1, taken=1, capacity=1)


def need(request):
    fixture = request.getfixturevalue
    return NeedFactory(organisation=fixture("entraide"), territory=fixture("tilleuls"))


def need_answer(request):
    return NeedAnswerFactory(need=need(request), organisation=request.getfixturevalue("jardins"))


def match(request):
    resource = ResourceFactory(owner=request.getfixturevalue("jardins"), is_public=True)
    return MatchFactory(need=need(request), resource=resource)


def ledger_switch(request):
    return LedgerSwitchFactory(territory=request.getfixturevalue("tilleuls"))


def hours_entry(request):
    fixture = request.getfixturevalue
    return HoursEntryFactory(territory=fixture("tilleuls"), giver=fixture("entraide"), receiver=fixture("jardins"))


ROWS = {
    "resources.Resource": [
        LeakRow(resource_of_entraide, SPACE, "offered to the associations of the territory"),
        LeakRow(resource_shown, EVERYBODY, "its owner shows it to everybody"),
        LeakRow(resource_withdrawn, frozenset({"amina"}), "withdrawn, it is its owner's"),
        LeakRow(resource_of_a_network, frozenset({"bruno", "elsa"}), "offered to the members of a network"),
        LeakRow(resource_everywhere, SPACE | {"hugo"}, "offered to every association"),
    ],
    "resources.Photo": [LeakRow(photo, SPACE, "as its resource")],
    "resources.Slot": [LeakRow(slot, SPACE, "as its resource")],
    "resources.Loan": [LeakRow(loan, PARTIES, "the two associations alone, though the resource is public")],
    "resources.HeldSlot": [LeakRow(held_slot, SPACE, "who may ask, though the resource is public")],
    "resources.Need": [LeakRow(need, SPACE, "said between associations of the territory")],
    "resources.NeedAnswer": [LeakRow(need_answer, PARTIES, "who seeks and who answers")],
    "resources.Match": [LeakRow(match, PARTIES, "who seeks and who offers")],
    "resources.LedgerSwitch": [LeakRow(ledger_switch, SPACE, "the association space of the territory")],
    "resources.HoursEntry": [LeakRow(hours_entry, SPACE, "the two associations, and the coordination")],
}
