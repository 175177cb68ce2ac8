"""The pages of a text opened to a group, as its members use them."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.charters.actions import change_article
from maillage.drafting import actions
from maillage.drafting.models import Amendment, Comment, Stance
from tests.factories.drafting import amendment_to, seat_in

pytestmark = pytest.mark.django_db


def address(name, workshop, *more):
    return reverse(f"drafting:{name}", args=[workshop.group.slug, workshop.pk, *more])


def test_a_new_article_proposed_then_accepted_with_other_words(sign_in, workshop, amina, entraide, bruno):
    hers, his = sign_in(amina), sign_in(bruno)
    sent = {"voice": f"o{entraide.pk}", "kind": "commitment", "title": "Le jeudi", "reason": "Pour venir."}
    refused = hers.post(address("propose-article", workshop), {**sent, "text": ""})
    assert "obligatoire" in refused.content.decode()
    hers.post(address("propose-article", workshop), {**sent, "text": "Une heure ouverte."})
    amendment = Amendment.objects.get()
    merge = address("merge", workshop, amendment.pk)
    assert his.get(merge).context["form"]["text"].value() == "Une heure ouverte."
    words = {"title": "Le mardi", "text": "Deux heures ouvertes.", "answer": "Le mardi, il y a la salle."}
    his.post(merge, words)
    assert workshop.version.articles.get(key="le-mardi").text == "Deux heures ouvertes."
    page = hers.get(amendment.get_absolute_url()).content.decode()
    assert "Le mardi, il y a la salle." in page
    assert "accepté avec d’autres mots" in page


def test_a_removal_proposed_over_words_that_changed(sign_in, workshop, amina, entraide, bruno, now):
    hers = sign_in(amina)
    where = address("propose-removal", workshop, "avec")
    mark = hers.get(where).context["form"]["mark"].value()
    article = workshop.version.articles.get(key="avec")
    change_article(article, actor=bruno, at=now, treatment="adapted", text="Les mots de Bruno.", reason="Ici.")
    sent = {"voice": f"o{entraide.pk}", "reason": "Il répète.", "mark": mark}
    told = hers.post(where, sent)
    assert told.status_code == 409
    assert "Les mots de Bruno." in told.content.decode()
    hers.post(where, {**sent, "mark": told.context["form"]["mark"].value()})
    removal = Amendment.objects.get()
    assert (removal.kind, removal.base_text) == ("remove", "Les mots de Bruno.")
    his = sign_in(bruno)
    assert his.get(address("merge", workshop, removal.pk)).status_code == 302, "nothing to rewrite"
    mark = his.get(address("accept", workshop, removal.pk)).context["form"]["mark"].value()
    his.post(address("accept", workshop, removal.pk), {"mark": mark, "reason": "Dit ailleurs."})
    assert workshop.version.articles.get(key="avec").treatment == "left_out"
    assert "déjà laissé de côté" in hers.post(where, sent | {"mark": ""}).content.decode()


def test_the_last_day_is_changed_and_the_text_closed(sign_in, workshop, amendment, bruno, amina, now):
    his = sign_in(bruno)
    day = timezone.localdate(now)
    his.post(address("change-day", workshop), {"closes_on": (day - datetime.timedelta(days=3)).isoformat()})
    workshop.refresh_from_db()
    assert workshop.closes_on is None
    his.post(address("change-day", workshop), {"closes_on": (day + datetime.timedelta(days=3)).isoformat()})
    workshop.refresh_from_db()
    assert workshop.closes_on == day + datetime.timedelta(days=3)
    assert sign_in(amina).post(address("change-day", workshop), {"closes_on": ""}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_closing_day(workshop, closes_on=None, actor=amina, at=now)
    assert str(amendment) in his.get(address("close", workshop)).content.decode()
    assert "dites ici pourquoi non" in his.post(address("close", workshop), {"words": ""}).content.decode()
    his.post(address("close", workshop), {"words": "À la révision."})
    assert "À la révision." in his.get(workshop.get_absolute_url()).content.decode()
    assert his.get(address("amend", workshop, "avec")).status_code == 403, "nobody speaks any more"
    assert his.get(address("accept", workshop, amendment.pk)).status_code == 403


def test_what_was_answered_meanwhile_is_told(sign_in, workshop, amendment, amina, bruno, now):
    hers, his = sign_in(amina), sign_in(bruno)
    actions.refuse_amendment(amendment, actor=bruno, at=now, answer="Non.")
    for client, name in ((his, "accept"), (his, "merge"), (his, "refuse"), (hers, "withdraw")):
        answer = client.post(address(name, workshop, amendment.pk), {"answer": "Oui."}, follow=True)
        assert "n’attend plus de réponse" in answer.content.decode(), name
    late = {"voice": f"o{bruno.memberships.get().organisation_id}", "kind": "support", "words": ""}
    told = his.post(address("stance", workshop, amendment.pk), late)
    assert "n’attend plus de réponse" in told.content.decode()


def test_a_resident_speaks_from_their_seat(sign_in, workshop, amendment, group, chloe):
    seat = seat_in(group, user=chloe)
    hers = sign_in(chloe)
    hers.post(address("comment", workshop), {"voice": f"s{seat.pk}", "text": "J’habite ici.", "article_key": "avec"})
    comment = Comment.objects.get()
    assert comment.seat == seat
    assert "Habiba" in hers.get(address("article", workshop, "avec")).content.decode()
    stance = address("stance", workshop, amendment.pk)
    for kind in ("support", "object"):
        hers.post(stance, {"voice": f"s{seat.pk}", "kind": kind, "words": "Qui ?"})
    assert Stance.objects.get().kind == "object"
    page = hers.get(amendment.get_absolute_url())
    assert page.context["stance_form"].initial == {"kind": "object", "words": "Qui ?"}
    hers.post(address("resolve", workshop, comment.pk))
    hers.post(address("resolve", workshop, comment.pk))
    comment.refresh_from_db()
    assert comment.resolved_by == chloe


def test_what_is_not_there_is_not_found(sign_in, workshop, amina, entraide, now):
    hers = sign_in(amina)
    for where in (
        address("article", workshop, "absent"),
        address("amend", workshop, "absent"),
        address("amendment", workshop, 999),
    ):
        assert hers.get(where).status_code == 404
    said = {"organisation": entraide, "actor": amina, "at": now, "reason": "Oui."}
    with pytest.raises(actions.ArticleMissing):
        actions.propose_amendment(workshop, kind="change", title="A", text="B", article_key="absent", **said)
    with pytest.raises(ValidationError, match="Écrivez"):
        actions.propose_amendment(workshop, kind="add", article_kind="value", title=" ", text="B", **said)


def test_the_text_is_printed_with_what_is_proposed(sign_in, workshop, amendment, amina, entraide):
    amendment_to(workshop, actor=amina, organisation=entraide, article_key="dialogue", text="Parlons.")
    page = sign_in(amina).get(address("paper", workshop)).content.decode()
    assert "Les habitants, ce sont nous aussi." in page
    assert "ces pages ne sortent pas du groupe" in page
