"""An association alerts one person: that person reads and answers, nobody else knows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.alerts import actions, queries
from maillage.alerts.models import Alert
from maillage.messaging.models import Message
from maillage.organisations.models import TerritoryRole
from tests.factories.alerts import AlertFactory
from tests.factories.organisations import (
    MembershipFactory,
    NetworkRoleFactory,
    OrganisationFactory,
    TerritoryRoleFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
SECRET = "On ne peut plus payer Zoé"


@pytest.fixture
def elsas(elsa):
    return TerritoryRole.objects.get(user=elsa)


@pytest.fixture
def alert(entraide, amina, elsas, now):
    told = {"kind": "employment", "words": SECRET, "hoped": "un prêt"}
    return actions.send_alert(entraide, role=elsas, **told, actor=amina, at=now)


def test_the_one_person_who_was_chosen_reads_answers_and_says_what_came_of_it(sign_in, alert, amina, elsa):
    page = sign_in(elsa).get(alert.get_absolute_url())
    assert SECRET in page.content.decode()
    sign_in(elsa).post(f"{alert.get_absolute_url()}lue/")
    assert "· lue" in sign_in(amina).get(alert.get_absolute_url()).content.decode()
    sign_in(elsa).post(f"{alert.get_absolute_url()}ecrire/", {"words": "Je vous appelle demain."})
    assert "Je vous appelle demain." in sign_in(amina).get(alert.get_absolute_url()).content.decode()
    sign_in(elsa).post(f"{alert.get_absolute_url()}clore/", {"outcome": "helped"})
    alert.refresh_from_db()
    assert (str(alert.state), alert.outcome) == ("close", "helped")


@pytest.mark.parametrize("who", ["bruno", "chloe", "fatou", "gael", "ines", "hugo"])
def test_nobody_else_knows(request, sign_in, alert, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(alert.get_absolute_url()).status_code == 404
    listed = client.get("/alertes/")
    assert SECRET not in listed.content.decode()
    assert "Entraide" not in (listed.content.decode() if listed.status_code == 200 else "")


def test_neither_its_members_nor_another_coordination_of_the_place(sign_in, alert, entraide, tilleuls, chloe, bruno):
    MembershipFactory(user=chloe, organisation=entraide, role="member")
    TerritoryRoleFactory(user=bruno, territory=tilleuls)
    for user in (chloe, bruno):
        assert sign_in(user).get(alert.get_absolute_url()).status_code == 404


def test_letters_and_journal_say_nothing_of_it(alert, amina, elsa, now):
    actions.write(alert, words=SECRET, actor=elsa, at=now)
    from wagtail.models import ModelLogEntry

    letters = Message.objects.all()
    assert sorted(letters.values_list("recipient", flat=True)) == sorted([elsa.email, amina.email])
    said = " ".join(f"{one.subject} {one.body}" for one in letters)
    said += " ".join(f"{one.label} {one.data}" for one in ModelLogEntry.objects.filter(action__startswith="alerts."))
    for hidden in (SECRET, "Entraide", "emploi", "employment"):
        assert hidden not in said


def test_an_association_chooses_among_those_around_it(entraide, tilleuls, elsas, amina, federation, now):
    region = TerritoryFactory(kind="region")
    tilleuls.region = region
    tilleuls.save()
    above = TerritoryRoleFactory(territory=region)
    elsewhere = TerritoryRoleFactory(territory=TerritoryFactory(qpv=True))
    mediator = TerritoryRoleFactory(territory=tilleuls, role="mediator")
    own = TerritoryRoleFactory(territory=tilleuls, user=amina)
    partner = TerritoryRoleFactory(territory=tilleuls)
    MembershipFactory(user=partner.user, organisation=OrganisationFactory(kind="public_partner"))
    assert set(queries.coordinators_for(entraide)) == {elsas, above}
    for role in (elsewhere, mediator, own, partner):
        with pytest.raises(ValidationError):
            actions.send_alert(entraide, role=role, kind="funding", words="x", actor=amina, at=now)
    assert not Alert.objects.exists()


def test_who_follows_its_network_may_be_chosen(entraide, amina, ines, federation, now):
    from maillage.organisations.models import NetworkMembership

    role = ines.network_roles.get()
    with pytest.raises(ValidationError):
        actions.send_alert(entraide, role=role, kind="funding", words="x", actor=amina, at=now)
    NetworkMembership.objects.create(organisation=entraide, network=federation, since=timezone.localdate(now))
    alert = actions.send_alert(entraide, role=role, kind="funding", words="x", actor=amina, at=now)
    assert list(Alert.objects.visible_to(ines)) == [alert]
    other = NetworkRoleFactory(network=federation)
    assert not Alert.objects.visible_to(other.user).exists()


def test_whoever_leaves_the_role_reads_no_more_and_the_association_chooses_again(
    sign_in, alert, elsa, elsas, amina, tilleuls, now
):
    elsas.until = timezone.localdate(now)
    elsas.save()
    assert sign_in(elsa).get(alert.get_absolute_url()).status_code == 404
    lines = queries.waiting_for(amina, today=timezone.localdate(now))
    assert "n’a plus ce rôle" in str(lines[0].what)
    assert sign_in(amina).get(alert.get_absolute_url()).status_code == 200
    another = TerritoryRoleFactory(territory=tilleuls)
    sign_in(amina).post(f"{alert.get_absolute_url()}confier/", {"to": f"territoire-{another.pk}"})
    assert SECRET in sign_in(another.user).get(alert.get_absolute_url()).content.decode()


def test_a_member_or_a_partner_cannot_alert(entraide, chloe, fatou, elsas, now):
    MembershipFactory(user=chloe, organisation=entraide, role="member")
    for user in (chloe, fatou):
        with pytest.raises(PermissionDenied):
            actions.send_alert(entraide, role=elsas, kind="funding", words="x", actor=user, at=now)


def test_a_late_answer_is_recalled_once(alert, elsa, clock, mailoutbox):
    Message.objects.all().delete()
    clock.advance(days=7)
    assert actions.follow_alerts(at=timezone.now()) == 0
    clock.advance(days=1)
    assert actions.follow_alerts(at=timezone.now()) == 1
    assert actions.follow_alerts(at=timezone.now()) == 0
    assert [one.recipient for one in Message.objects.all()] == [elsa.email]


def test_only_the_association_withdraws(sign_in, alert, amina, elsa, now):
    with pytest.raises(ValidationError):
        actions.close_alert(alert, outcome="withdrawn", actor=elsa, at=now)
    sign_in(amina).post(f"{alert.get_absolute_url()}clore/", {"outcome": "withdrawn"})
    alert.refresh_from_db()
    assert alert.outcome == "withdrawn"


def test_what_waits_for_each_side(alert, amina, elsa, bruno, now):
    today = timezone.localdate(now)
    assert [line.on for line in queries.waiting_for(elsa, today=today)] == [alert.due_on]
    assert queries.waiting_for(amina, today=today) == []
    actions.write(alert, words="J’arrive.", actor=elsa, at=now)
    assert queries.waiting_for(elsa, today=today) == []
    assert len(queries.waiting_for(amina, today=today)) == 1
    assert queries.waiting_for(bruno, today=today) == []


def quarter_of_alerts(region, number, kind="funding", day=datetime.date(2026, 2, 3)):
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    return [AlertFactory(region=region, kind=kind, sent_at=at) for _n in range(number)]


def test_the_synthesis_shows_five_and_hides_four(sign_in, elsa, ines, amina, fatou):
    region = TerritoryFactory(kind="region", name="Orle-et-Canal")
    quarter_of_alerts(region, 5)
    quarter_of_alerts(region, 4, kind="premises")
    quarter_of_alerts(region, 9, kind="pressure", day=datetime.date(2026, 11, 3))
    today = datetime.date(2026, 11, 23)
    assert queries.synthesis(today=today) == [("Orle-et-Canal", datetime.date(2026, 1, 1), "financement", 5)]
    for user in (elsa, ines):
        page = sign_in(user).get("/alertes/synthese/").content.decode()
        assert "Orle-et-Canal" in page
        assert ">9<" not in page
        assert ">4<" not in page
    for user in (amina, fatou):
        assert sign_in(user).get("/alertes/synthese/").status_code == 403


def test_one_association_that_alerts_five_times_is_one(now):
    region = TerritoryFactory(kind="region")
    alerts = quarter_of_alerts(region, 5)
    Alert.objects.update(organisation=alerts[0].organisation)
    assert queries.synthesis(today=datetime.date(2026, 11, 23)) == []


def test_withdrawing_does_not_change_the_synthesis(now):
    region = TerritoryFactory(kind="region")
    alerts = quarter_of_alerts(region, 5)
    before = queries.synthesis(today=datetime.date(2026, 11, 23))
    Alert.objects.filter(pk=alerts[0].pk).update(outcome="withdrawn", closed_at=now)
    assert queries.synthesis(today=datetime.date(2026, 11, 23)) == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(sign_in, elsa, elsas, number, django_assert_max_num_queries):
    AlertFactory.create_batch(number, territory_role=elsas)
    client = sign_in(elsa)
    with django_assert_max_num_queries(12):
        client.get("/alertes/")
