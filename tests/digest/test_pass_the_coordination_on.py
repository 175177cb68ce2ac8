"""A coordinator proposes somebody, who accepts: the territory passes at once, and is never without anybody."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from maillage.accounts.models import User
from maillage.digest import actions
from maillage.digest.models import Succession
from maillage.messaging.models import Message
from maillage.organisations.models import TerritoryRole
from maillage.privacy.actions import forget_person
from tests.factories.organisations import TerritoryRoleFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def propose(elsa, tilleuls, now):
    def propose(email="suite@exemple.org", leaves=True, actor=elsa, at=now):
        return actions.propose_succession(
            tilleuls, email=email, leaves=leaves, words="Tu connais tout le monde.", actor=actor, at=at
        )

    return propose


def link_to(email):
    body = Message.objects.get(recipient=email, kind="succession_proposed").body
    return "/" + re.search(r"https?://[^/]+/(espace/coordination/accepter/\S+)", body)[1]


def coordinators(territory):
    roles = TerritoryRole.objects.filter(territory=territory, role="coordinator", until=None)
    return sorted(roles.values_list("user__email", flat=True))


def test_the_whole_way(client, sign_in, elsa, tilleuls):
    does = sign_in(elsa)
    address = reverse("dashboard:hand-over", args=[tilleuls.slug])
    does.post(address, {"email": "Suite@exemple.org", "words": "À toi.", "leaves": "on"})
    assert "suite@exemple.org" in does.get(address).content.decode()
    assert coordinators(tilleuls) == ["elsa@exemple.org"], "nothing changes before"
    link = link_to("suite@exemple.org")
    page = client.get(link).content.decode()
    assert "Coordonner Les Tilleuls" in page
    assert "À toi." in page
    assert "Vous coordonnez Les Tilleuls" in client.post(link).content.decode()
    assert coordinators(tilleuls) == ["suite@exemple.org"]
    newcomer = User.objects.get(email="suite@exemple.org")
    assert sign_in(newcomer).get(reverse("dashboard:coordination")).status_code == 200
    assert sign_in(User.objects.get(pk=elsa.pk)).get(reverse("dashboard:coordination")).status_code == 403
    assert Message.objects.filter(kind="succession_accepted", recipient=elsa.email).exists()
    kept = Succession.objects.get()
    assert (kept.email, kept.words, kept.accepted_by) == ("", "", newcomer)
    journal = ModelLogEntry.objects.values_list("action", flat=True)
    assert {"digest.propose_succession", "digest.accept_succession"} <= set(journal)
    assert "n’est plus ouverte" in client.get(link).content.decode()
    assert "n’est plus ouverte" in client.post(link).content.decode()


def test_two_may_coordinate(propose, tilleuls, now):
    actions.accept_succession(propose(leaves=False), at=now)
    assert coordinators(tilleuls) == ["elsa@exemple.org", "suite@exemple.org"]


def test_one_at_a_time_and_taken_back(client, sign_in, propose, elsa, tilleuls):
    first = propose()
    with pytest.raises(ValidationError, match="déjà proposée"):
        propose(email="autre@exemple.org")
    link = link_to("suite@exemple.org")
    sign_in(elsa).post(reverse("dashboard:withdraw-succession", args=[first.pk]))
    assert "n’est plus ouverte" in client.post(link).content.decode()
    assert coordinators(tilleuls) == ["elsa@exemple.org"]
    propose(email="autre@exemple.org")


def test_too_old_it_opens_nothing_and_another_may_be_made(propose, tilleuls, now):
    old = propose(at=now - 31 * DAY)
    with pytest.raises(actions.AlreadyAnswered):
        actions.accept_succession(old, at=now)
    propose(at=now)
    old.refresh_from_db()
    assert old.withdrawn_at
    assert old.email == ""


def test_who_works_for_a_public_partner_stays_outside(propose, fatou, tilleuls, now):
    with pytest.raises(ValidationError, match="partenaire public"):
        actions.accept_succession(propose(email=fatou.email), at=now)
    assert coordinators(tilleuls) == ["elsa@exemple.org"]


def test_who_no_longer_coordinates_passes_nothing_on(propose, elsa, tilleuls, now):
    proposed = propose()
    TerritoryRole.objects.filter(user=elsa).update(until=now.date())
    with pytest.raises(actions.AlreadyAnswered):
        actions.accept_succession(proposed, at=now)


def test_nobody_else_proposes_nor_takes_back(propose, amina, hugo, fatou, tilleuls, now):
    proposed = propose()
    for somebody in (amina, hugo, fatou):
        with pytest.raises(PermissionDenied):
            propose(actor=somebody)
        with pytest.raises(PermissionDenied):
            actions.withdraw_succession(proposed, actor=somebody, at=now)


def test_to_oneself_says_why_not(propose, elsa):
    with pytest.raises(actions.NotForYou, match="la vôtre"):
        propose(email=elsa.email)


def test_a_forged_link(client):
    assert client.post(reverse("dashboard:accept-succession", args=["a" * 40])).status_code == 404


def test_forgotten_they_are_no_longer_proposed(propose, bruno, now):
    propose(email=bruno.email)
    forget_person(bruno, actor=bruno, at=now, nobody_can_take_over=True)
    kept = Succession.objects.get()
    assert kept.email == ""
    assert kept.withdrawn_at


def test_what_the_next_one_receives_is_of_one_territory(sign_in, elsa, entraide, boxe, ailleurs, tilleuls):
    page = sign_in(elsa).get(reverse("dashboard:hand-over", args=[tilleuls.slug])).content.decode()
    assert "Entraide du Parc" in page
    assert "Boxe pour toutes" not in page
    other = reverse("dashboard:hand-over", args=[ailleurs.slug])
    assert sign_in(elsa).get(other).status_code == 404
    TerritoryRoleFactory(user=elsa, territory=ailleurs)
    again = User.objects.get(pk=elsa.pk)
    assert "Boxe pour toutes" in sign_in(again).get(other).content.decode()


def test_the_page_shows_no_form_while_somebody_is_asked(sign_in, propose, elsa, tilleuls):
    address = reverse("dashboard:hand-over", args=[tilleuls.slug])
    does = sign_in(elsa)
    assert 'name="email"' in does.get(address).content.decode()
    propose()
    page = does.get(address).content.decode()
    assert 'name="email"' not in page
    assert "Retirer la proposition" in page
