"""A new signatory who wishes to act receives three first things, once; the coordination sees who waits."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from maillage.digest import actions
from maillage.digest.models import FirstStep
from maillage.messaging.models import Message
from maillage.organisations.models import Exchange, OrganisationTheme
from tests.factories.charters import national, signed

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def signature(entraide, amina, jardins, now):
    OrganisationTheme.objects.create(organisation=entraide, theme="youth")
    OrganisationTheme.objects.create(organisation=jardins, theme="youth")
    Exchange.objects.create(organisation=jardins, side="offer", kind="premises", words="La grande salle")
    return signed(national(at=now - DAY), organisation=entraide, email=amina.email, involvement="host", at=now)


def told(user):
    return Message.objects.filter(recipient=user.email, kind="first_steps")


def test_three_things_the_next_morning(signature, amina, now):
    assert actions.send_first_steps(at=now + DAY) == 1
    body = told(amina).get().body
    assert "Les Jardins partagés : Vous travaillez sur les mêmes thèmes." in body
    assert "La prochaine réunion" in body
    assert "La grande salle" in body
    assert reverse("dashboard:first-steps") in body


def test_once(signature, amina, entraide, now):
    actions.send_first_steps(at=now + DAY)
    actions.send_first_steps(at=now + 2 * DAY)
    signed(national(at=now + 2 * DAY), organisation=entraide, email=amina.email, involvement="host", at=now + 3 * DAY)
    actions.send_first_steps(at=now + 4 * DAY)
    assert told(amina).count() == 1


def test_who_only_signs_is_left_in_peace(entraide, amina, now):
    signed(national(at=now), organisation=entraide, email=amina.email, involvement="sign_only", at=now)
    assert actions.send_first_steps(at=now + DAY) == 0


def test_last_year_s_signature_is_not_new(signature, now):
    assert actions.send_first_steps(at=now + 40 * DAY) == 0


def test_the_page(sign_in, signature, amina, bruno, fatou, now):
    address = reverse("dashboard:first-steps")
    assert "le lendemain" in sign_in(amina).get(address).content.decode()
    actions.send_first_steps(at=now + DAY)
    page = sign_in(amina).get(address).content.decode()
    assert "Les Jardins partagés" in page
    assert "La grande salle" in page
    for other in (bruno, fatou):
        assert "Entraide" not in sign_in(other).get(address).content.decode()


def test_the_coordinator_sees_who_waits_until_somebody_spoke(sign_in, signature, elsa, amina, now):
    desk = reverse("dashboard:coordination")
    page = sign_in(elsa).get(desk).content.decode()
    assert "Entraide du Parc" in page
    assert "pas encore envoyées" in page
    actions.send_first_steps(at=now + DAY)
    does = sign_in(elsa)
    assert "reçues le" in does.get(desk).content.decode()
    does.post(reverse("dashboard:say-contacted", args=[signature.token]))
    assert "Personne n’attend" in does.get(desk).content.decode()
    step = FirstStep.objects.get()
    assert step.contacted_by == elsa
    actions.say_contacted(signature, actor=elsa, at=now + 9 * DAY)
    assert FirstStep.objects.get().contacted_at == step.contacted_at, "the first word is kept"


def test_nobody_else_says_it(signature, amina, hugo, fatou, now):
    for somebody in (amina, hugo, fatou):
        with pytest.raises(PermissionDenied):
            actions.say_contacted(signature, actor=somebody, at=now)


@pytest.mark.parametrize("persona", ["amina", "bruno", "chloe", "fatou", "hugo", "ines"])
def test_nobody_else_has_a_desk(request, sign_in, persona, signature):
    user = request.getfixturevalue(persona)
    assert sign_in(user).get(reverse("dashboard:coordination")).status_code == 403


@pytest.mark.parametrize("followed", ["group", "cooperation"])
def test_who_has_begun_no_longer_waits(sign_in, signature, entraide, elsa, amina, tilleuls, now, followed):
    actions.send_first_steps(at=now)
    if followed == "group":
        GroupFactory(territory=tilleuls, members=[entraide])
    else:
        CooperationFactory(lead=entraide, territory=tilleuls)
    assert "Personne n’attend" in sign_in(elsa).get(reverse("dashboard:coordination")).content.decode()
    assert reverse("dashboard:first-steps") not in sign_in(amina).get(reverse("dashboard:my-space")).content.decode()
