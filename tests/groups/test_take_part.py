"""Opening a group, being part of it, leaving it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.groups import actions
from maillage.groups.models import Group
from maillage.groups.queries import people_of
from maillage.messaging.models import Message
from maillage.organisations.actions import end_membership
from tests.factories.groups import GroupFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_an_association_opens_a_group_on_its_territory_and_animates_it(sign_in, amina, tilleuls, entraide):
    page = sign_in(amina)
    sent = {
        "name": "Collectif des Tilleuls",
        "territory": tilleuls.pk,
        "organisation": entraide.pk,
        "kind": "coordination_body",
        "founding_text": "Se voir chaque mois.",
        "decision_rule": "consent",
        "quorum": 0,
    }
    answer = page.post(reverse("groups:new"), sent, follow=True)
    assert "Le groupe est ouvert" in answer.text
    group = Group.objects.get()
    assert group.members.get().facilitates
    assert group.founding_text == "Se voir chaque mois."


def test_nobody_opens_a_group_on_a_territory_where_they_do_not_act(hugo, tilleuls, boxe, now):
    with pytest.raises(PermissionDenied):
        actions.create_group(
            name="Chez les autres", kind="working_group", territory=tilleuls, organisation=boxe, actor=hugo, at=now
        )


def test_two_groups_of_the_same_name_have_two_addresses(amina, entraide, tilleuls, now):
    made = [
        actions.create_group(
            name="Nouveau", kind="working_group", territory=tilleuls, organisation=entraide, actor=amina, at=now
        )
        for _ in range(2)
    ]
    assert len({group.slug for group in made} | {"nouveau"}) == 3


def test_asking_to_join_then_being_accepted(sign_in, group, elsa, amina, bruno, now):
    group.members.filter(facilitates=False).delete()
    page = sign_in(bruno).get(group.get_absolute_url())
    assert "Demander à en faire partie" in page.text
    assert "À faire" not in page.text
    jardins = bruno.memberships.get().organisation
    sign_in(bruno).post(
        reverse("groups:ask-to-join", args=[group.slug]), {"organisation": jardins.pk, "words": "Oui"}
    )
    asked = Message.objects.filter(kind="asked_to_join")
    assert {message.recipient for message in asked} == {amina.email, elsa.email}
    request = group.join_requests.get()
    with pytest.raises(actions.AlreadyThere):
        actions.ask_to_join(group, organisation=jardins, words="", actor=bruno, at=now)
    sign_in(amina).post(reverse("groups:settle-join-request", args=[group.slug, request.pk]), {"accept": "yes"})
    assert group.members.standing().filter(organisation=jardins).exists()
    assert "À faire" in sign_in(bruno).get(group.get_absolute_url()).text


def test_a_public_partner_is_never_a_member(group, amina, prefecture, now):
    with pytest.raises(ValidationError, match="invitez-le"):
        actions.add_member(group, organisation=prefecture, actor=amina, at=now)
    with pytest.raises(actions.AlreadyThere):
        actions.invite_partner(group, organisation=prefecture, actor=amina, at=now)


def test_an_unconfirmed_association_is_not_a_member_yet(group, amina, tilleuls, now):
    with pytest.raises(ValidationError, match="pas encore confirmée"):
        actions.add_member(group, organisation=OrganisationFactory(claimed=True), actor=amina, at=now)


def test_a_group_always_has_somebody_who_animates_it(group, amina, now):
    alone = group.members.get(facilitates=True)
    with pytest.raises(ValidationError, match="anime"):
        actions.end_member(alone, actor=amina, at=now)
    with pytest.raises(ValidationError, match="anime"):
        actions.set_member(alone, facilitates=False, host_order=1, actor=amina, at=now)


def test_an_association_leaves_by_itself_and_may_come_back(sign_in, group, amina, bruno, jardins, now):
    member = group.members.get(organisation=jardins)
    answer = sign_in(bruno).post(reverse("groups:end-member", args=[group.slug, member.pk]), follow=True)
    assert "ne fait plus partie" in answer.text
    assert not Group.objects.inside(type(bruno).objects.get(pk=bruno.pk)).exists()
    actions.add_member(group, organisation=jardins, actor=amina, at=now)
    assert group.members.filter(organisation=jardins).count() == 2


def test_a_resident_holds_a_seat_reads_and_is_written_to(sign_in, group, amina, chloe, now):
    actions.add_seat(group, name="Chloé", email=chloe.email, actor=amina, at=now)
    assert Message.objects.filter(kind="seat_given", recipient=chloe.email).exists()
    assert chloe in people_of(group)
    assert "À faire" in sign_in(chloe).get(group.get_absolute_url()).text


def test_who_works_for_a_public_partner_holds_no_seat(group, amina, fatou, now):
    with pytest.raises(ValidationError, match="partenaire public"):
        actions.add_seat(group, name="Fatou", email=fatou.email, actor=amina, at=now)


def test_who_no_longer_acts_for_a_member_is_not_inside_and_not_written_to(group, bruno, amina, jardins, now):
    from tests.factories.organisations import MembershipFactory

    MembershipFactory(organisation=jardins, manager=True)
    end_membership(bruno.memberships.get(), actor=bruno, at=now)
    bruno = type(bruno).objects.get(pk=bruno.pk)
    assert not Group.objects.inside(bruno).exists()
    assert bruno not in people_of(group)


def test_closing_keeps_everything_readable_and_stops_the_rest(sign_in, group, amina, bruno, now):
    actions.close_group(group, words="La fête a eu lieu.", actor=amina, at=now)
    page = sign_in(bruno).get(group.get_absolute_url())
    assert "La fête a eu lieu." in page.text
    with pytest.raises(PermissionDenied):
        actions.edit_group(group, name="Autre", actor=amina, at=now)
    with pytest.raises(PermissionDenied):
        actions.add_point(group, wording="Encore", actor=bruno, at=now)


def test_a_partner_sees_the_group_and_nothing_of_its_life(sign_in, group, fatou, amina, now):
    actions.add_point(group, wording="Un secret à faire", actor=amina, at=now)
    actions.add_seat(group, name="Samira", email="", actor=amina, at=now)
    page = sign_in(fatou).get(group.get_absolute_url())
    assert group.name in page.text
    for hidden in ("Un secret à faire", "Samira", group.founding_text, "À faire"):
        assert hidden not in page.text
    assert sign_in(fatou).get(reverse("groups:members", args=[group.slug])).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_three(sign_in, amina, tilleuls, entraide, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        client = sign_in(amina)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("groups:group-list"))
        return len(queries)

    GroupFactory(territory=tilleuls, members=[entraide])
    once = cost()
    GroupFactory(territory=tilleuls, members=[entraide, OrganisationFactory()])
    GroupFactory(territory=tilleuls)
    assert cost() == once


def test_two_rows_that_are_one_association_have_one_voice(group, amina, elsa, entraide, jardins, tilleuls, now):
    from maillage.charters.actions import merge_organisations

    twin = OrganisationFactory(name="Entraide du parc", territories=[tilleuls])
    other = GroupFactory(territory=tilleuls, members=[twin])
    actions.add_member(group, organisation=twin, actor=amina, at=now)
    merge_organisations(entraide, twin, actor=elsa, at=now)
    assert group.members.standing().filter(organisation__in=[entraide, twin]).count() == 1
    assert other.members.standing().get().organisation == entraide


def test_who_works_for_a_public_partner_too_is_not_written_to(group, amina, bruno, prefecture, now):
    from tests.factories.groups import MeetingFactory
    from tests.factories.organisations import MembershipFactory

    MembershipFactory(user=bruno, organisation=prefecture)
    actions.send_invitations(MeetingFactory(group=group), actor=amina, at=now)
    actions.note_decision(group, title="Entre nous", text="Oui.", actor=amina, at=now)
    assert [message.recipient for message in Message.objects.all()] == [amina.email]


def test_several_associations_are_added_in_one_gesture(sign_in, group, amina, tilleuls, now):
    url = reverse("groups:members", args=[group.slug])
    three = [OrganisationFactory(name=f"Voisine {n}", territories=[tilleuls]) for n in range(3)]
    OrganisationFactory(name="Pas confirmée", claimed=True, territories=[tilleuls])
    assert "Pas confirmée" not in sign_in(amina).get(url).text
    sent = {"organisation": [one.pk for one in three[:2]]}
    assert "2 associations font partie du groupe" in sign_in(amina).post(url, sent, follow=True).text
    assert group.members.standing().count() == 4
    assert "fait déjà partie" not in sign_in(amina).post(url, {}).text
    # All or none: the second is there already.
    with pytest.raises(actions.AlreadyThere):
        actions.add_members(group, organisations=[three[2], three[0]], actor=amina, at=now)
    assert group.members.standing().count() == 4
