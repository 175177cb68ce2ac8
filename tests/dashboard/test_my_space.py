"""My space: what waits for me is there, what waits for somebody else is not."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from tests.factories.charters import adopted, national, signed
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db


def space(client):
    return client.get(reverse("dashboard:my-space")).content.decode()


@pytest.fixture
def due(entraide, amina, clock):
    """Amina’s signature, fifty days before its date. At noon: late in the evening, the day depends on the season."""
    clock.set(clock.moment.replace(hour=11))
    made = signed(national(at=clock.moment), organisation=entraide, email="amina@exemple.org", at=clock.moment)
    clock.advance(days=(made.renew_by - timezone.localdate(clock.moment)).days - 50)
    return made


def test_a_signature_to_renew_waits_for_its_people(sign_in, due, amina):
    page = space(sign_in(amina))
    assert "Signature à renouveler avant le" in page
    assert reverse("charters:renew-mine", args=[due.token]) in page


def test_two_months_and_a_day_before_nothing_waits(sign_in, due, amina, clock):
    clock.advance(days=-11)
    assert "à renouveler" not in space(sign_in(amina))


def test_asleep_it_says_so(sign_in, due, amina, elsa, clock):
    due.dormant_at = clock.moment
    due.save()
    page = space(sign_in(amina))
    assert "Signature en sommeil" in page
    assert "retirée" not in page
    assert "en sommeil depuis le" in space(sign_in(elsa))


def test_the_desk_of_a_coordinator(sign_in, due, elsa):
    page = space(sign_in(elsa))
    assert reverse("charters:gatherings") in page
    assert reverse("charters:duplicates") in page
    assert "Signatures à renouveler, ou en sommeil" in page
    assert "Entraide du Parc" in page
    assert reverse("charters:renew-mine", args=[due.token]) not in page, "hers to remind, not to renew"


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name not in {"amina", "elsa", "djibril"}])
def test_what_waits_for_amina_waits_for_nobody_else(request, sign_in, due, persona):
    page = space(sign_in(request.getfixturevalue(persona)))
    assert "à renouveler" not in page
    assert reverse("charters:gatherings") not in page


def test_a_visitor_is_asked_who_they_are(client):
    assert client.get(reverse("dashboard:my-space")).status_code == 302


def test_a_review_to_hold_then_an_adaptation_asleep(sign_in, jardins, bruno, amina, elsa, tilleuls, clock):
    adaptation = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=clock.moment).adaptation
    review = reverse("charters:review", args=[adaptation.slug])
    assert review not in space(sign_in(bruno))
    clock.advance(days=366)
    for carrier in (bruno, elsa):
        page = space(sign_in(carrier))
        assert "Point à faire depuis le" in page
        assert review in page
    assert review not in space(sign_in(amina))
    actions.review_adaptation(adaptation, outcome="rest", words="Une pause.", actor=bruno, at=clock.moment)
    page = space(sign_in(bruno))
    assert "Adaptation en sommeil" in page
    assert reverse("charters:wake", args=[adaptation.slug]) in page
    actions.review_adaptation(adaptation, outcome="close", words="Fini.", actor=bruno, at=clock.moment)
    assert reverse("charters:wake", args=[adaptation.slug]) not in space(sign_in(bruno))


def test_two_current_versions_are_one_review(sign_in, jardins, bruno, entraide, amina, elsa, tilleuls, clock):
    first = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=clock.moment, needed=1)
    signed(first, organisation=entraide, email="amina@exemple.org", at=clock.moment)
    draft = actions.revise_adaptation(first.adaptation, actor=elsa, at=clock.moment)
    until = timezone.localdate(clock.moment) + datetime.timedelta(days=9)
    draft = actions.open_to_remarks(draft, until=until, actor=elsa, at=clock.moment)
    actions.adopt_adaptation(
        draft,
        adopted_on=timezone.localdate(clock.moment),
        adopted_by="réunion",
        signatures_needed=9,
        review_on=timezone.localdate(clock.moment) + datetime.timedelta(days=100),
        actor=elsa,
        at=clock.moment,
    )
    clock.advance(days=101)
    review = reverse("charters:review", args=[first.adaptation.slug])
    assert space(sign_in(bruno)).count(f'href="{review}"') == 1


def test_three_of_everything_ask_the_database_no_more_than_one(sign_in, amina, elsa, tilleuls, clock):
    """Signatures due, adaptations to review, organisations and mandates: for a member, and for a coordinator."""
    national(at=clock.moment)
    begun, asked = clock.moment, {"amina": [], "elsa": []}
    for number in (1, 2, 3):
        clock.set(begun)
        organisation = OrganisationFactory(name=f"Association {number}", territories=[tilleuls])
        MembershipFactory(user=amina, organisation=organisation, manager=True)
        MandateFactory(user=amina, organisation=organisation, confirmed=True)
        signed(organisation=organisation, email="amina@exemple.org", at=begun, involvement="host")
        MandateFactory(organisation=organisation, user=MembershipFactory(organisation=organisation).user)
        OrganisationFactory(claimed=True, territories=[tilleuls])
        adopted(promoter=organisation, actor=elsa, territory=tilleuls, at=begun, name=f"Adaptation {number}")
        clock.advance(days=366)
        for persona, user in (("amina", amina), ("elsa", elsa)):
            reads = sign_in(type(user).objects.get(pk=user.pk))
            space(reads)
            with CaptureQueriesContext(connection) as queries:
                page = space(reads)
            assert f"Adaptation {number}" in page
            asked[persona].append(len(queries))
    for persona, (first, _second, third) in asked.items():
        assert third == first, (persona, asked)
