"""Rows that could leak, and who may see each. One entry a model that is read through `visible_to`.

A row is made by a function that takes `request` (to reach the people by `request.getfixturevalue`) and returns
the instance. Make the row that is most tempting to leak: a draft, a remark between associations, a mandate.
"""

import dataclasses
from collections.abc import Callable

from maillage.organisations.models import MemberLine
from tests.factories.organisations import (
    MandateFactory,
    MemberListFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.harness.people import PERSONAS

EVERYBODY = frozenset(PERSONAS)


@dataclasses.dataclass(frozen=True)
class LeakRow:
    """``seen_by``: the personas who may see the row that ``make`` builds; nobody else may.

    ``of_the_partner``: the row is a public partner's own affair. Of all the rows that not everybody may see, only
    such a one may name Fatou.
    """

    make: Callable
    seen_by: frozenset
    why: str
    of_the_partner: bool = False


def organisation_draft(request):
    tilleuls = request.getfixturevalue("tilleuls")
    return OrganisationFactory(name="Brouillon", draft=True, territories=[tilleuls])


def organisation_archived(request):
    return OrganisationFactory(archived=True, territories=[request.getfixturevalue("tilleuls")])


def organisation_claimed(request):
    return OrganisationFactory(claimed=True, territories=[request.getfixturevalue("tilleuls")])


def membership_in_entraide(request):
    return MembershipFactory(organisation=request.getfixturevalue("entraide"))


def membership_in_the_prefecture(request):
    return MembershipFactory(organisation=request.getfixturevalue("prefecture"))


def mandate_for_entraide(request):
    return MandateFactory(organisation=request.getfixturevalue("entraide"))


def member_list(request):
    return MemberListFactory(network=request.getfixturevalue("federation"))


def member_line(request):
    return MemberLine.objects.create(member_list=member_list(request), number=2, name="Adhérente", state="not_here")


ROWS = {
    "organisations.MemberList": [
        LeakRow(member_list, frozenset({"ines"}), "the list that a network keeps is its own affair"),
    ],
    "organisations.MemberLine": [
        LeakRow(member_line, frozenset({"ines"}), "and so is each of its lines"),
    ],
    "organisations.Organisation": [
        LeakRow(organisation_draft, frozenset(), "a draft belongs to nobody yet"),
        LeakRow(organisation_archived, frozenset(), "an archived organisation is gone from the lists"),
        LeakRow(organisation_claimed, EVERYBODY, "a claimed organisation is in the directory"),
    ],
    "organisations.Membership": [
        LeakRow(membership_in_entraide, frozenset({"amina"}), "who acts for an association is its own affair"),
        LeakRow(
            membership_in_the_prefecture,
            frozenset({"fatou"}),
            "and so is it for a public partner",
            of_the_partner=True,
        ),
    ],
    "organisations.Mandate": [
        LeakRow(mandate_for_entraide, frozenset({"amina", "elsa"}), "inside, and by who may confirm it"),
    ],
}
"""Model label → its rows. Other apps add theirs in a module of their own: `wall_rows_<app>.py`, same shape."""
