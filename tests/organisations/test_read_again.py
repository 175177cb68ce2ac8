"""Once a year a profile is read again: asked by e-mail, answered in one click, and said where it was not."""

import datetime
import re

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from maillage.messaging.models import Message
from maillage.organisations import actions
from maillage.organisations.links import REFRESH, refresh_link
from maillage.organisations.models import Membership
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.harness.outcome import told

pytestmark = pytest.mark.django_db
KIND = "profile_to_read_again"


@pytest.fixture
def now():
    """In the morning: the days that follow are the same in Paris and in UTC."""
    return timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def stale(entraide, amina, clock):
    """Amina’s, a year and a day after it was claimed."""
    clock.set(entraide.claimed_at + datetime.timedelta(days=366))
    return entraide


def link_in_mail():
    return re.search(
        r"(/organisations/relire/\S+/)",
        Message.objects.filter(kind=KIND, recipient="amina@exemple.org").latest("pk").body,
    )[1]


def test_it_is_asked_twice_at_most_a_year_and_never_of_those_who_do_not_manage(stale, amina, chloe, clock):
    MembershipFactory(user=chloe, organisation=stale)
    days = {}
    for day in range(0, 730):
        at = clock.moment + datetime.timedelta(days=day)
        if asked := actions.follow_profiles(at=at):
            days[day] = asked
            assert actions.follow_profiles(at=at) == 0, "twice a day does no harm"
    assert list(days) == [0, 60, 425]
    assert told(KIND) == ["amina"] * 3


@pytest.mark.parametrize("days", [0, 300, 364])
def test_before_a_year_nobody_is_asked(stale, amina, clock, days):
    assert actions.follow_profiles(at=stale.claimed_at + datetime.timedelta(days=days)) == 0


def test_one_that_nobody_manages_or_that_is_gone_is_not_asked(stale, amina, clock):
    Membership.objects.update(until=timezone.localdate())
    OrganisationFactory(archived=True, created_at=clock.moment - datetime.timedelta(days=900))
    OrganisationFactory(draft=True, created_at=clock.moment - datetime.timedelta(days=900))
    assert actions.follow_profiles(at=clock.moment) == 0
    stale.refresh_from_db()
    assert stale.refresh_asked_at is None, "whoever takes it over will be asked"


def test_one_click_without_signing_in(client, stale, amina, clock):
    actions.follow_profiles(at=clock.moment)
    link = link_in_mail()
    for _ in range(2):
        page = client.get(link).content.decode()
        assert "Tout est juste" in page
        assert "Entraide du Parc" in page
    stale.refresh_from_db()
    assert stale.refreshed_at is None, "opening changes nothing"
    clock.advance(days=3)
    assert "C’est fait, merci" in client.post(link).content.decode()
    stale.refresh_from_db()
    assert stale.refreshed_at == clock.moment
    clock.advance(days=3)
    assert "C’est fait, merci" in client.post(link).content.decode()
    stale.refresh_from_db()
    assert stale.refreshed_at == clock.moment - datetime.timedelta(days=3), "it serves once"
    assert actions.follow_profiles(at=clock.moment) == 0
    assert actions.follow_profiles(at=clock.moment + datetime.timedelta(days=363)) == 1


def test_a_link_ends(client, stale, amina, clock):
    actions.follow_profiles(at=clock.moment)
    clock.advance(days=121)
    answer = client.post(link_in_mail())
    assert answer.status_code == 302
    assert reverse("organisations:refresh", args=[stale.uuid]) in answer["Location"]
    stale.refresh_from_db()
    assert stale.refreshed_at is None


def test_a_link_of_somebody_who_no_longer_manages_does_nothing(client, stale, amina, bruno, clock):
    actions.follow_profiles(at=clock.moment)
    link = link_in_mail()
    MembershipFactory(user=bruno, organisation=stale, manager=True)
    Membership.objects.filter(user=amina).update(role=Membership.Role.MEMBER)
    assert client.get(link).status_code == client.post(link).status_code == 404
    Membership.objects.filter(user=amina).update(until=timezone.localdate())
    assert client.post(link).status_code == 404
    stale.refresh_from_db()
    assert stale.refreshed_at is None


def test_a_forged_link_is_nothing(client, stale, amina, bruno, clock):
    content = [str(stale.uuid), str(amina.uuid), clock.moment.isoformat()]
    for link in (
        signing.dumps(content),
        signing.dumps(content, salt=REFRESH, key="une autre"),
        signing.dumps([1, 2], salt=REFRESH),
        signing.dumps("x", salt=REFRESH),
        signing.dumps([*content[:2], 3], salt=REFRESH),
        refresh_link(stale, bruno, clock.moment),
        refresh_link(stale, amina, clock.moment)[:-1],
    ):
        assert client.post(reverse("organisations:refresh-by-link", args=[link])).status_code == 404
    stale.refresh_from_db()
    assert stale.refreshed_at is None


def test_the_link_shows_no_address(client, stale, amina, clock):
    stale.contact_email = "bureau@exemple.org"
    stale.save()
    page = client.get(reverse("organisations:refresh-by-link", args=[refresh_link(stale, amina, clock.moment)]))
    assert "@" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_a_link_after_the_organisation_is_gone(client, stale, amina, clock):
    link = reverse("organisations:refresh-by-link", args=[refresh_link(stale, amina, clock.moment)])
    type(stale).objects.filter(pk=stale.pk).update(archived_at=clock.moment)
    assert "n’a plus cours" in client.post(link).content.decode()
    stale.refresh_from_db()
    assert stale.refreshed_at is None


def test_signed_in_it_waits_in_my_space(sign_in, stale, amina, bruno, clock):
    amina_does, address = sign_in(amina), reverse("organisations:refresh", args=[stale.uuid])
    assert address in amina_does.get("/espace/").content.decode()
    assert address in amina_does.get(stale.get_absolute_url()).content.decode()
    assert sign_in(bruno).post(address).status_code == 403
    amina_does.post(address)
    assert address not in amina_does.get("/espace/").content.decode()
    stale.refresh_from_db()
    assert stale.refreshed_at == clock.moment


@pytest.mark.parametrize(("days", "is_stale"), [(364, False), (365, False), (366, True)])
def test_a_stale_profile_says_so_everywhere(client, entraide, amina, tilleuls, clock, days, is_stale):
    # At noon, and by the day: the hour of the change of seasons does not count.
    clock.set(timezone.make_aware(datetime.datetime(2026, 3, 2, 12)))
    type(entraide).objects.filter(pk=entraide.pk).update(
        claimed_at=clock.moment - datetime.timedelta(days=900),
        refreshed_at=clock.moment - datetime.timedelta(days=days),
    )
    for address in (entraide.get_absolute_url(), "/annuaire/", f"/territoires/{tilleuls.slug}/"):
        assert ("Fiche non relue depuis" in client.get(address).content.decode()) is is_stale, address


def test_the_delay_is_a_setting(entraide, settings, clock):
    settings.PROFILE_REFRESH_DAYS = 10
    assert not entraide.is_stale(timezone.localdate(entraide.claimed_at) + datetime.timedelta(days=10))
    assert entraide.is_stale(timezone.localdate(entraide.claimed_at) + datetime.timedelta(days=11))
