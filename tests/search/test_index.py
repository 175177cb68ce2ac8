"""The index follows what happens, wherever it is written."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from maillage.charters.actions import merge_organisations
from maillage.organisations.actions import archive
from maillage.organisations.audiences import anybody
from maillage.search.actions import mend, mend_index
from maillage.search.models import Entry
from maillage.search.queries import groups_for
from maillage.search.sources import BY_KIND
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import case_study
from tests.factories.events import EventFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def found(text):
    return [hit.url for group in groups_for(anybody(), text) for hit in group.hits]


def test_a_change_is_found_once_it_is_committed(tilleuls):
    one = CooperationFactory(title="Cantine", published=True)
    assert found("cantine") == [one.get_absolute_url()]
    with transaction.atomic():
        one.title = "Bibliothèque"
        one.save()
        assert found("bibliothèque") == []
    assert found("bibliotheques") == [one.get_absolute_url()]
    assert found("cantine") == []
    one.territories.add(tilleuls)
    assert groups_for(anybody(), "bibliothèque", place=tilleuls)
    tilleuls.cooperations.remove(one)
    assert not groups_for(anybody(), "bibliothèque", place=tilleuls)
    one.delete()
    assert not Entry.objects.filter(kind="cooperation").exists()


def test_a_change_that_is_undone_leaves_the_index_as_it_was():
    one = CooperationFactory(title="Cantine", published=True)
    with transaction.atomic():
        one.title = "Autre"
        one.save()
        transaction.set_rollback(True)
    assert found("cantine") == [one.get_absolute_url()]
    CooperationFactory(title="Suivante", published=True)
    assert found("cantine") == [one.get_absolute_url()]


def test_a_case_that_is_unpublished_is_gone_for_everybody():
    case = case_study(live=True, title="Un potager commun", slug="potager")
    assert found("potager") == [case.get_absolute_url()]
    case.unpublish()
    assert found("potager") == []
    assert not Entry.objects.filter(kind="case", object_id=case.pk).exists()


def test_a_draft_beside_a_published_page_is_not_found():
    case = case_study(live=True, title="Un potager commun", slug="potager")
    case.title = "Un verger commun"
    case.save_revision()
    assert found("verger") == []
    case.get_latest_revision_as_object().delete()
    assert found("potager") == []


def test_an_organisation_that_is_archived_or_merged_is_gone(elsa, gael, tilleuls, now):
    archived, gone, kept = (
        OrganisationFactory(name=name, territories=[tilleuls]) for name in ("Boulodrome", "Pétanque", "Sociétaires")
    )
    assert found("boulodrome") == [archived.get_absolute_url()]
    archive(archived, actor=elsa, at=now)
    merge_organisations(kept, gone, actor=elsa, at=now)
    assert found("boulodrome") == found("petanque") == []
    assert found("sociétaire") == [kept.get_absolute_url()]


def test_what_is_written_in_bulk_is_found_after_the_days_duty(entraide):
    event = EventFactory(organiser=entraide, title="Fête des voisines")
    type(event).objects.filter(pk=event.pk).update(title="Repas de rue")
    assert found("repas") == []
    assert mend_index(at=timezone.now()) == 1
    assert found("repas") == [event.get_absolute_url()]
    assert mend_index(at=timezone.now()) == 0


def test_the_command_says_what_it_mended(capsys, entraide):
    Entry.objects.all().delete()
    Entry.objects.create(kind="organisation", object_id=10**6, is_open=True, terms="wo1nothing", title_length=1)
    call_command("index_search")
    assert f"organisation: {type(entraide).objects.count() + 1}" in capsys.readouterr().out
    assert mend(BY_KIND["organisation"]) == 0
