"""The words under which organisations are found follow what they say."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from maillage.organisations.finding import matching
from maillage.organisations.models import Organisation
from maillage.organisations.words import keep_words, word_discords
from tests.factories.organisations import OrganisationFactory
from tests.harness.outcome import data_is_sound

pytestmark = pytest.mark.django_db


def found(text):
    return [organisation.name for organisation in matching(Organisation.objects.all(), text)]


def test_describing_it_anew_changes_what_finds_it(sign_in, amina, entraide, tilleuls):
    assert found("potager") == []
    typed = {
        "name": "Entraide du Parc",
        "kind": "association",
        "legal_regime": "1901",
        "territories": [tilleuls.slug],
        "purpose": "Un potager pour tout le monde",
        "themes": ["sport"],
    }
    sign_in(amina).post(reverse("organisations:edit", args=[entraide.uuid]), typed)
    assert found("potagers") == found("sports") == found(f"entraide {tilleuls.name}") == ["Entraide du Parc"]
    sign_in(amina).post(reverse("organisations:edit", args=[entraide.uuid]), {**typed, "purpose": "", "themes": []})
    assert found("potager") == found("sport") == []


def test_words_that_are_behind_are_said_and_mended(entraide):
    assert data_is_sound()
    Organisation.objects.update(name="Tout autre nom")
    assert [sentence.split(" :")[0] for sentence in word_discords()] == ["Tout autre nom"]
    assert not data_is_sound()
    call_command("keep_words", stdout=io.StringIO())
    assert found("autre") == ["Tout autre nom"]
    assert data_is_sound()


def test_writing_them_costs_the_same_whatever_their_number(
    tilleuls, django_assert_num_queries, django_assert_max_num_queries
):
    def described():
        return Organisation.objects.select_related("seat").prefetch_related(
            "themes", "exchanges", "territories__communes", "seat__communes"
        )

    OrganisationFactory(purpose="un jardin", territories=[tilleuls])
    with django_assert_max_num_queries(9) as one:
        keep_words(described())
    OrganisationFactory.create_batch(2, purpose="deux jardins", territories=[tilleuls])
    with django_assert_num_queries(len(one)):
        keep_words(described())
