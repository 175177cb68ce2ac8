"""The same thing, by many hands at the same moment: done once, told once, on both databases."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import AdaptationEvent, RegisterEntry, Signature
from maillage.messaging.models import Message
from maillage.organisations.actions import hand_over
from maillage.organisations.models import Mandate, Membership
from tests.charters.test_sign_together import all_at_once, register_is_whole
from tests.factories.charters import PDF_SHEET, on_paper, request_for

from .doors import DOORS
from .scene import build_scene

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


@pytest.fixture
def scene(request):
    return build_scene(request)


def entries(event):
    return RegisterEntry.objects.filter(body__contains=f'"{event}"').count()


def post(scene, name, **data):
    """The same form from many windows of Elsa: the answers."""
    door = DOORS[name]
    clients = [Client() for _ in range(MANY)]
    for client in clients:
        client.force_login(scene["elsa"])
    address = reverse(name, kwargs=door.where(scene))
    sent = data or door.data(scene)
    return all_at_once(lambda client: client.post(address, sent), clients)


def test_renewing(scene, now):
    signature, bruno = scene["national_signature"], scene["bruno"]
    results = all_at_once(lambda _: actions.renew_signature(signature, actor=bruno, at=now), range(MANY))
    assert all(isinstance(result, Signature) for result in results), results
    assert Message.objects.filter(kind="signature_renewed").count() == 1
    assert register_is_whole()


def test_withdrawing(scene, now):
    signature, bruno = scene["national_signature"], scene["bruno"]
    results = all_at_once(lambda _: actions.withdraw_signature(signature, actor=bruno, at=now), range(MANY))
    assert sum(isinstance(result, Signature) for result in results) == 1
    assert Message.objects.filter(kind="signature_withdrawn").count() == 1
    assert register_is_whole()


def test_merging_one_way_and_the_other(scene, now):
    pairs = [(scene["one"], scene["jardins"]), (scene["jardins"], scene["one"])] * (MANY // 2)
    results = all_at_once(lambda pair: actions.merge_organisations(*pair, actor=scene["elsa"], at=now), pairs)
    refusals = [result for result in results if isinstance(result, Exception)]
    assert len(refusals) == MANY - 1
    assert all(type(refusal).__name__ == "NotTheSame" for refusal in refusals), refusals
    assert register_is_whole()
    assert Signature.objects.filter(organisation__archived_at__isnull=False).count() == 0


def test_closing_and_merging(scene, now):
    def close(_):
        return actions.close_organisation(
            scene["jardins"], actor=scene["elsa"], at=now, dissolved_on=timezone.localdate(now)
        )

    def merge(_):
        return actions.merge_organisations(scene["one"], scene["jardins"], actor=scene["elsa"], at=now)

    results = all_at_once(lambda action: action(None), [close, merge] * (MANY // 2))
    assert sum(not isinstance(result, Exception) for result in results) == 1, results
    assert register_is_whole()


def test_on_paper_and_on_line(scene, now):
    def on_line(prepared):
        return actions.confirm_signature(prepared, at=now)

    def paper(_):
        return actions.sign_on_paper(
            scene["gathering"],
            organisation=scene["free"],
            actor=scene["elsa"],
            at=now,
            first_name="F",
            last_name="E",
            function="trésorière",
            involvement="sign_only",
        )

    free = scene["free"]
    requests = [request_for(scene["second"], organisation=free, email=f"p{n}@exemple.org") for n in range(MANY // 2)]
    works = [lambda prepared=prepared: on_line(prepared) for prepared in requests] + [lambda: paper(None)] * (
        MANY // 2
    )
    results = all_at_once(lambda work: work(), works)
    assert sum(isinstance(result, Signature) for result in results) == 1, results
    assert free.signatures.count() == 1
    assert register_is_whole()


def test_deciding_one_change(scene, now):
    change = scene["brought"].national_changes.get(key="avec")
    decisions = [actions.accept_change, actions.keep_own_words] * (MANY // 2)
    results = all_at_once(lambda decide: decide(change, actor=scene["elsa"], at=now, reason="Ici."), decisions)
    refusals = [result for result in results if isinstance(result, Exception)]
    assert len(refusals) == MANY - 1
    assert all(isinstance(refusal, actions.AlreadyDecided) for refusal in refusals), refusals


def test_joining(scene, now):
    results = all_at_once(
        lambda _: actions.join_adaptation(
            scene["idea"], organisation=scene["entraide"], actor=scene["amina"], at=now
        ),
        range(MANY),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert AdaptationEvent.objects.filter(kind="joined").count() == 1


def test_handing_over(scene, now):
    results = all_at_once(
        lambda _: hand_over(
            scene["entraide"], email="suite@exemple.org", function="présidence", actor=scene["elsa"], at=now
        ),
        range(MANY),
    )
    assert not [result for result in results if isinstance(result, Exception)], results
    assert Membership.objects.standing().filter(user__email="suite@exemple.org").count() == 1
    assert Mandate.objects.filter(user__email="suite@exemple.org", ended_at=None).count() == 1


def test_importing(scene):
    answers = post(scene, "charters:workshop-import-confirm")
    assert {answer.status_code for answer in answers} <= {200, 302}, answers
    assert scene["open"].articles.filter(title="Un article du fichier").count() == 1


def test_adding_an_article(scene):
    answers = post(scene, "charters:workshop-new-article")
    assert {getattr(answer, "status_code", answer) for answer in answers} <= {200, 302}
    keys = list(scene["open"].articles.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_bringing_the_national_changes(scene):
    answers = post(scene, "charters:bring-changes")
    assert {getattr(answer, "status_code", answer) for answer in answers} == {302}
    assert scene["to_bring"].national_changes.count() == 1


def test_proposing_the_same_idea(scene):
    scene["persona"] = "elsa"
    answers = post(scene, "charters:propose-adaptation")
    assert {getattr(answer, "status_code", answer) for answer in answers} <= {200, 302}
    assert sum(answer.status_code == 302 for answer in answers) == 1


def test_entering_the_same_sheet(scene, now):
    results = all_at_once(
        lambda _: on_paper(actor=scene["elsa"], version=scene["second"], at=now, sheet=PDF_SHEET + b"% la meme\n"),
        range(MANY),
    )
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert all(isinstance(r, actions.SheetKnown) for r in results if isinstance(r, Exception)), results


def test_typing_the_code_that_was_read_aloud(scene):
    answers = post(scene, "charters:help-sign")
    assert {getattr(answer, "status_code", answer) for answer in answers} == {302}
    assert scene["other"].signatures.count() == 1


def test_guessing_codes_at_once(scene):
    """However many at once, five wrong codes end it."""
    post(scene, "charters:help-sign", code="000 000")
    scene["helped"].refresh_from_db()
    assert scene["helped"].wrong_codes == 5
    late = timezone.now() + datetime.timedelta(minutes=1)
    with pytest.raises(actions.WrongCode):
        actions.confirm_by_code(scene["helped"], code=scene["code"], actor=scene["elsa"], at=late)
