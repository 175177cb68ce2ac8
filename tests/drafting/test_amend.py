"""Proposing other words, supporting, objecting, giving up."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.charters.actions import ConflictingEdit, change_article
from maillage.drafting import actions
from maillage.drafting.models import Amendment, Stance
from maillage.groups.models import PartnerInvitation
from maillage.messaging.models import Message
from tests.factories.drafting import amendment_to, seat_in

pytestmark = pytest.mark.django_db


def address(name, workshop, *more):
    return reverse(f"drafting:{name}", args=[workshop.group.slug, workshop.pk, *more])


def test_the_group_sees_what_changes_word_by_word_and_why(sign_in, workshop, amina, entraide, bruno):
    hers, his = sign_in(amina), sign_in(bruno)
    form = hers.get(address("amend", workshop, "avec"))
    sent = {
        "voice": f"o{entraide.pk}",
        "title": "Avec les habitants",
        "text": "Nous décidons avec les <b>habitantes</b> et les habitants.",
        "reason": "Elles sont la moitié.",
        "mark": form.context["form"]["mark"].value(),
    }
    assert hers.post(address("amend", workshop, "avec"), sent).status_code == 302
    page = his.get(Amendment.objects.get().get_absolute_url()).content.decode()
    assert "Elles sont la moitié." in page
    assert "<ins>" in page
    assert "&lt;b&gt;habitantes" in page or "&gt;habitantes" in page
    assert "<b>habitantes" not in page, "typed words are never code"
    letter = Message.objects.get(kind="amendment_proposed")
    assert letter.recipient == "bruno@exemple.org"
    assert "Elles sont la moitié." in letter.body


def test_an_article_that_changed_under_the_pen_is_shown_and_the_words_are_kept(
    sign_in, workshop, amina, entraide, bruno, now
):
    hers = sign_in(amina)
    mark = hers.get(address("amend", workshop, "avec")).context["form"]["mark"].value()
    article = workshop.version.articles.get(key="avec")
    change_article(article, actor=bruno, at=now, treatment="adapted", text="Les mots de Bruno.", reason="Ici.")
    sent = {"voice": f"o{entraide.pk}", "title": "Avec", "text": "Les mots d’Amina.", "reason": "Oui.", "mark": mark}
    answer = hers.post(address("amend", workshop, "avec"), sent)
    assert answer.status_code == 409
    assert "Les mots de Bruno." in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Les mots d’Amina."
    assert not Amendment.objects.exists()
    sent["mark"] = answer.context["form"]["mark"].value()
    assert hers.post(address("amend", workshop, "avec"), sent).status_code == 302
    assert Amendment.objects.get().base_text == "Les mots de Bruno."


def test_the_words_of_the_article_are_no_amendment(workshop, amina, entraide, now):
    with pytest.raises(actions.NothingProposed):
        amendment_to(workshop, actor=amina, organisation=entraide, text="Nous décidons avec les habitants.")


@pytest.mark.parametrize(
    ("persona", "speaks_for"),
    [("amina", "jardins"), ("hugo", "boxe"), ("chloe", "entraide"), ("fatou", "prefecture"), ("amina", None)],
)
def test_nobody_speaks_in_a_name_that_is_not_theirs(request, workshop, persona, speaks_for, now):
    organisation = request.getfixturevalue(speaks_for) if speaks_for else None
    with pytest.raises(PermissionDenied):
        amendment_to(workshop, actor=request.getfixturevalue(persona), organisation=organisation)


def test_a_resident_proposes_from_their_seat(workshop, group, chloe, bruno, now):
    seat = seat_in(group, user=chloe)
    made = amendment_to(workshop, actor=chloe, seat=seat)
    assert made.voice == seat
    with pytest.raises(PermissionDenied):
        amendment_to(workshop, actor=bruno, seat=seat)


def test_a_mark_of_words_that_went_is_refused(workshop, amina, entraide, now):
    with pytest.raises(ConflictingEdit):
        actions.propose_amendment(
            workshop,
            kind="remove",
            reason="Il répète.",
            article_key="avec",
            organisation=entraide,
            actor=amina,
            at=now,
            mark="0" * 16,
        )


def test_one_stance_an_organisation_and_it_may_change(sign_in, workshop, amendment, bruno, jardins):
    his = sign_in(bruno)
    where = address("stance", workshop, amendment.pk)
    refused = his.post(where, {"voice": f"o{jardins.pk}", "kind": "object", "words": " "})
    assert refused.status_code == 409
    assert "Dites quelle est votre objection" in refused.content.decode()
    his.post(where, {"voice": f"o{jardins.pk}", "kind": "support", "words": ""})
    his.post(where, {"voice": f"o{jardins.pk}", "kind": "object", "words": "Qui sont « celles et ceux » ?"})
    stance = Stance.objects.get()
    assert (stance.kind, stance.organisation) == ("object", jardins)
    page = his.get(amendment.get_absolute_url())
    assert "Qui sont « celles et ceux » ?" in page.content.decode()


def test_who_proposes_supports_already(amendment, amina, entraide, now):
    with pytest.raises(actions.OwnAmendment):
        actions.take_stance(amendment, kind="support", organisation=entraide, actor=amina, at=now)


def test_an_objection_has_its_words(amendment, bruno, jardins, now):
    with pytest.raises(ValidationError, match="objection"):
        actions.take_stance(amendment, kind="object", words="  ", organisation=jardins, actor=bruno, at=now)


def test_giving_up_stays_in_the_history(sign_in, workshop, amendment, amina, bruno, now):
    with pytest.raises(PermissionDenied):
        actions.withdraw_amendment(amendment, actor=bruno, at=now)
    hers = sign_in(amina)
    hers.post(address("withdraw", workshop, amendment.pk))
    with pytest.raises(actions.AlreadyAnswered):
        actions.accept_amendment(amendment, actor=bruno, at=now, reason="Ici.")
    history = hers.get(address("history", workshop)).content.decode()
    assert "Les habitants, ce sont nous aussi." in history
    assert "retiré par qui le proposait" in history


@pytest.mark.parametrize("persona", ["chloe", "djibril", "fatou", "gael", "hugo", "ines"])
def test_no_page_answers_outside_the_group(request, sign_in, workshop, amendment, persona):
    reader = sign_in(request.getfixturevalue(persona))
    for where in (
        reverse("drafting:workshop-list", args=[workshop.group.slug]),
        workshop.get_absolute_url(),
        amendment.get_absolute_url(),
        address("article", workshop, "avec"),
        address("history", workshop),
        address("paper", workshop),
        address("amend", workshop, "avec"),
    ):
        assert reader.get(where).status_code == (302 if persona == "djibril" else 404), where


def test_an_amendment_is_not_reached_through_another_group(sign_in, amendment, amina, entraide, tilleuls):
    from tests.factories.drafting import group_of

    other = group_of(entraide, territory=tilleuls, slug="autre")
    where = reverse("drafting:amendment", args=[other.slug, amendment.workshop_id, amendment.pk])
    assert sign_in(amina).get(where).status_code == 404


def test_a_public_partner_invited_to_the_group_reads_nothing_of_it(
    sign_in, workshop, amendment, group, prefecture, fatou, bruno, now
):
    PartnerInvitation.objects.create(group=group, organisation=prefecture, invited_by=bruno, since=now.date())
    reader = sign_in(fatou)
    assert reader.get(group.get_absolute_url()).status_code == 200
    for where in (
        reverse("drafting:workshop-list", args=[group.slug]),
        workshop.get_absolute_url(),
        amendment.get_absolute_url(),
    ):
        assert reader.get(where).status_code == 404
    assert "Textes à écrire ensemble" not in reader.get(group.get_absolute_url()).content.decode()
