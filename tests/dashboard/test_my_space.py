"""My space: what waits for me is there, what waits for somebody else is not."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.digest.actions import send_first_steps
from maillage.groups.actions import open_decision
from maillage.organisations.models import Organisation
from maillage.ui.days import date_format
from tests.factories.charters import adaptation_draft, adopted, national, signed
from tests.factories.groups import (
    ActionPointFactory,
    DatePollFactory,
    GroupFactory,
    MeetingFactory,
    ResidentSeatFactory,
)
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


def test_what_is_late_comes_first_and_a_day_is_said_once(sign_in, bruno, jardins, elsa, tilleuls):
    national()
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    group = GroupFactory(territory=tilleuls, members=[jardins])
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ActionPointFactory(group=group, organisation=jardins, wording="Réserver la salle", due_on=yesterday)
    page = space(sign_in(bruno))
    assert page.index("La date est passée") < page.index("Réserver la salle") < page.index("Quand vous pourrez")
    until = date_format(timezone.localdate() + datetime.timedelta(days=30), "j F Y")
    assert page.count(until) == 1


def test_a_week_with_nothing_says_so(sign_in, amina):
    Organisation.objects.update(confirmed_at=timezone.now() - datetime.timedelta(days=90))
    page = space(sign_in(amina))
    assert "Rien ne vous attend" in page
    assert "Rien de nouveau depuis deux semaines" in page


def test_many_things_are_folded(sign_in, amina, tilleuls):
    for number in range(12):
        OrganisationFactory(name=f"Nouvelle {number}", claimed=True, territories=[tilleuls])
    page = space(sign_in(amina))
    assert "<summary>4 autres</summary>" in page


def test_news_of_one_s_territories_and_of_no_other(sign_in, amina, hugo, jardins, bruno):
    signed(organisation=jardins, email=bruno.email)
    assert "Nouvelle signature" in space(sign_in(amina))
    hers = space(sign_in(hugo))
    assert "Nouvelle signature" not in hers
    assert "Les Jardins partagés" not in hers


def test_the_wall_in_news_and_in_what_waits(sign_in, fatou, jardins, elsa, tilleuls):
    national()
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, name="La charte secrète")
    OrganisationFactory(name="Les Nouveaux", claimed=True, territories=[tilleuls])
    GroupFactory(name="Le collectif secret", territory=tilleuls, members=[jardins])
    hers = space(sign_in(fatou))
    for word in ("La charte secrète", "Les Nouveaux", "Le collectif secret"):
        assert word not in hers


def test_three_first_things_wait_for_a_new_signatory(sign_in, amina, entraide, now):
    signed(organisation=entraide, email=amina.email, involvement="host", at=now)
    assert reverse("dashboard:first-steps") not in space(sign_in(amina))
    send_first_steps(at=now + datetime.timedelta(hours=1))
    assert reverse("dashboard:first-steps") in space(sign_in(amina))


@pytest.mark.parametrize(("page", "most"), [("my-space", 90), ("coordination", 26)])
def test_how_much_the_pages_that_gather_ask(sign_in, elsa, amina, entraide, page, most):
    signed(organisation=entraide, email=amina.email, involvement="host")
    reads = sign_in(elsa)
    with CaptureQueriesContext(connection) as queries:
        assert reads.get(reverse(f"dashboard:{page}")).status_code == 200
    assert len(queries) <= most


def test_three_of_everything_on_the_desk_ask_no_more_than_one(sign_in, elsa, tilleuls, now):
    version, asked = national(at=now), []
    for number in (1, 2, 3):
        organisation = OrganisationFactory(name=f"Association {number}", territories=[tilleuls])
        person = MembershipFactory(organisation=organisation, manager=True).user
        signed(version, organisation=organisation, email=person.email, involvement="host", at=now)
        OrganisationFactory(claimed=True, territories=[tilleuls])
        MeetingFactory(group=GroupFactory(territory=tilleuls))
        MandateFactory(organisation=organisation, ends_on=timezone.localdate(now) + datetime.timedelta(days=9))
        for name, args in (("coordination", []), ("hand-over", [tilleuls.slug])):
            reads = sign_in(type(elsa).objects.get(pk=elsa.pk))
            address = reverse(f"dashboard:{name}", args=args)
            reads.get(address)
            with CaptureQueriesContext(connection) as queries:
                page = reads.get(address).content.decode()
            assert f"Association {number}" in page
            asked.append(len(queries))
    assert asked[:2] == asked[-2:], asked


def test_a_resident_finds_the_group_of_their_seat_and_is_not_asked_for_an_association(
    sign_in, chloe, tilleuls, entraide
):
    group = GroupFactory(name="Table des Tilleuls", territory=tilleuls, members=[entraide])
    assert "Vous ne représentez encore aucune association." in space(sign_in(chloe))
    ResidentSeatFactory(group=group, user=chloe)
    page = space(sign_in(chloe))
    assert "Mes groupes" in page
    assert group.get_absolute_url() in page
    assert "Vous ne représentez encore aucune association." not in page


def test_the_desk_says_what_closes_in_the_groups_and_what_is_late(
    sign_in, elsa, fatou, tilleuls, entraide, amina, now
):
    group = GroupFactory(territory=tilleuls, members=[entraide])
    today = timezone.localdate(now)
    soon = today + datetime.timedelta(days=9)
    words = {"title": "Une sono", "proposal": "L’acheter.", "closes_on": soon}
    open_decision(group, kind="consent", **words, actor=amina, at=now)
    DatePollFactory(group=group, title="Rencontrer la Sablière", answer_by=soon)
    ActionPointFactory(group=group, wording="Appeler la mairie", due_on=today - datetime.timedelta(days=2))
    page = sign_in(elsa).get(reverse("dashboard:coordination")).text
    for line in ("Une sono", "Rencontrer la Sablière", "Appeler la mairie"):
        assert line in page
    assert sign_in(amina).get(reverse("dashboard:coordination")).status_code == 403
