"""Opening a text to a group, giving it time, closing it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.charters.actions import adopt_adaptation, open_to_remarks
from maillage.drafting import actions
from maillage.drafting.models import Amendment, Workshop
from maillage.messaging.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.charters import adaptation_draft
from tests.factories.drafting import group_of, seat_in
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(jardins, bruno, elsa, tilleuls):
    return adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)


def test_the_people_of_the_group_are_told_and_nobody_else(
    group, draft, bruno, amina, chloe, fatou, prefecture, entraide, now
):
    seat_in(group, user=chloe)
    seat_in(group, user=fatou, name="Fatou")
    MembershipFactory(user=UserFactory(email="partie@exemple.org"), organisation=entraide, until=timezone.localdate())
    actions.open_workshop(draft, group=group, actor=bruno, at=now, words="Commencez par l’article deux.")
    letters = Message.objects.filter(kind="workshop_opened")
    assert {letter.recipient for letter in letters} == {"amina@exemple.org", "chloe@exemple.org"}
    body = letters[0].body
    assert "Commencez par l’article deux." in body
    assert f"/groupes/{group.slug}/textes/" in body
    assert "Vous recevez ce message parce que" in body


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "gael", "hugo"])
def test_only_who_writes_the_text_opens_it(request, group, draft, persona, now):
    with pytest.raises(PermissionDenied):
        actions.open_workshop(draft, group=group, actor=request.getfixturevalue(persona), at=now)


def test_who_writes_the_text_opens_it_to_their_own_groups_only(draft, bruno, entraide, tilleuls, now):
    theirs = group_of(entraide, territory=tilleuls, slug="sans-lui")
    with pytest.raises(PermissionDenied):
        actions.open_workshop(draft, group=theirs, actor=bruno, at=now)


def test_once_at_a_time(group, draft, bruno, now):
    first = actions.open_workshop(draft, group=group, actor=bruno, at=now)
    with pytest.raises(actions.AlreadyOpen):
        actions.open_workshop(draft, group=group, actor=bruno, at=now)
    actions.close_workshop(first, actor=bruno, at=now)
    actions.open_workshop(draft, group=group, actor=bruno, at=now)
    assert Workshop.objects.filter(version=draft).count() == 2


def test_from_the_pages(sign_in, group, draft, bruno, amina, now):
    his, hers = sign_in(bruno), sign_in(amina)
    address = reverse("drafting:open", args=[group.slug])
    assert hers.get(address).status_code == 403
    past = timezone.localdate(now) - datetime.timedelta(days=1)
    refused = his.post(address, {"version": draft.pk, "words": "", "closes_on": past.isoformat()})
    assert "Choisissez un jour à venir" in refused.content.decode()
    his.post(address, {"version": draft.pk, "words": "À vous.", "closes_on": ""})
    page = hers.get(reverse("drafting:workshop-list", args=[group.slug])).content.decode()
    assert draft.title in page
    text = hers.get(Workshop.objects.get().get_absolute_url()).content.decode()
    assert "Nous décidons avec les habitants." in text, "the draft is read inside, before it is open to remarks"


def test_after_its_day_nobody_proposes_and_answers_still_come(workshop, amendment, amina, entraide, bruno, elsa, now):
    day = timezone.localdate(now)
    actions.change_closing_day(workshop, closes_on=day, actor=elsa, at=now)
    late = now + datetime.timedelta(days=1, hours=1)
    for say in (
        lambda: actions.make_comment(workshop, text="Trop tard ?", organisation=entraide, actor=amina, at=late),
        lambda: actions.take_stance(amendment, kind="support", organisation=None, seat=None, actor=bruno, at=late),
    ):
        with pytest.raises((actions.WorkshopClosed, PermissionDenied)):
            say()
    assert actions.refuse_amendment(amendment, answer="Non.", actor=bruno, at=late).state == "refused"


def test_closing_tells_those_who_were_not_answered(workshop, amendment, bruno, amina, now):
    with pytest.raises(actions.AmendmentsWaiting):
        actions.close_workshop(workshop, actor=bruno, at=now)
    actions.close_workshop(workshop, actor=bruno, at=now, words="Nous en reparlerons à la révision.")
    amendment.refresh_from_db()
    assert (amendment.state, amendment.answer) == ("outdated", "Nous en reparlerons à la révision.")
    letter = Message.objects.get(kind="amendment_answered")
    assert letter.recipient == "amina@exemple.org"
    assert "Nous en reparlerons" in letter.body


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "hugo"])
def test_who_does_not_animate_does_not_close(request, workshop, persona, now):
    with pytest.raises(PermissionDenied):
        actions.close_workshop(workshop, actor=request.getfixturevalue(persona), at=now)


def test_closed_everything_stays_to_be_read_and_nothing_is_said_any_more(
    sign_in, workshop, amendment, amina, entraide, bruno, now
):
    actions.close_workshop(workshop, actor=bruno, at=now, words="Merci.")
    hers = sign_in(amina)
    for address in (
        workshop.get_absolute_url(),
        amendment.get_absolute_url(),
        reverse("drafting:history", args=[workshop.group.slug, workshop.pk]),
    ):
        assert hers.get(address).status_code == 200
    with pytest.raises(actions.WorkshopClosed):
        actions.make_comment(workshop, text="Encore.", organisation=entraide, actor=amina, at=now)
    with pytest.raises(actions.WorkshopClosed):
        actions.accept_amendment(amendment, actor=bruno, at=now)


def test_an_adopted_text_is_no_longer_written_and_can_still_be_closed(sign_in, workshop, amendment, bruno, elsa, now):
    day = timezone.localdate(now)
    version = open_to_remarks(workshop.version, until=day + datetime.timedelta(days=9), actor=elsa, at=now)
    adopt_adaptation(
        version,
        adopted_on=day,
        adopted_by="réunion",
        signatures_needed=2,
        review_on=day + datetime.timedelta(days=300),
        actor=elsa,
        at=now,
    )
    with pytest.raises(actions.WorkshopClosed):
        actions.accept_amendment(amendment, actor=bruno, at=now, reason="Ici.")
    assert "adopté" in sign_in(bruno).get(workshop.get_absolute_url()).content.decode()
    actions.close_workshop(workshop, actor=bruno, at=now, words="Le texte est adopté.")
    assert Amendment.objects.get().state == "outdated"


def test_the_closing_day_is_to_come(workshop, bruno, now):
    yesterday = timezone.localdate(now) - datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="à venir"):
        actions.change_closing_day(workshop, closes_on=yesterday, actor=bruno, at=now)
