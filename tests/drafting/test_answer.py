"""Answering amendments: accepted, with other words or not, refused; the text changes by the charter's actions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.charters.actions import ConflictingEdit, add_article, change_article, remove_article
from maillage.drafting import actions
from maillage.drafting.models import Amendment
from maillage.messaging.models import Message
from tests.factories.drafting import amendment_to, group_of, workshop_of

pytestmark = pytest.mark.django_db
PROPOSED = "Nous décidons avec celles et ceux qui vivent ici."


def address(name, amendment):
    workshop = amendment.workshop
    return reverse(f"drafting:{name}", args=[workshop.group.slug, workshop.pk, amendment.pk])


def article_of(workshop, key="avec"):
    return workshop.version.articles.get(key=key)


def test_accepted_the_text_says_it_with_the_reason_that_is_published(sign_in, workshop, amendment, bruno):
    his = sign_in(bruno)
    page = his.get(address("accept", amendment))
    mark = page.context["form"]["mark"].value()
    refused = his.post(address("accept", amendment), {"mark": mark, "reason": "", "answer": ""})
    assert refused.status_code == 200
    assert article_of(workshop).treatment == "kept"
    his.post(address("accept", amendment), {"mark": mark, "reason": "C’est ici.", "answer": "Merci !"})
    article = article_of(workshop)
    assert (article.text, article.treatment, article.reason) == (PROPOSED, "adapted", "C’est ici.")
    amendment.refresh_from_db()
    assert (amendment.state, amendment.final_text) == ("accepted", PROPOSED)
    letter = Message.objects.get(kind="amendment_answered")
    assert letter.recipient == "amina@exemple.org"
    assert "Merci !" in letter.body


def test_the_reason_given_inside_the_group_is_never_published(workshop, amendment, bruno, now):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        actions.accept_amendment(amendment, actor=bruno, at=now)
    assert article_of(workshop).reason == ""


def test_who_animates_the_group_decides_without_writing_the_text(
    jardins, entraide, bruno, amina, elsa, tilleuls, now
):
    """Amina's association animates; the adaptation is carried by Bruno's, who opened it to the group."""
    group = group_of(jardins, territory=tilleuls, facilitator=entraide)
    workshop = workshop_of(group, promoter=jardins, actor=bruno, territory=tilleuls, at=now)
    amendment = amendment_to(workshop, actor=bruno, organisation=jardins)
    with pytest.raises(PermissionDenied):
        change_article(article_of(workshop), actor=amina, at=now, text="Directement.")
    actions.accept_amendment(amendment, actor=amina, at=now, reason="Ici.")
    assert article_of(workshop).text == PROPOSED


def test_a_member_who_animates_nothing_decides_nothing(workshop, amendment, amina, now):
    for decide in (
        lambda: actions.accept_amendment(amendment, actor=amina, at=now, reason="Ici."),
        lambda: actions.refuse_amendment(amendment, actor=amina, at=now, answer="Non."),
        lambda: actions.merge_amendments([amendment], title="A", text="B", answer="C", actor=amina, at=now),
    ):
        with pytest.raises(PermissionDenied):
            decide()


def test_words_that_come_back_to_the_national_ones_are_kept(workshop, amina, entraide, bruno, now):
    change_article(article_of(workshop), actor=bruno, at=now, treatment="adapted", text="Autrement.", reason="Ici.")
    back = amendment_to(workshop, actor=amina, organisation=entraide, text="Nous décidons avec les habitants.")
    actions.accept_amendment(back, actor=bruno, at=now)
    assert (article_of(workshop).treatment, article_of(workshop).reason) == ("kept", "")


LONG = "Nous décidons avec les habitants. Nous le disons. Nous revenons dire ce que cela devient."


@pytest.fixture
def long_article(workshop, elsa, now):
    return change_article(article_of(workshop), actor=elsa, at=now, treatment="adapted", text=LONG, reason="Ici.")


def test_what_changed_elsewhere_meanwhile_is_merged_and_shown(
    sign_in, workshop, long_article, amina, entraide, bruno, now
):
    amendment = amendment_to(
        workshop, actor=amina, organisation=entraide, text=LONG.replace("le disons", "l’écrivons")
    )
    change_article(article_of(workshop), actor=bruno, at=now, text=LONG.replace("revenons", "retournons"))
    his = sign_in(bruno)
    page = his.get(address("accept", amendment))
    assert "Les deux changements ne se touchent pas" in page.content.decode()
    his.post(address("accept", amendment), {"mark": page.context["form"]["mark"].value(), "reason": "Ici."})
    assert article_of(workshop).text == (
        "Nous décidons avec les habitants. Nous l’écrivons. Nous retournons dire ce que cela devient."
    )


def test_where_both_changed_one_sentence_people_write_it(
    sign_in, workshop, long_article, amina, entraide, bruno, now
):
    amendment = amendment_to(
        workshop, actor=amina, organisation=entraide, text=LONG.replace("le disons", "l’écrivons")
    )
    change_article(article_of(workshop), actor=bruno, at=now, text=LONG.replace("le disons", "le crions"))
    with pytest.raises(actions.WordsMeet):
        actions.accept_amendment(amendment, actor=bruno, at=now, reason="Ici.")
    his = sign_in(bruno)
    shown = his.get(address("accept", amendment)).content.decode()
    assert "change la même phrase" in shown
    assert "crions" in shown
    page = his.get(address("merge", amendment))
    assert "le crions" in page.context["form"]["text"].value(), "the article as it is, to be written"
    words = LONG.replace("le disons", "le crions et l’écrivons")
    sent = {
        "mark": page.context["form"]["mark"].value(),
        "title": "Avec",
        "text": words,
        "reason": "Ici.",
        "answer": "Les deux.",
    }
    his.post(address("merge", amendment), sent)
    assert article_of(workshop).text == words
    amendment.refresh_from_db()
    assert amendment.state == "merged"


def test_several_are_answered_together(sign_in, workshop, long_article, amina, entraide, bruno, jardins, elsa, now):
    one = amendment_to(workshop, actor=amina, organisation=entraide, text=LONG.replace("le disons", "l’écrivons"))
    two = amendment_to(workshop, actor=bruno, organisation=jardins, text=LONG.replace("revenons", "retournons"))
    hers = sign_in(elsa)
    form = hers.get(address("merge", one)).context["form"]
    both = form["text"].value()
    assert "l’écrivons" in both
    assert "retournons" in both
    sent = {
        "mark": form["mark"].value(),
        "title": "Avec",
        "text": both,
        "reason": "",
        "answer": "Les deux ensemble.",
        "others": [two.pk],
    }
    assert hers.post(address("merge", one), sent).status_code == 302
    assert {a.state for a in Amendment.objects.all()} == {"merged"}
    assert {a.final_text for a in Amendment.objects.all()} == {both}
    letters = Message.objects.filter(kind="amendment_answered")
    assert {letter.recipient for letter in letters} == {"amina@exemple.org", "bruno@exemple.org"}


def test_somebody_writes_in_the_article_while_one_decides(sign_in, workshop, amendment, bruno, elsa, now):
    his = sign_in(bruno)
    form = his.get(address("merge", amendment)).context["form"]
    change_article(article_of(workshop), actor=elsa, at=now, treatment="adapted", text="Les mots d’Elsa.", reason="X")
    sent = {
        "mark": form["mark"].value(),
        "title": "Avec",
        "text": "Les mots de Bruno.",
        "reason": "Ici.",
        "answer": "Voilà.",
    }
    answer = his.post(address("merge", amendment), sent)
    assert answer.status_code == 409
    assert "Les mots d’Elsa." in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Les mots de Bruno."
    assert article_of(workshop).text == "Les mots d’Elsa."
    with pytest.raises(ConflictingEdit):
        actions.accept_amendment(amendment, actor=bruno, at=now, mark=form["mark"].value(), reason="Ici.")
    accepted = his.post(address("accept", amendment), {"mark": form["mark"].value(), "reason": "Ici."})
    assert accepted.status_code == 409


def test_a_refusal_has_its_words(sign_in, workshop, amendment, bruno, amina, now):
    his = sign_in(bruno)
    assert his.post(address("refuse", amendment), {"answer": "  "}).status_code == 200
    with pytest.raises(ValidationError, match="attend une réponse"):
        actions.refuse_amendment(amendment, actor=bruno, at=now, answer=" ")
    his.post(address("refuse", amendment), {"answer": "Nous y reviendrons."})
    assert "Nous y reviendrons." in sign_in(amina).get(amendment.get_absolute_url()).content.decode()
    assert article_of(workshop).treatment == "kept"
    assert his.get(address("accept", amendment)).status_code == 302, "answered once"


def test_a_new_article_enters_the_text(workshop, amina, entraide, bruno, now):
    made = actions.propose_amendment(
        workshop,
        kind="add",
        article_kind="commitment",
        title="Le jeudi",
        text="Une heure ouverte.",
        reason="Pour venir.",
        organisation=entraide,
        actor=amina,
        at=now,
    )
    actions.accept_amendment(made, actor=bruno, at=now)
    article = article_of(workshop, "le-jeudi")
    assert (article.kind, article.treatment, article.text) == ("commitment", "added", "Une heure ouverte.")
    made.refresh_from_db()
    assert made.article_key == "le-jeudi"


def propose_removal(workshop, key, amina, entraide, now):
    said = {"reason": "Il répète.", "organisation": entraide, "actor": amina, "at": now}
    return actions.propose_amendment(workshop, kind="remove", article_key=key, **said)


def test_a_national_article_is_left_out_with_a_reason_and_an_added_one_goes(workshop, amina, entraide, bruno, now):
    out = propose_removal(workshop, "avec", amina, entraide, now)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        actions.accept_amendment(out, actor=bruno, at=now)
    actions.accept_amendment(out, actor=bruno, at=now, reason="Dit ailleurs.")
    assert (article_of(workshop).treatment, article_of(workshop).reason) == ("left_out", "Dit ailleurs.")

    fields = {"kind": "value", "title": "Ici", "text": "À nous."}
    add_article(workshop.version, actor=bruno, at=now, key="ici", **fields)
    gone = propose_removal(workshop, "ici", amina, entraide, now)
    actions.accept_amendment(gone, actor=bruno, at=now)
    assert not workshop.version.articles.filter(key="ici").exists()


def test_an_amendment_to_an_article_that_went_is_answered_without_object(
    sign_in, workshop, amina, entraide, bruno, now
):
    fields = {"kind": "value", "title": "Ici", "text": "À nous."}
    article = add_article(workshop.version, actor=bruno, at=now, key="ici", **fields)
    amendment = amendment_to(workshop, actor=amina, organisation=entraide, article_key="ici", text="À toutes.")
    remove_article(article, actor=bruno, at=now)
    with pytest.raises(actions.ArticleMissing):
        actions.accept_amendment(amendment, actor=bruno, at=now)
    his = sign_in(bruno)
    assert "sans objet" in his.get(address("accept", amendment)).content.decode()
    assert his.get(reverse("drafting:article", args=[workshop.group.slug, workshop.pk, "ici"])).status_code == 200
    his.post(address("refuse", amendment), {"answer": "L’article est parti."})
    amendment.refresh_from_db()
    assert amendment.state == "outdated"


def test_bringing_back_an_article_that_was_left_out(workshop, amina, entraide, bruno, now):
    change_article(article_of(workshop), actor=bruno, at=now, treatment="left_out", reason="Trop long.")
    back = amendment_to(workshop, actor=amina, organisation=entraide, text="Nous décidons avec les habitants.")
    actions.accept_amendment(back, actor=bruno, at=now)
    assert article_of(workshop).treatment == "kept"


def test_amendments_of_two_articles_are_not_answered_together(workshop, amendment, amina, entraide, elsa, now):
    other = amendment_to(workshop, actor=amina, organisation=entraide, article_key="dialogue", text="Nous parlons.")
    with pytest.raises(ValidationError, match="même article"):
        actions.merge_amendments([amendment, other], title="A", text="B", answer="C", reason="D", actor=elsa, at=now)


def test_who_left_the_group_is_not_written_to(workshop, amendment, amina, entraide, bruno, now):
    amina.memberships.update(until=now.date())
    actions.refuse_amendment(amendment, answer="Non.", actor=bruno, at=now)
    assert not Message.objects.filter(kind="amendment_answered").exists()
