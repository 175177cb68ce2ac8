"""Saying something of an article, answering, settling it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.charters.actions import add_article, remove_article
from maillage.drafting import actions
from maillage.drafting.models import Comment
from tests.factories.drafting import seat_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(workshop, amina, entraide, now):
    return actions.make_comment(
        workshop, text="Et les jeunes ?", article_key="avec", organisation=entraide, actor=amina, at=now
    )


def test_said_answered_settled(sign_in, workshop, group, amina, entraide, bruno, jardins):
    hers, his = sign_in(amina), sign_in(bruno)
    say = reverse("drafting:comment", args=[group.slug, workshop.pk])
    hers.post(say, {"voice": f"o{entraide.pk}", "text": "Et les <i>jeunes</i> ?", "article_key": "avec"})
    first = Comment.objects.get()
    his.post(say, {"voice": f"o{jardins.pk}", "text": "Dans l’article trois.", "parent": first.pk})
    page = hers.get(reverse("drafting:article", args=[group.slug, workshop.pk, "avec"])).content.decode()
    assert "Et les &lt;i&gt;jeunes&lt;/i&gt; ?" in page
    assert "Dans l’article trois." in page
    hers.post(reverse("drafting:resolve", args=[group.slug, workshop.pk, first.pk]))
    first.refresh_from_db()
    assert first.resolved_by == amina
    his.post(say, {"voice": f"o{jardins.pk}", "text": "Encore un mot.", "parent": first.pk})
    first.refresh_from_db()
    assert first.resolved_at is None, "an answer opens it again"


def test_of_the_whole_text(sign_in, workshop, amina, entraide):
    hers = sign_in(amina)
    say = reverse("drafting:comment", args=[workshop.group.slug, workshop.pk])
    hers.post(say, {"voice": f"o{entraide.pk}", "text": "C’est clair, dans l’ensemble."})
    assert "C’est clair, dans l’ensemble." in hers.get(workshop.get_absolute_url()).content.decode()


def test_one_level_of_answers_and_no_more(workshop, comment, bruno, jardins, now):
    answer = actions.make_comment(workshop, text="Oui.", parent=comment, organisation=jardins, actor=bruno, at=now)
    with pytest.raises(ValidationError, match="pas à une réponse"):
        actions.make_comment(workshop, text="Non.", parent=answer, organisation=jardins, actor=bruno, at=now)
    with pytest.raises(ValidationError, match="entière"):
        actions.resolve_comment(answer, actor=bruno, at=now)


def test_an_article_that_is_not_there(sign_in, workshop, amina, entraide):
    say = reverse("drafting:comment", args=[workshop.group.slug, workshop.pk])
    sent = {"voice": f"o{entraide.pk}", "text": "Où est-il ?", "article_key": "absent"}
    answer = sign_in(amina).post(say, sent)
    assert answer.status_code == 409
    assert "Où est-il ?" in answer.content.decode(), "what was typed is kept"


def test_what_was_said_of_an_article_that_went_stays_readable(sign_in, workshop, amina, entraide, bruno, now):
    fields = {"kind": "value", "title": "Ici", "text": "À nous."}
    article = add_article(workshop.version, actor=bruno, at=now, key="ici", **fields)
    said = {"organisation": entraide, "actor": amina, "at": now, "article_key": "ici"}
    actions.make_comment(workshop, text="Est-ce bien utile ?", **said)
    remove_article(article, actor=bruno, at=now)
    hers = sign_in(amina)
    where = reverse("drafting:article", args=[workshop.group.slug, workshop.pk, "ici"])
    assert where in hers.get(workshop.get_absolute_url()).content.decode()
    page = hers.get(where).content.decode()
    assert "n’est plus dans le texte" in page
    assert "Est-ce bien utile ?" in page


def test_settled_by_who_began_or_who_animates(comment, group, chloe, elsa, hugo, now):
    seat_in(group, user=chloe)
    for outsider in (chloe, hugo):
        with pytest.raises(PermissionDenied):
            actions.resolve_comment(comment, actor=outsider, at=now)
    assert actions.resolve_comment(comment, actor=elsa, at=now).resolved_by == elsa


def test_who_coordinates_speaks_for_the_animation(workshop, elsa, now):
    assert actions.make_comment(workshop, text="Bienvenue.", actor=elsa, at=now).voice == "l’animation"
