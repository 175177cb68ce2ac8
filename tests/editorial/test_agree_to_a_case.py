"""A case study is published only with the assent of every organisation that it names."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from maillage.editorial import actions
from maillage.editorial.links import assent_link
from maillage.editorial.models import CaseStudy
from maillage.messaging.models import Message
from tests.factories.editorial import agree_to_all, case_study

pytestmark = pytest.mark.django_db


def _link_of(message):
    return re.search(r"http\S+/pratiques/accord/\S+", message.body)[0].split("/", 3)[3]


def _asked(case, gael, now):
    return {one.name: one for one in actions.ask_assents(case, actor=gael, at=now)}


def test_each_organisation_named_is_asked_once(entraide, jardins, amina, bruno, gael, now):
    case = case_study(names=[entraide, jardins])
    assert len(_asked(case, gael, now)) == 2
    assert set(Message.objects.values_list("recipient", flat=True)) == {amina.email, bruno.email}
    assert actions.ask_assents(case, actor=gael, at=now) == []


def test_an_organisation_that_is_not_on_maillage_is_asked_at_its_address(gael, now, client):
    case = case_study(names=[("Salle du Port", "salle@exemple.org")])
    _asked(case, gael, now)
    message = Message.objects.get()
    assert message.recipient == "salle@exemple.org"
    path = "/" + _link_of(message)
    page = client.get(path)
    assert "La salle ouvre le samedi." in page.content.decode()
    assert case.assents.get().state == "asked"
    sent = {"agrees": "yes", "words_of": case.assents.get().fingerprint}
    client.post(path, sent, follow=True)
    assert case.assents.get().state == "agreed"
    actions.publish_case(case, actor=gael, at=now)
    told = client.post(path, {"withdraw": "yes", "words": "Nous fermons."}, follow=True)
    assert "plus publié" in told.content.decode()
    assert client.get(case.get_absolute_url()).status_code == 404


def test_nothing_is_published_while_somebody_has_not_agreed(entraide, gael, now):
    case = case_study(names=[entraide])
    with pytest.raises(ValidationError, match="pas donné son accord"):
        actions.publish_case(case, actor=gael, at=now)
    with pytest.raises(ValueError, match="samedi"):
        case.get_latest_revision().publish()
    assert not CaseStudy.objects.get(pk=case.pk).live


def test_published_once_everybody_agrees(entraide, amina, gael, now, client):
    case = case_study(names=[entraide])
    assent = _asked(case, gael, now)["Entraide du Parc"]
    actions.answer_assent(assent, agrees=True, fingerprint=assent.fingerprint, actor=amina, at=now)
    actions.publish_case(case, actor=gael, at=now)
    assert case.title in client.get(case.get_absolute_url()).content.decode()


def test_a_refusal_is_respected_and_told(entraide, amina, gael, now):
    case = case_study(names=[entraide])
    assent = _asked(case, gael, now)["Entraide du Parc"]
    actions.answer_assent(
        assent, agrees=False, words="Pas ainsi.", fingerprint=assent.fingerprint, actor=amina, at=now
    )
    with pytest.raises(ValidationError):
        actions.publish_case(case, actor=gael, at=now)
    told = Message.objects.get(recipient=gael.email)
    assert "Pas ainsi." in told.body
    assert actions.ask_assents(case, actor=gael, at=now) == []


def test_other_words_are_asked_again(entraide, gael, now):
    case = case_study(names=[entraide])
    agree_to_all(case)
    words = case.get_latest_revision_as_object()
    words.brakes = "La confiance manquait."
    words.save_revision()
    with pytest.raises(ValidationError):
        actions.publish_case(case, actor=gael, at=now)
    assert len(actions.ask_assents(case, actor=gael, at=now)) == 1


def test_a_forged_an_old_and_a_late_link_answer_with_a_sentence(entraide, gael, now, client, monkeypatch):
    case = case_study(names=[entraide])
    assent = _asked(case, gael, now)["Entraide du Parc"]
    link = assent_link(assent)
    forged = client.get(f"/pratiques/accord/{link[:-2]}zz/")
    assert forged.status_code == 404
    assert "pas de nous" in forged.content.decode()
    words = case.get_latest_revision_as_object()
    words.levers = "Autre chose."
    words.save_revision()
    late = client.post(f"/pratiques/accord/{link}/", {"agrees": "yes", "words_of": assent.fingerprint})
    assert late.status_code == 410
    assert "a changé" in late.content.decode()
    monkeypatch.setattr("maillage.editorial.links.LINK_LASTS", -1)
    old = client.get(f"/pratiques/accord/{link}/")
    assert "plus de trois mois" in old.content.decode()
    assert case.assents.get().state == "asked"


def test_an_assent_taken_back_unpublishes_at_once(entraide, amina, client, now):
    case = case_study(names=[entraide], live=True)
    actions.withdraw_assent(case.assents.get(), words="Nous partons.", actor=amina, at=now)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_a_neighbour_does_not_answer_for_another(entraide, bruno, gael, now):
    case = case_study(names=[entraide])
    assent = _asked(case, gael, now)["Entraide du Parc"]
    with pytest.raises(PermissionDenied):
        actions.answer_assent(assent, agrees=True, fingerprint=assent.fingerprint, actor=bruno, at=now)


def test_who_is_named_and_not_listed_is_said_before_anybody_is_asked(tilleuls, entraide, jardins, gael, now):
    case = case_study(names=[entraide], territories=[tilleuls], context="Avec les jardins partagés.")
    with pytest.raises(ValidationError, match="Les Jardins partagés"):
        actions.ask_assents(case, actor=gael, at=now)


def test_a_public_partner_reads_the_passages_that_name_it_alone(prefecture, fatou, gael, now, sign_in):
    case = case_study(names=[prefecture], context="La Préfecture a prêté la cour.\nLa mairie, non.")
    assent = _asked(case, gael, now)["Préfecture"]
    page = sign_in(fatou).get(f"/pratiques/accords/{assent.uuid}/").content.decode()
    assert "a prêté la cour" in page
    assert "La mairie, non." not in page
    assert "La salle ouvre le samedi." not in page
    assert sign_in(fatou).get(case.get_absolute_url()).status_code == 404


def test_a_public_body_that_is_not_here_reads_no_more_through_its_link(client, gael, now):
    case = case_study(names=[("Mairie de Valmont", "mairie@example.org")], context="La mairie de Valmont a dit oui.")
    words = case.get_latest_revision_as_object()
    for name in words.names.all():
        name.is_public_body = True
    words.save_revision()
    assent = _asked(case, gael, now)["Mairie de Valmont"]
    page = client.get(f"/pratiques/accord/{assent_link(assent)}/").content.decode()
    assert "a dit oui" in page
    assert "La salle ouvre le samedi." not in page
