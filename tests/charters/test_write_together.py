"""Two people write in one article of a draft: nobody's words are lost, on the page and in the action."""

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Article
from tests.charters.test_sign_together import all_at_once
from tests.factories.charters import adaptation_draft


@pytest.fixture
def draft(jardins, bruno, elsa, tilleuls):
    return adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls)


def adapted(text, mark, **others):
    return {"treatment": "adapted", "title": "Avec", "text": text, "reason": "Ici.", "mark": mark, **others}


def address(draft, key="avec"):
    return reverse("charters:workshop-edit-article", args=[draft.adaptation.slug, key])


def mark_on(page):
    return page.context["form"]["mark"].value()


@pytest.mark.django_db
def test_the_second_sees_the_words_of_the_first_and_keeps_their_own(sign_in, draft, bruno, elsa):
    his, hers = sign_in(bruno), sign_in(elsa)
    opened = mark_on(his.get(address(draft)))
    assert opened == mark_on(hers.get(address(draft)))
    his.post(address(draft), adapted("Nous décidons <b>au</b> marché.", opened))

    answer = hers.post(address(draft), adapted("Nous décidons le jeudi.", opened))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Quelqu’un a changé cet article" in page
    assert "Nous décidons &lt;b&gt;au&lt;/b&gt; marché." in page, "his words, and never as code"
    assert answer.context["form"]["text"].value() == "Nous décidons le jeudi.", "hers are kept"
    assert draft.articles.get(key="avec").text == "Nous décidons <b>au</b> marché."

    chosen = hers.post(address(draft), adapted("Nous décidons le jeudi, au marché.", mark_on(answer)))
    assert chosen.status_code == 302
    assert draft.articles.get(key="avec").text == "Nous décidons le jeudi, au marché."


@pytest.mark.django_db
def test_the_same_words_sent_twice_are_no_conflict(sign_in, draft, bruno):
    his = sign_in(bruno)
    form = adapted("Au marché.", mark_on(his.get(address(draft))))
    assert [his.post(address(draft), form).status_code for _ in range(2)] == [302, 302]


@pytest.mark.django_db
def test_an_article_removed_while_somebody_writes_in_it(sign_in, draft, bruno, elsa, now):
    fields = {"kind": "value", "title": "Ici", "text": "À nous."}
    added = actions.add_article(draft, actor=elsa, at=now, key="ici", **fields)
    stale = Article.objects.get(pk=added.pk)
    actions.remove_article(added, actor=elsa, at=now)
    with pytest.raises(actions.ArticleGone):
        actions.change_article(stale, actor=elsa, at=now, mark=stale.mark, text="Autre")


@pytest.mark.django_db
def test_an_article_is_not_removed_over_words_that_nobody_read(sign_in, draft, bruno, elsa, now):
    fields = {"kind": "value", "title": "Ici", "text": "À nous."}
    added = actions.add_article(draft, actor=elsa, at=now, key="ici", **fields)
    his = sign_in(bruno)
    read = mark_on(his.get(address(draft, "ici")))
    actions.change_article(added, actor=elsa, at=now, text="À nous toutes.")
    remove = reverse("charters:workshop-remove-article", args=[draft.adaptation.slug, "ici"])
    his.post(remove, {"mark": read})
    assert draft.articles.filter(key="ici").exists()
    his.post(remove, {"mark": mark_on(his.get(address(draft, "ici")))})
    assert not draft.articles.filter(key="ici").exists()


@pytest.mark.django_db
def test_a_summary_is_not_confirmed_for_words_that_nobody_read(draft, elsa, now):
    article = draft.articles.get(key="avec")
    read = article.mark
    reason = {"treatment": "adapted", "reason": "Ici."}
    actions.change_article(article, actor=elsa, at=now, plain_language="Ensemble.", **reason)
    with pytest.raises(actions.ConflictingEdit):
        actions.confirm_plain_language(article, actor=elsa, at=now, mark=read)


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_write_at_once_one_is_saved_and_the_others_are_told(draft, elsa):
    article = draft.articles.get(key="avec")

    def write(number):
        mine = Article.objects.get(pk=article.pk)
        words = {"treatment": "adapted", "text": f"Les mots de {number}.", "reason": "Ici."}
        return actions.change_article(mine, actor=elsa, at=timezone.now(), mark=article.mark, **words)

    results = all_at_once(write, range(12))
    told = [result for result in results if isinstance(result, actions.ConflictingEdit)]
    assert len(told) == 11, results
    (saved,) = [result for result in results if isinstance(result, Article)]
    assert {refusal.article.text for refusal in told} == {saved.text}
