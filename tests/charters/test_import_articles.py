"""Filling a draft with imported articles: keys, treatments, what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from maillage.charters import actions, importing
from maillage.charters.models import CharterVersion
from tests.factories.charters import adaptation_draft, adopted, editor, national

pytestmark = pytest.mark.django_db


def article(title, text="Des mots.", kind="value", **fields):
    return {"kind": kind, "title": title, "text": text, **fields}


def titles(version):
    return list(version.articles.order_by("position").values_list("key", "title"))


def test_replacing_keeps_the_keys_of_known_titles_and_removes_the_rest(now):
    draft = national(publish=False)
    draft.articles.filter(key="dialogue").update(plain_language="On se parle.")
    actions.import_articles(
        draft,
        articles=[article("Article 1 – DIALOGUE", "Parlons-nous."), article("Partage")],
        replace=True,
        actor=editor(),
        at=now,
    )
    assert titles(draft) == [("dialogue", "Article 1 – DIALOGUE"), ("partage", "Partage")]
    kept = draft.articles.get(key="dialogue")
    assert (kept.text, kept.plain_language) == ("Parlons-nous.", "On se parle.")


def test_completing_removes_nothing_and_adds_at_the_end(now):
    draft = national(publish=False)
    actions.import_articles(
        draft, articles=[article("Partage"), article("Pourquoi", "Autrement.")], actor=editor(), at=now
    )
    assert [key for key, _title in titles(draft)] == ["pourquoi", "dialogue", "avec", "partage"]
    assert draft.articles.get(key="pourquoi").text == "Autrement."


def test_two_articles_of_the_same_title_have_two_keys(now):
    draft = national(publish=False, articles=[])
    actions.import_articles(
        draft, articles=[article("Partage"), article("Partage"), article("Partage")], actor=editor(), at=now
    )
    assert [key for key, _title in titles(draft)] == ["partage", "partage-2", "partage-3"]


def test_a_national_draft_started_from_a_file_keeps_the_keys_that_adaptations_follow(now):
    national(title="Charte")
    draft = actions.start_from_file(
        title="Charte 2", articles=[article("Avec les habitants"), article("Neuf")], actor=editor(), at=now
    )
    assert (draft.number, draft.title) == (2, "Charte 2")
    assert [key for key, _title in titles(draft)] == ["avec", "neuf"]


def test_the_first_national_draft_may_come_from_a_file(now):
    draft = actions.start_from_file(title="Charte", articles=[article("Dialogue")], actor=editor(), at=now)
    assert titles(draft) == [("dialogue", "Dialogue")]


def test_starting_from_a_file_leaves_nothing_behind_when_it_is_refused(now):
    with pytest.raises(ValidationError):
        actions.start_from_file(title="Charte", articles=[article("Dialogue", "")], actor=editor(), at=now)
    assert CharterVersion.objects.count() == 0


def test_an_adaptation_adapts_what_it_knows_adds_the_rest_and_loses_nothing(jardins, bruno, elsa, tilleuls, now):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    actions.import_articles(
        draft,
        articles=[
            article("Avec les habitants", "Avec celles et ceux des Tilleuls.", reason="C’est ici."),
            article("Dialogue", "Nous nous  parlons avant d’agir."),
            article("Le jeudi", kind="commitment"),
        ],
        replace=True,
        actor=bruno,
        at=now,
    )
    assert {a.key: (a.treatment, a.reason) for a in draft.articles.all()} == {
        "pourquoi": ("kept", ""),
        "dialogue": ("kept", ""),
        "avec": ("adapted", "C’est ici."),
        "le-jeudi": ("added", ""),
    }


def test_an_adaptation_says_why(jardins, bruno, elsa, tilleuls, now):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        actions.import_articles(draft, articles=[article("Dialogue", "Autrement.")], actor=bruno, at=now)
    assert draft.articles.get(key="dialogue").treatment == "kept"


def test_a_file_with_the_national_words_takes_an_adapted_article_back(jardins, bruno, elsa, tilleuls, now):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    text = draft.articles.get(key="dialogue").text
    for words, treatment in (("Autrement.", "adapted"), (text, "kept")):
        actions.import_articles(draft, articles=[article("Dialogue", words, reason="Ici.")], actor=bruno, at=now)
        assert draft.articles.get(key="dialogue").treatment == treatment


@pytest.mark.parametrize("persona", ["amina", "chloe", "fatou", "gael", "hugo"])
def test_nobody_else_imports_into_an_adaptation(request, jardins, elsa, tilleuls, now, persona):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)
    with pytest.raises(PermissionDenied):
        actions.import_articles(draft, articles=[article("Le jeudi")], actor=request.getfixturevalue(persona), at=now)


@pytest.mark.parametrize("persona", ["amina", "chloe", "djibril", "elsa", "fatou", "ines"])
def test_only_editors_import_a_national_text(request, now, persona):
    somebody = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        actions.import_articles(national(publish=False), articles=[article("Oui")], actor=somebody, at=now)
    CharterVersion.objects.all().delete()
    with pytest.raises(PermissionDenied):
        actions.start_from_file(title="Putsch", articles=[article("Oui")], actor=somebody, at=now)


def test_a_published_text_takes_no_file(jardins, bruno, elsa, tilleuls, now):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls)
    with pytest.raises(actions.NotADraft):
        actions.import_articles(version, articles=[article("Le jeudi")], actor=bruno, at=now)


@pytest.mark.parametrize(
    ("articles", "refusal"),
    [
        ([], actions.NothingToImport),
        ([article(f"Article {n}") for n in range(201)], actions.TextTooLong),
        ([article("Long", "oui " * 50_001)], actions.TextTooLong),
    ],
)
def test_nothing_and_too_much_are_refused(articles, refusal, now):
    with pytest.raises(refusal):
        actions.import_articles(national(publish=False), articles=articles, actor=editor(), at=now)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Article 3 – Le dialogue", "le dialogue"),
        ("Engagement n° 2 : Écouter", "ECOUTER"),
        ("IV. Mise en œuvre", "Mise en œuvre"),
        ("1.2. Partage", "Partage"),
    ],
)
def test_two_titles_name_the_same_article_whatever_their_numbers_and_accents(one, other):
    assert importing.title_mark(one) == importing.title_mark(other)


@pytest.mark.parametrize("title", ["2024, année du dialogue", "Civisme", "Article 1", "Vivre ensemble"])
def test_a_title_is_not_taken_for_a_number(title):
    assert importing.title_mark(title) == title.casefold().replace(",", "").replace("é", "e")
