"""Renewing: one click from an e-mail or signed in, asleep after a silence, awake again."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.links import renewal_link
from maillage.charters.models import RegisterEntry, Signature
from maillage.charters.permissions import can_renew
from maillage.messaging.models import Message
from maillage.organisations.models import Mandate
from tests.factories.charters import national, signed
from tests.factories.organisations import MembershipFactory
from tests.harness.outcome import data_is_sound, events, told
from tests.harness.people import PERSONAS

from .test_sign_together import all_at_once

pytestmark = pytest.mark.django_db

NOTHING = {"reminded": 0, "dormant": 0}


@pytest.fixture
def now():
    """In the morning: the days that follow are the same in Paris and in UTC."""
    return timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def signature(entraide, amina, clock):
    """Signed a year before the clock's day: to be renewed on that very day."""
    made = signed(organisation=entraide, email="amina@exemple.org", at=clock.moment)
    clock.advance(days=(made.renew_by - timezone.localdate(clock.moment)).days)
    return made


def asleep(signature, clock):
    actions.follow_renewals(at=clock.moment)
    actions.follow_renewals(at=clock.advance(days=90))
    signature.refresh_from_db()
    assert signature.dormant_at == clock.moment
    return signature


def link_of(signature, user):
    return reverse("charters:renew", args=[renewal_link(signature, user)])


def test_one_click_from_the_e_mail_renews_for_a_year(client, signature, clock):
    actions.follow_renewals(at=clock.moment)
    address = re.search(r"http://testserver(\S+renouveler\S+)", Message.objects.get(kind="renewal_due").body)[1]
    assert told("renewal_due") == ["amina"]
    for _ in range(2):
        page = client.get(address).content.decode()
        assert "Nous renouvelons notre signature" in page
    assert events() == ["signed"], "opening the link changes nothing"

    page = client.post(address).content.decode()
    assert "C’est fait, merci" in page
    before = signature.renew_by
    signature.refresh_from_db()
    assert (signature.renew_by - before).days in {365, 366}
    assert events() == ["signed", "renewed"]
    assert told("signature_renewed") == ["amina"]
    assert data_is_sound()


def test_renewing_twice_changes_nothing(client, signature, amina, clock):
    address = link_of(signature, amina)
    for _ in range(3):
        assert "C’est fait, merci" in client.post(address).content.decode()
    actions.renew_signature(signature, actor=amina, at=clock.advance(hours=2))
    assert events() == ["signed", "renewed"]


def test_renewed_twice_a_day_even_where_signatures_last_a_month(settings, signature, amina, clock):
    settings.SIGNATURE_LASTS_MONTHS = 1
    for _ in range(2):
        actions.renew_signature(signature, actor=amina, at=clock.moment)
    assert events() == ["signed", "renewed"]


def test_signed_in_it_is_renewed_from_my_space(sign_in, signature, amina):
    reads = sign_in(amina)
    address = reverse("charters:renew-mine", args=[signature.token])
    assert address in reads.get(reverse("dashboard:my-space")).content.decode()
    assert "La signature est renouvelée" in reads.post(address, follow=True).content.decode()
    assert address not in reads.get(reverse("dashboard:my-space")).content.decode()


def test_long_before_its_date_it_is_refused_with_the_date(sign_in, entraide, amina, clock):
    made = signed(organisation=entraide, email="amina@exemple.org", at=clock.moment)
    response = sign_in(amina).post(reverse("charters:renew-mine", args=[made.token]))
    assert response.status_code == 409
    assert f"valable jusqu’au {made.renew_by:%d/%m/%Y}" in response.content.decode()
    assert events() == ["signed"]


def test_without_a_mandate_the_page_asks_for_one(client, signature, amina, entraide, clock):
    Mandate.objects.update(ends_on=timezone.localdate(clock.moment) - datetime.timedelta(days=1))
    address = link_of(signature, amina)
    assert "Vous n’avez plus de mandat en cours" in client.get(address).content.decode()
    assert "obligatoire" in client.post(address, {"function": ""}).content.decode()
    to_come = {"function": "trésorière", "decided_on": "2999-01-01"}
    assert "Cette date est à venir" in client.post(address, to_come).content.decode()
    assert events() == ["signed"]
    assert "C’est fait" in client.post(address, {"function": "trésorière"}).content.decode()
    mandate = amina.mandates.in_force(timezone.localdate(clock.moment)).get()
    assert (mandate.function, mandate.is_confirmed) == ("trésorière", False)
    Mandate.objects.update(ended_at=clock.moment)
    Signature.objects.update(renewed_at=None, renew_by=timezone.localdate(clock.moment))
    with pytest.raises(actions.MandateMissing):
        actions.renew_signature(signature, actor=amina, at=clock.moment)


@pytest.mark.parametrize("change", [lambda x: x[:-1], lambda x: "x" + x, lambda _: "a:b:c", lambda _: "rien"])
def test_a_forged_link_opens_nothing(client, signature, amina, change):
    address = reverse("charters:renew", args=[change(renewal_link(signature, amina))])
    for ask in (client.get, client.post):
        response = ask(address)
        assert response.status_code == 404
        assert "Ce lien ne marche pas" in response.content.decode()
    assert events() == ["signed"]


def test_a_link_is_its_owners_whoever_has_signed_in(sign_in, signature, amina, bruno):
    """Bruno opens the link that Amina received: it says Amina's organisation, and it is she who renews."""
    reads = sign_in(bruno)
    address = link_of(signature, amina)
    assert "Entraide du Parc" in reads.get(address).content.decode()
    reads.post(address)
    assert told("signature_renewed") == ["amina"]
    assert reads.get(reverse("charters:renew-mine", args=[signature.token])).status_code == 403


def test_the_link_of_somebody_who_left_is_dead(client, signature, amina, clock):
    address = link_of(signature, amina)
    amina.memberships.update(until=timezone.localdate(clock.moment))
    assert client.post(address).status_code == 404
    amina.is_active = False
    amina.save()
    assert client.get(address).status_code == 404
    assert events() == ["signed"]


def test_after_a_withdrawal_the_link_says_so_and_does_nothing(client, signature, amina, clock):
    address = link_of(signature, amina)
    actions.withdraw_signature(signature, actor=amina, at=clock.moment)
    for ask in (client.get, client.post):
        assert "Cette signature n’a plus cours" in ask(address).content.decode()
    with pytest.raises(PermissionDenied):
        actions.renew_signature(signature, actor=amina, at=clock.moment)
    assert events() == ["signed", "withdrawn"]


def test_last_years_link_leads_to_the_page_that_renews(client, signature, amina, clock):
    address = link_of(signature, amina)
    client.post(address)
    clock.advance(days=365)
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("charters:renew-mine", args=[signature.token])
    client.post(address)
    assert events() == ["signed", "renewed"]


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_renew(request, sign_in, signature, persona, clock):
    somebody = request.getfixturevalue(persona)
    assert can_renew(somebody, signature) is (persona == "amina")
    response = sign_in(somebody).post(reverse("charters:renew-mine", args=[signature.token]))
    if persona == "amina":
        assert events() == ["signed", "renewed"]
        return
    assert response.status_code in {302, 403}
    assert events() == ["signed"]
    with pytest.raises(PermissionDenied):
        actions.renew_signature(signature, actor=somebody, at=clock.moment)


def test_reminded_a_month_before_and_on_the_day_then_asleep(entraide, amina, now):
    made = signed(organisation=entraide, email="amina@exemple.org", at=now)
    due = now + datetime.timedelta(days=(made.renew_by - timezone.localdate(now)).days)
    done = {}
    for offset in range(-40, 100):
        what = actions.follow_renewals(at=due + datetime.timedelta(days=offset))
        assert actions.follow_renewals(at=due + datetime.timedelta(days=offset)) == NOTHING, "twice a day"
        if what != NOTHING:
            done[offset] = next(name for name, number in what.items() if number)
    assert done == {-30: "reminded", 0: "reminded", 90: "dormant"}
    assert told("renewal_due") == ["amina", "amina"]
    assert told("signature_asleep") == ["amina"]
    assert events() == ["signed", "dormant"]
    assert data_is_sound()


def test_nothing_sleeps_before_somebody_was_told(signature, clock):
    """A site where no day was done for two years: the first run reminds, and the silence counts from there."""
    clock.advance(days=730)
    assert actions.follow_renewals(at=clock.moment) == {"reminded": 1, "dormant": 0}
    assert actions.follow_renewals(at=clock.advance(days=89)) == NOTHING
    assert actions.follow_renewals(at=clock.advance(days=1)) == {"reminded": 0, "dormant": 1}


def test_a_clock_set_back_does_no_harm(signature, amina, clock):
    asleep(signature, clock)
    before = clock.moment - datetime.timedelta(days=500)
    assert actions.follow_renewals(at=before) == NOTHING
    woken = actions.renew_signature(signature, actor=amina, at=clock.moment)
    with pytest.raises(actions.TooEarly):
        actions.renew_signature(signature, actor=amina, at=before)
    signature.refresh_from_db()
    assert signature.renew_by == woken.renew_by
    assert data_is_sound()


def test_reminded_are_those_who_manage_or_hold_a_mandate(signature, entraide, amina, bruno, chloe, clock):
    MembershipFactory(user=chloe, organisation=entraide)
    MembershipFactory(user=bruno, organisation=entraide, manager=True)
    actions.follow_renewals(at=clock.moment)
    assert told("renewal_due") == ["amina", "bruno"], "not Chloé, a member without mandate"


def test_asleep_it_is_shown_so_everywhere_and_never_as_withdrawn(client, signature, entraide, clock):
    asleep(signature, clock)
    listed = client.get(reverse("charters:signatories")).content.decode()
    assert "en sommeil" in listed
    assert "1 signature en cours" in listed
    assert signature.get_absolute_url() in listed
    profile = client.get(entraide.get_absolute_url()).content.decode()
    assert "en sommeil" in profile
    proof = client.get(signature.get_absolute_url()).content.decode()
    assert "authentique, et en sommeil depuis" in proof
    assert "ce n’est pas un retrait" in proof
    for page in (listed, profile, proof):
        assert "retirée" not in page
    table = b"".join(client.get(reverse("charters:signatories-csv"))).decode()
    assert timezone.localdate(clock.moment).isoformat() in table.splitlines()[1].split(";")


def test_a_word_wakes_it(client, signature, amina, clock):
    address = link_of(asleep(signature, clock), amina)
    assert "elle se réveille ici" in client.get(address).content.decode()
    client.post(address)
    assert events() == ["signed", "dormant", "reactivated"]
    assert "authentique et en cours" in client.get(signature.get_absolute_url()).content.decode()
    assert data_is_sound()


def test_a_version_that_was_replaced_may_be_renewed_and_says_so(client, signature, amina, clock):
    national(at=clock.moment)
    page = client.get(link_of(signature, amina)).content.decode()
    assert "a remplacé ce texte" in page
    client.post(link_of(signature, amina))
    signature.refresh_from_db()
    assert signature.version.number == 1
    assert RegisterEntry.objects.last().body.count(signature.version.sha256) == 1


@pytest.mark.django_db(transaction=True)
def test_renewed_and_reminded_by_several_at_once(entraide, amina, now):
    made = signed(organisation=entraide, email="amina@exemple.org", at=now)
    due = now + datetime.timedelta(days=(made.renew_by - timezone.localdate(now)).days)

    reminded = all_at_once(lambda _: actions.follow_renewals(at=due), range(6))
    assert sum(done["reminded"] for done in reminded) == 1, reminded
    assert told("renewal_due") == ["amina"]

    renewed = all_at_once(lambda _: actions.renew_signature(made, actor=amina, at=due), range(6))
    assert all(isinstance(result, Signature) for result in renewed), renewed
    assert events() == ["signed", "renewed"]
    assert told("signature_renewed") == ["amina"]
    assert data_is_sound()
