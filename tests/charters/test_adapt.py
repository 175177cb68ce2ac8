"""Adapting the charter: article by article, remarks, adoption."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Article, CharterVersion
from maillage.charters.permissions import can_promote, can_remark
from maillage.messaging.models import Message
from tests.factories.charters import adaptation_draft, adopted, national, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(jardins, bruno, elsa, tilleuls, now):
    return adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=now)


@pytest.fixture
def open_draft(draft, elsa, now):
    return actions.open_to_remarks(
        draft, until=timezone.localdate(now) + datetime.timedelta(days=20), actor=elsa, at=now
    )


def adopt(version, actor, at, **changes):
    decision = {
        "adopted_on": timezone.localdate(at),
        "adopted_by": "réunion du collectif",
        "signatures_needed": 2,
        "review_on": timezone.localdate(at) + datetime.timedelta(days=300),
    }
    return actions.adopt_adaptation(version, actor=actor, at=at, **{**decision, **changes})


def test_a_new_adaptation_keeps_every_article_of_its_parent(draft):
    parent = draft.based_on
    assert list(draft.articles.values_list("key", flat=True)) == list(parent.articles.values_list("key", flat=True))
    assert set(draft.articles.values_list("treatment", flat=True)) == {"kept"}


@pytest.mark.parametrize("persona", ["chloe", "fatou", "hugo", "ines", "djibril"])
def test_an_outsider_cannot_open_one(request, persona, tilleuls, jardins, now):
    with pytest.raises(PermissionDenied):
        adaptation_draft(promoter=jardins, actor=request.getfixturevalue(persona), territory=tilleuls, at=now)


def test_adapting_says_why(draft, elsa, now):
    article = draft.articles.get(key="avec")
    with pytest.raises(ValidationError, match="pourquoi"):
        actions.change_article(article, actor=elsa, at=now, treatment="adapted", text="Autre chose", reason="")
    assert draft.articles.get(key="avec").treatment == "kept"


def test_leaving_out_keeps_the_parents_words_to_show_what_is_missing(draft, elsa, now):
    article = draft.articles.get(key="avec")
    actions.change_article(
        article, actor=elsa, at=now, treatment="left_out", reason="Pas maintenant", text="mots effacés"
    )
    article = draft.articles.get(key="avec")
    assert article.text == "Nous décidons avec les habitants."
    assert article.treatment == "left_out"


def test_keeping_again_brings_the_parents_words_back(draft, elsa, now):
    for fields in ({"treatment": "adapted", "text": "Les nôtres", "reason": "Ici"}, {"treatment": "kept"}):
        actions.change_article(draft.articles.get(key="avec"), actor=elsa, at=now, **fields)
    article = draft.articles.get(key="avec")
    assert (article.text, article.reason) == ("Nous décidons avec les habitants.", "")


def test_an_article_of_the_parent_cannot_be_removed(draft, elsa, now):
    with pytest.raises(ValidationError, match="laissez-le de côté"):
        actions.remove_article(draft.articles.get(key="avec"), actor=elsa, at=now)
    assert draft.articles.filter(key="avec").exists()


def test_an_added_article_is_marked_and_can_be_removed(draft, elsa, now):
    article = actions.add_article(
        draft, actor=elsa, at=now, key="jeudi", kind="commitment", title="Le jeudi", text="Une heure ouverte."
    )
    assert article.treatment == Article.Treatment.ADDED
    actions.remove_article(article, actor=elsa, at=now)
    assert not draft.articles.filter(key="jeudi").exists()


def test_a_text_is_opened_to_the_associations_of_its_territory(open_draft, entraide, amina, hugo, fatou):
    told = set(Message.objects.filter(kind="adaptation_open_to_remarks").values_list("recipient", flat=True))
    assert "hugo@exemple.org" not in told
    assert "fatou@exemple.org" not in told


def test_opening_tells_the_associations_and_never_a_public_partner(draft, entraide, amina, fatou, hugo, elsa, now):
    actions.open_to_remarks(draft, until=timezone.localdate(now) + datetime.timedelta(days=9), actor=elsa, at=now)
    told = set(Message.objects.filter(kind="adaptation_open_to_remarks").values_list("recipient", flat=True))
    assert told == {"amina@exemple.org", "bruno@exemple.org", "elsa@exemple.org"}


def test_a_remark_is_answered_and_its_author_told(open_draft, entraide, amina, elsa, now):
    remark = actions.make_remark(
        open_draft, organisation=entraide, text="Et les outils ?", author=amina, at=now, article_key="avec"
    )
    actions.answer_remark(remark, answer="Oui, les outils aussi.", actor=elsa, at=now)
    remark.refresh_from_db()
    assert remark.answered_at == now
    assert "Oui, les outils aussi." in Message.objects.get(kind="remark_answered").body


@pytest.mark.parametrize(
    ("persona", "expected"),
    [("amina", True), ("bruno", True), ("hugo", False), ("chloe", False), ("fatou", False), ("djibril", False)],
)
def test_who_may_remark(request, open_draft, persona, expected, entraide):
    somebody = request.getfixturevalue(persona)
    theirs = {"amina": "entraide", "bruno": "jardins", "hugo": "boxe", "fatou": "prefecture"}.get(persona, "entraide")
    assert can_remark(somebody, open_draft, request.getfixturevalue(theirs)) is expected


def test_nobody_remarks_in_the_name_of_another_association(open_draft, entraide, amina, bruno, now):
    with pytest.raises(PermissionDenied):
        actions.make_remark(open_draft, organisation=entraide, text="En leur nom", author=bruno, at=now)


def test_remarks_are_refused_after_the_last_day(open_draft, entraide, amina, now):
    with pytest.raises(ValidationError, match="closes"):
        actions.make_remark(
            open_draft, organisation=entraide, text="Trop tard", author=amina, at=now + datetime.timedelta(days=30)
        )


def test_adopting_freezes_the_text(open_draft, elsa, now):
    version = adopt(open_draft, elsa, now)
    assert version.is_open_for_signature
    assert version.sha256 == version.compute_sha256()
    with pytest.raises(ValidationError, match="ne change plus"):
        actions.change_article(version.articles.first(), actor=elsa, at=now, treatment="kept")
    article = version.articles.first()
    article.text = "En douce"
    with pytest.raises(ValidationError, match="ne change plus"):
        article.save()


def test_a_text_never_shown_to_the_associations_is_not_adopted(draft, elsa, now):
    with pytest.raises(actions.NotReadyForAdoption, match="remarques"):
        adopt(draft, elsa, now)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"adopted_on": datetime.date(2999, 1, 1)}, "à venir"),
        ({"adopted_on": datetime.date(2001, 1, 1)}, "avant d’avoir été ouvert"),
        ({"review_on": datetime.date(2001, 1, 1)}, "après l’adoption"),
    ],
)
def test_the_dates_of_an_adoption_make_sense(open_draft, elsa, now, changes, message):
    with pytest.raises(actions.NotReadyForAdoption, match=message):
        adopt(open_draft, elsa, now, **changes)
    open_draft.refresh_from_db()
    assert not open_draft.is_published


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        ("amina", False),
        ("bruno", True),
        ("elsa", True),
        ("chloe", False),
        ("fatou", False),
        ("gael", False),
        ("hugo", False),
        ("djibril", False),
    ],
)
def test_who_may_promote(request, draft, persona, expected, now):
    somebody = request.getfixturevalue(persona)
    assert can_promote(somebody, draft.adaptation) is expected
    if not expected:
        with pytest.raises(PermissionDenied):
            actions.change_article(draft.articles.first(), actor=somebody, at=now, treatment="kept")
        with pytest.raises(PermissionDenied):
            adopt(draft, somebody, now)


def test_two_adaptations_of_one_name_are_refused(draft, jardins, elsa, tilleuls, now):
    with pytest.raises(ValidationError, match="déjà ce nom"):
        adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, at=now)
    assert CharterVersion.objects.exclude(adaptation=None).count() == 1


def test_a_revision_starts_from_the_adaptations_own_words(jardins, bruno, elsa, tilleuls, now):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=now)
    revision = actions.revise_adaptation(version.adaptation, actor=elsa, at=now)
    assert revision.number == 2
    assert revision.articles.get(key="avec").text == version.articles.get(key="avec").text
    with pytest.raises(actions.DraftInProgress):
        actions.revise_adaptation(version.adaptation, actor=elsa, at=now)


def test_what_was_never_adopted_is_not_revised(draft, elsa, now):
    with pytest.raises(actions.DraftInProgress):
        actions.revise_adaptation(draft.adaptation, actor=elsa, at=now)


def test_only_the_national_text_in_force_is_adapted(jardins, elsa, tilleuls, now):
    replaced = national()
    national()
    replaced.refresh_from_db()
    with pytest.raises(ValidationError, match="en vigueur"):
        actions.open_adaptation(
            replaced, name="Vieille", territories=[tilleuls], promoters=[jardins], actor=elsa, at=now
        )


def test_the_version_in_force_stays_so_until_the_next_has_its_signatures(
    client, sign_in, jardins, bruno, entraide, amina, elsa, tilleuls, now
):
    first = adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1, at=now)
    signed(first, organisation=jardins, email="bruno@exemple.org", at=now)
    second = actions.revise_adaptation(first.adaptation, actor=elsa, at=now)
    second = actions.open_to_remarks(
        second, until=timezone.localdate(now) + datetime.timedelta(days=9), actor=elsa, at=now
    )

    page = sign_in(amina).get(second.get_absolute_url()).content.decode()
    assert "Faire une remarque" in page, "the draft of a revision is read and remarked on"
    assert client.get(second.get_absolute_url()).status_code == 404

    second = adopt(second, elsa, now, signatures_needed=2)
    first.refresh_from_db()
    assert first.superseded_at is None
    assert "En vigueur depuis" in client.get(first.adaptation.get_absolute_url()).content.decode()

    signed(second, organisation=jardins, email="bruno@exemple.org", at=now)
    signed(second, organisation=entraide, email="amina@exemple.org", at=now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.superseded_at, second.in_force_at) == (now, now)
    assert client.get(first.get_absolute_url()).status_code == 200, "what was signed can be read again"


def test_a_text_is_not_adopted_over_a_remark_without_an_answer(open_draft, entraide, amina, elsa, now):
    remark = actions.make_remark(open_draft, organisation=entraide, text="Et nous ?", author=amina, at=now)
    with pytest.raises(actions.NotReadyForAdoption, match="attend une réponse"):
        adopt(open_draft, elsa, now)
    actions.answer_remark(remark, answer="Vous aussi.", actor=elsa, at=now)
    assert adopt(open_draft, elsa, now).is_open_for_signature
