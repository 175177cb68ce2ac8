"""The pages of one's own data, as people go through them."""

import pytest
from django.urls import reverse

from maillage.accounts.models import User
from maillage.messaging.models import Message
from maillage.organisations.models import Membership
from maillage.privacy.processing import KEPT
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_my_space_leads_there(sign_in, amina):
    assert reverse("privacy:my-data") in text(sign_in(amina).get("/espace/"))


def test_what_is_kept_is_said_to_everybody_in_the_same_words(client, sign_in, chloe):
    pages = text(client.get("/confidentialite/")), text(sign_in(chloe).get("/espace/mes-donnees/"))
    for row in KEPT:
        assert all(str(words) in page for page in pages for words in (row.what, row.why, row.seen_by, row.how_long))


def test_only_what_she_manages_is_offered(sign_in, amina, jardins):
    page = text(sign_in(amina).get(reverse("privacy:my-data")))
    assert "Entraide du Parc (ZIP)" in page
    assert jardins.name not in page


def test_forgetting_ends_the_session_and_says_so(sign_in, amina, bachir):
    client = sign_in(amina)
    page = text(client.get(reverse("privacy:forget")))
    assert "Ce qui reste" in page
    assert "reprendre la gestion" not in page
    response = client.post(reverse("privacy:forget"), {"understood": "on"}, follow=True)
    assert "C’est effacé" in text(response)
    assert client.get("/espace/").status_code == 302
    assert User.objects.get(pk=amina.pk).forgotten_at


def test_reading_the_page_or_leaving_the_box_empty_forgets_nobody(sign_in, amina, bachir):
    client = sign_in(amina)
    client.get(reverse("privacy:forget"))
    assert "Cochez cette case" in text(client.post(reverse("privacy:forget"), {"understood": ""}))
    assert User.objects.get(pk=amina.pk).is_active


def test_the_only_manager_is_led_to_hand_over_and_may_leave_it(sign_in, amina, entraide):
    client = sign_in(amina)
    assert reverse("organisations:hand-over", args=[entraide.uuid]) in text(client.get(reverse("privacy:forget")))
    refused = client.post(reverse("privacy:forget"), {"understood": "on"})
    assert "Confiez d’abord" in text(refused)
    assert User.objects.get(pk=amina.pk).is_active
    client.post(reverse("privacy:forget"), {"understood": "on", "nobody_can_take_over": "on"})
    assert not User.objects.get(pk=amina.pk).is_active


def test_a_colleague_receives_the_management_then_she_leaves(sign_in, amina, entraide):
    colleague = MembershipFactory(organisation=entraide)
    client, address = sign_in(amina), reverse("organisations:hand-over", args=[entraide.uuid])
    client.post(address, {"email": colleague.user.email, "function": "trésorier"})
    colleague.refresh_from_db()
    assert colleague.role == Membership.Role.MANAGER
    assert Message.objects.filter(recipient=colleague.user.email, kind="organisation_handed_over").exists()
    client.post(reverse("privacy:forget"), {"understood": "on"})
    assert not User.objects.get(pk=amina.pk).is_active


@pytest.mark.parametrize("person", ["bruno", "chloe", "elsa", "fatou"])
def test_nobody_else_takes_it_over(request, sign_in, entraide, amina, person):
    MembershipFactory(organisation=entraide)
    client = sign_in(request.getfixturevalue(person))
    assert client.post(reverse("organisations:take-over", args=[entraide.uuid])).status_code == 403
    assert set(entraide.memberships.values_list("role", flat=True)) == {"manager", "member"}


def test_a_member_takes_over_what_nobody_manages_any_more(sign_in, amina, entraide):
    member = MembershipFactory(organisation=entraide).user
    client, address = sign_in(member), reverse("organisations:take-over", args=[entraide.uuid])
    assert client.get(address).status_code == 403
    sign_in(amina).post(reverse("privacy:forget"), {"understood": "on", "nobody_can_take_over": "on"})
    client = sign_in(User.objects.get(pk=member.pk))
    assert address in text(client.get(entraide.get_absolute_url()))
    assert "Reprendre la gestion" in text(client.get(address))
    page = text(client.post(address, follow=True))
    assert "À reprendre." not in page
    assert "Modifier la fiche" in page
    assert entraide.memberships.standing().get().role == Membership.Role.MANAGER
