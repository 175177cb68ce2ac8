"""What a page does not offer and a browser may send all the same: somebody else's number, another territory's."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from maillage.charters.models import Signature, SignatureRequest
from maillage.organisations.models import Organisation
from tests.factories.charters import adaptation_draft
from tests.factories.organisations import MandateFactory, MembershipFactory, TerritoryRoleFactory

from .doors import DOORS, PERSON, SIGNING
from .scene import build_scene
from .test_reading_changes_nothing import checksum

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request):
    scene = build_scene(request)
    ailleurs = scene["ailleurs"] = request.getfixturevalue("ailleurs")
    scene["coordinator"] = TerritoryRoleFactory(territory=ailleurs).user
    scene["there"] = adaptation_draft(
        promoter=scene["boxe"], actor=scene["coordinator"], territory=ailleurs, opened=True, name="Ailleurs"
    )
    scene["boxer"] = MembershipFactory(organisation=scene["boxe"])
    scene["boxer_mandate"] = MandateFactory(organisation=scene["boxe"])
    return scene


def crossed(scene):
    """(who, route, where, what): one's own in the address and somebody else's beside it, or the other way round."""
    own, theirs = scene["boxe"].uuid, scene["entraide"].uuid
    idea, ready = scene["idea"].slug, scene["ready"].adaptation.slug
    return [
        # Two numbers in one address.
        ("hugo", "organisations:end-membership", {"uuid": own, "pk": scene["membership"].pk}, {}),
        ("hugo", "organisations:end-membership", {"uuid": theirs, "pk": scene["membership"].pk}, {}),
        ("amina", "organisations:end-membership", {"uuid": theirs, "pk": scene["boxer"].pk}, {}),
        ("hugo", "organisations:confirm-mandate", {"uuid": own, "pk": scene["mandate"].pk}, {}),
        ("elsa", "organisations:confirm-mandate", {"uuid": theirs, "pk": scene["boxer_mandate"].pk}, {}),
        (
            "hugo",
            "charters:answer-remark",
            {"slug": scene["there"].adaptation.slug, "pk": scene["remark"].pk},
            {"answer": "À votre place."},
        ),
        ("hugo", "charters:merge", {"uuid": own, "other": theirs}, {}),
        ("hugo", "charters:merge", {"uuid": theirs, "other": own}, {}),
        ("elsa", "charters:merge", {"uuid": theirs, "other": own}, {}),
        ("elsa", "charters:merge", {"uuid": theirs, "other": theirs}, {}),
        ("elsa", "charters:merge", {"uuid": theirs, "other": scene["prefecture"].uuid}, {}),
        ("hugo", "charters:say-distinct", {"uuid": own, "other": theirs}, {}),
        # A number in a hidden field.
        ("hugo", "charters:join-adaptation", {"slug": idea}, {"organisation": str(theirs)}),
        ("bruno", "charters:join-adaptation", {"slug": idea}, {"organisation": str(theirs)}),
        ("hugo", "charters:join-adaptation", {"slug": idea}, {"organisation": str(own)}),
        ("bruno", "charters:make-remark", {"slug": ready}, {"organisation": scene["entraide"].pk, "text": "Non."}),
        ("hugo", "charters:make-remark", {"slug": ready}, {"organisation": scene["boxe"].pk, "text": "Non."}),
        (
            "bruno",
            "charters:propose-adaptation",
            {},
            {
                "name": "X",
                "territories": [scene["tilleuls"].slug],
                "organisation": scene["entraide"].pk,
                "words": "x",
            },
        ),
        (
            "bruno",
            "charters:propose-adaptation",
            {},
            {"name": "X", "territories": [scene["ailleurs"].slug], "organisation": scene["jardins"].pk, "words": "x"},
        ),
        (
            "bruno",
            "charters:open-adaptation",
            {},
            {"name": "X", "territories": [scene["tilleuls"].slug], "promoters": [scene["boxe"].pk]},
        ),
        (
            "bruno",
            "charters:open-adaptation",
            {},
            {"name": "X", "territories": [scene["ailleurs"].slug], "promoters": [scene["jardins"].pk]},
        ),
        (
            "elsa",
            "charters:gathering",
            {"uuid": scene["gathering"].uuid},
            {**PERSON, "organisation": scene["boxe"].pk, "involvement": "sign_only"},
        ),
        (
            "elsa",
            "charters:gathering",
            {"uuid": scene["gathering"].uuid},
            {**PERSON, "new_name": "Neuve", "territory": scene["ailleurs"].pk, "involvement": "sign_only"},
        ),
        # A value that no list offers.
        ("amina", "organisations:members", {"uuid": theirs}, {"email": "x@exemple.org", "role": "owner"}),
        ("bruno", "charters:review", {"slug": "adoptee"}, {"outcome": "withdraw_all", "words": "x"}),
        (
            "elsa",
            "charters:gatherings",
            {},
            {**DOORS["charters:gatherings"].data(scene), "version": scene["draft"].pk},
        ),
        (
            "elsa",
            "charters:gatherings",
            {},
            {**DOORS["charters:gatherings"].data(scene), "version": scene["ready"].pk},
        ),
        (
            "djibril",
            "charters:sign-particulars",
            {"uuid": scene["free"].uuid},
            {**SIGNING, "involvement": "everything"},
        ),
        ("djibril", "charters:sign-particulars", {"uuid": scene["prefecture"].uuid}, SIGNING),
        ("hugo", "charters:sign-particulars", {"uuid": theirs}, {**SIGNING, "email": "hugo@exemple.org"}),
    ]


def test_somebody_elses_number_changes_nothing(scene):
    before, wrong = checksum(), []
    for who, name, where, data in crossed(scene):
        cache.clear()
        client, kept = Client(), transaction.savepoint()
        if who != "djibril":
            client.force_login(scene[who])
        during = checksum() if who != "djibril" else before
        answer = client.post(reverse(name, kwargs=where), data)
        if answer.status_code >= 500 or checksum() != during:
            wrong.append(f"{who}, {name} {where} {sorted(data)}: {answer.status_code}")
        transaction.savepoint_rollback(kept)
    assert not wrong, "\n".join(wrong)


def test_helped_is_for_those_who_coordinate(scene):
    """« helped » sent by anybody else is a signature like the others: the link, and no code to guess."""
    address = reverse("charters:sign-particulars", args=[scene["free"].uuid])
    for who in ("chloe", "hugo", "fatou", "gael"):
        client = Client()
        client.force_login(scene[who])
        client.post(address, {**SIGNING, "email": f"pour-{who}@exemple.org", "helped": "1"})
        prepared = SignatureRequest.objects.get(email=f"pour-{who}@exemple.org")
        assert (prepared.channel, prepared.entered_by, prepared.code_sha256) == ("online", None, "")


def test_fields_that_the_form_has_not_are_not_read(scene):
    more = {
        "confirmed_at": "2020-01-01",
        "confirmed_by": scene["amina"].pk,
        "claimed_at": "2020-01-01",
        "channel": "paper",
        "entered_by": scene["elsa"].pk,
        "user": scene["gael"].pk,
        "is_staff": "on",
        "is_superuser": "on",
        "uuid": "00000000-0000-0000-0000-000000000001",
        "position": "999",
        "key": "autre",
        "adaptation": "1",
        "published_at": "2020-01-01",
        "treatment": "added",
        "email": "autre@exemple.org",
    }
    client = Client()
    client.force_login(scene["chloe"])
    client.post(reverse("organisations:create"), {**more, **DOORS["organisations:create"].data(scene)})
    made = Organisation.objects.get(name="Une toute nouvelle")
    assert made.confirmed_at is None
    assert [m.user for m in made.memberships.all()] == [scene["chloe"]]
    assert made.mandates.get().confirmed_at is None
    Client().post(reverse("charters:sign-particulars", args=[scene["free"].uuid]), {**more, **SIGNING})
    assert SignatureRequest.objects.get(email=SIGNING["email"]).channel == "online"
    client.force_login(scene["elsa"])
    door = DOORS["charters:workshop-edit-article"]
    client.post(reverse("charters:workshop-edit-article", kwargs=door.where(scene)), {**more, **door.data(scene)})
    article = scene["open"].articles.get(key="avec")
    assert (article.treatment, article.position < 999) == ("adapted", True)
    scene["chloe"].refresh_from_db()
    assert not scene["chloe"].is_staff
    assert not scene["chloe"].is_superuser
    assert not Signature.objects.filter(organisation=scene["free"]).exists()


def test_a_key_of_somebody_else(scene):
    """A second factor is named by a number in the address: only one's own is found."""
    from allauth.mfa.models import Authenticator

    theirs = Authenticator.objects.create(
        user=scene["amina"], type=Authenticator.Type.WEBAUTHN, data={"name": "la clé d’Amina", "credential": {}}
    )
    client = Client(raise_request_exception=False)
    client.force_login(scene["hugo"])
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        for answer in (client.get(reverse(name, args=[theirs.pk])), client.post(reverse(name, args=[theirs.pk]))):
            assert answer.status_code in {302, 404}
    assert Authenticator.objects.get() == theirs


def test_the_back_office_writes_for_nobody_who_is_not_an_operator(scene):
    """An editor who is no operator sees no list of ours there, and changes nothing."""
    before = checksum()
    for who in ("gael", "elsa", "fatou", "hugo"):
        client = Client()
        client.force_login(scene[who])
        during = checksum()
        for page in ("networks/", "networks/new/", "messages/", "messages/1/", "users/", "reports/site-history/"):
            for answer in (client.get(f"/gestion/{page}"), client.post(f"/gestion/{page}", {"name": "x"})):
                assert answer.status_code in {302, 403, 404, 405}, (who, page, answer.status_code)
        assert checksum() == during
    assert before
