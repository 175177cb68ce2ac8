"""Somebody looks for something in the one box of the site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.organisations.audiences import anybody
from maillage.search.models import Entry
from maillage.search.queries import groups_for
from maillage.search.sources import SOURCES
from tests.factories.cooperations import CooperationFactory
from tests.factories.editorial import case_study, news
from tests.factories.events import EventFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import ResourceFactory

pytestmark = pytest.mark.django_db


def page(client, q, **more):
    answer = client.get(reverse("search:search"), {"q": q, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_subject_answers_in_one_page(client, indexed, tilleuls, entraide):
    here = {"territories": [tilleuls]}
    told = case_study(live=True, title="Un potager commun", slug="potager", **here)
    said = news(title="Le potager ouvre", slug="potager-ouvre", **here)
    made = [
        OrganisationFactory(name="Les Amis du potager", **here),
        CooperationFactory(title="Arroser le potager", published=True, **here),
        EventFactory(organiser=entraide, title="Fête du potager", **here),
        ResourceFactory(owner=entraide, title="Outils de potager", is_public=True, **here),
    ]
    indexed()
    found = page(client, "potagers")
    for one in (told, said, *made):
        assert f'href="{one.get_absolute_url()}"' in found
    assert "<mark>potager</mark>" in found


@pytest.mark.parametrize(
    "typed", ["cooperation", "COOPÉRATIONS", "coopérer", "coop", "ateliers cuisine", "cuisine atel", "  cuisine  "]
)
def test_accents_capitals_plural_and_a_last_word_unfinished(indexed, client, typed):
    one = CooperationFactory(title="Coopération : l’atelier de cuisine", published=True)
    indexed()
    assert one.get_absolute_url() in page(client, typed)
    assert one.get_absolute_url() not in page(client, "cuis atelier")


def test_titles_come_first_and_the_whole_title_before_longer_ones(indexed):
    in_text = CooperationFactory(title="Autre chose", aim="Une cantine pour tous.", published=True)
    longer = CooperationFactory(title="La cantine solidaire du quartier", published=True)
    whole = CooperationFactory(title="La cantine", published=True)
    CooperationFactory(title="Ailleurs", aim="Rien.", published=True)
    indexed()
    (group,) = groups_for(anybody(), "cantine")
    assert [hit.url for hit in group.hits] == [one.get_absolute_url() for one in (whole, longer, in_text)]
    assert (group.total, group.has_more) == (3, False)


def test_a_place_narrows_by_its_name_or_by_what_holds_it(indexed, client, tilleuls, ailleurs, commune):
    here = CooperationFactory(title="Jardin d’ici", published=True, territories=[tilleuls])
    there = CooperationFactory(title="Jardin de là-bas", published=True, territories=[ailleurs])
    indexed()
    for place in (tilleuls.name, tilleuls.slug, commune.name):
        found = page(client, "jardin", territory=place)
        assert here.get_absolute_url() in found
        assert there.get_absolute_url() not in found
    assert "Nous ne connaissons pas ce lieu" in page(client, "jardin", territory="nulle part")


def test_one_kind_page_by_page(indexed, client):
    for number in range(23):
        CooperationFactory(title=f"Ronde {number}", published=True)
    OrganisationFactory(name="Ronde de nuit")
    indexed()
    first = page(client, "ronde", kind="cooperation")
    assert "23 résultats" in first
    assert first.count('class="hit"') == 20
    assert page(client, "ronde", kind="cooperation", page="2").count('class="hit"') == 3
    assert "Ronde de nuit" not in first
    assert "kind=cooperation" in page(client, "ronde")


def test_more_than_two_hundred_are_not_counted(indexed, client, monkeypatch):
    monkeypatch.setattr("maillage.search.queries.MOST", 3)
    for number in range(5):
        CooperationFactory(title=f"Ronde {number}", published=True)
    indexed()
    assert "plus de 3" in page(client, "ronde")
    assert "Plus de 3 résultats" in page(client, "ronde", kind="cooperation")


def test_what_is_typed_is_only_words(indexed, client):
    one = CooperationFactory(title="Thé & couture", published=True)
    indexed()
    for typed in ('couture" OR "x', "couture & !x", "couture:*", "NEAR(couture)", "'couture' ||", "couture*", "*"):
        page(client, typed)
    assert one.get_absolute_url() in page(client, "couture:*")
    assert one.get_absolute_url() not in page(client, "couture OR xyzzy")
    CooperationFactory(title="<script>alert(1)</script> couture", aim="<b>couture</b>", published=True)
    indexed()
    assert "<script>alert" not in page(client, "couture")
    assert "&lt;b&gt;<mark>couture</mark>" in page(client, "couture")


def test_an_empty_box_and_nothing_found_both_help(client):
    assert "le dernier mot peut être inachevé" in page(client, "")
    nothing = page(client, "xyzzy", kind="case")
    assert "Rien ne correspond à « xyzzy »" in nothing
    assert "Chercher dans tout le site" in nothing


def test_a_mistyped_name_or_a_number_still_finds_an_organisation(client, entraide):
    assert entraide.get_absolute_url() in page(client, "entraidde")
    entraide.rna = "W923001234"
    entraide.save()
    assert entraide.get_absolute_url() in page(client, "W923001234")


def test_as_many_queries_for_one_as_for_three(indexed, client, tilleuls):
    counts = []
    for number in (1, 3):
        while Entry.objects.filter(kind="cooperation").count() < number:
            CooperationFactory(title="Ronde", published=True, territories=[tilleuls])
            indexed()
        with CaptureQueriesContext(connection) as asked:
            page(client, "ronde")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_kind_has_its_own_letter_and_name():
    assert len({source.letter for source in SOURCES}) == len({source.kind for source in SOURCES}) == len(SOURCES)
    assert all(source.letter.isalpha() and source.letter.islower() and len(source.letter) == 1 for source in SOURCES)
