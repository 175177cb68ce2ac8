"""Two people write at once: the second one sees what the first one kept, and chooses."""

import pytest
from django.utils import timezone

from maillage.agreements import actions
from tests.factories.agreements import agreement_of
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def windows(sign_in, amina, bruno):
    return sign_in(amina), sign_in(bruno)


def clauses(*rows, edition):
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "edition": edition}
    for number, (title, text) in enumerate(rows):
        data |= {f"form-{number}-title": title, f"form-{number}-text": text}
    return data


def test_articles(windows, entraide, jardins):
    hers, his = windows
    agreement = agreement_of(entraide, [jardins])
    page = f"{agreement.get_absolute_url()}articles/"
    assert hers.post(page, clauses(("Le local", "La salle du haut."), edition=1)).status_code == 302
    late = his.post(page, clauses(("Le local", "La salle du bas."), edition=1)).content.decode()
    assert "Quelqu’un a enregistré avant vous" in late
    deleted, inserted = late.split("<del>")[1].split("</del>")[0], late.split("<ins>")[1].split("</ins>")[0]
    assert "haut" in deleted
    assert "bas" in inserted
    assert "La salle du bas." in late, "what was typed is kept"
    assert agreement.clauses.get().text == "La salle du haut."
    assert 'name="edition" value="2"' in late
    his.post(page, clauses(("Le local", "La salle du bas, celle du haut."), edition=2))
    assert agreement.clauses.get().text == "La salle du bas, celle du haut."


def test_a_form_that_is_refused_does_not_hide_what_others_kept(windows, entraide, jardins):
    hers, his = windows
    agreement = agreement_of(entraide, [jardins])
    page = f"{agreement.get_absolute_url()}articles/"
    hers.post(page, clauses(("Le local", "La salle du haut."), edition=1))
    refused = his.post(page, clauses(("Le local", ""), edition=1)).content.decode()
    assert 'name="edition" value="1"' in refused, "the next attempt still meets what she kept"


def test_dates_and_amounts(windows, amina, entraide, jardins):
    agreement = agreement_of(entraide, [jardins])
    page = f"{agreement.get_absolute_url()}elements/"
    actions.change_agreement(agreement, edition=1, notice_days=90, actor=amina, at=timezone.now())
    form = {"title": agreement.title, "starts_on": agreement.starts_on.isoformat(), "notice_days": 15, "edition": 1}
    late = windows[1].post(page, form).content.decode()
    assert "Quelqu’un a enregistré avant vous" in late
    assert "90" in late
    assert windows[1].post(page, {**form, "edition": 2}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.notice_days == 15


def test_payments(windows, amina, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], kind="fund_transfer")
    actions.change_instalments(agreement, [(day_in(9), 1000)], edition=1, actor=amina, at=timezone.now())
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "edition": 1}
    form |= {"form-0-due_on": day_in(9).isoformat(), "form-0-amount": "1200"}
    late = windows[1].post(f"{agreement.get_absolute_url()}versements/", form).content.decode()
    assert "Quelqu’un a enregistré avant vous" in late
    assert agreement.instalments.get().amount == 1000


def test_an_article_that_nobody_adapted_says_so_until_the_text_is_settled(windows, amina, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="review")
    page = agreement.get_absolute_url()
    assert windows[0].get(page).content.decode().count("C’est encore le modèle") == 6
    actions.change_clauses(agreement, [("Le local", "La salle du haut.")], edition=1, actor=amina, at=timezone.now())
    assert "C’est encore le modèle" not in windows[0].get(page).content.decode()
    settled = agreement_of(entraide, [jardins], state="to_sign")
    assert "C’est encore le modèle" not in windows[0].get(settled.get_absolute_url()).content.decode()
