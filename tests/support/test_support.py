"""Support near here: the nearest first, with its source; kept true by those of the place."""

import datetime

import pytest
from django.utils import timezone

from maillage.editorial.models import Editor
from maillage.support import waiting
from maillage.support.models import Support, SupportReport, SupportScheme
from tests.factories.support import SupportFactory, SupportSchemeFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(tilleuls):
    tilleuls.region = TerritoryFactory(kind="region", name="Orle")
    tilleuls.save()
    return tilleuls.region


def typed(**values):
    told = {
        "scheme": "dla-invente",
        "body": "La maison",
        "place": "",
        "questions": ["money"],
        "source_title": "Sa page",
    }
    return {**told, "source_url": "https://exemple.org/", **values}


def test_the_schemes_of_the_country_stand_there_unchecked_with_their_source(client):
    page = client.get("/aides/").content.decode()
    assert SupportScheme.objects.count() == 10
    assert SupportScheme.objects.exclude(checked_on=None).count() == 0
    for words in ("DLA, dispositif local", "Guid’Asso", "pas encore vérifié ici", "MENV2306862J.htm"):
        assert words in page


def test_the_nearest_comes_first_and_what_is_elsewhere_does_not(client, tilleuls, region):
    SupportFactory(territory=region, body="Pour la région")
    SupportFactory(territory=None, body="Pour le pays")
    SupportFactory(territory=tilleuls, body="Pour le quartier")
    SupportFactory(body="Pour ailleurs")
    SupportFactory(territory=tilleuls, body="Fermé", ended_on=timezone.localdate(), end_words="Fermé.")
    page = client.get(f"/aides/?territoire={tilleuls.slug}").content.decode()
    places = [page.index(words) for words in ("Pour le quartier", "Pour la région", "Pour le pays")]
    assert places == sorted(places)
    assert "Pour ailleurs" not in page
    assert "Fermé" not in page
    table = client.get(f"/aides/aides.csv?territoire={tilleuls.slug}").content.decode()
    assert "Pour le quartier" in table
    assert "Pour ailleurs" not in table


def test_only_what_answers_the_question(client, tilleuls):
    SupportFactory(territory=tilleuls, body="Des sous", questions=["money"])
    SupportFactory(territory=tilleuls, body="Des murs", questions=["premises"])
    page = client.get(f"/aides/?territoire={tilleuls.slug}&question=money").content.decode()
    assert "Des sous" in page
    assert "Des murs" not in page
    assert client.get("/aides/?question=forged&territoire=nowhere").status_code == 200


def test_a_place_is_found_by_its_name(client, tilleuls):
    page = client.get(f"/aides/?q={tilleuls.name[:6]}").content.decode()
    assert f"?territoire={tilleuls.slug}" in page


def test_what_nobody_checked_for_a_year_says_so_to_all(client, tilleuls):
    old = timezone.localdate() - datetime.timedelta(days=400)
    support = SupportFactory(territory=tilleuls, checked_on=old)
    assert "à vérifier" in client.get(support.get_absolute_url()).content.decode()
    support.checked_on = timezone.localdate()
    support.save()
    assert "à vérifier" not in client.get(support.get_absolute_url()).content.decode()


def test_the_coordination_adds_on_its_territory_alone(sign_in, elsa, tilleuls, commune):
    SupportSchemeFactory()
    client = sign_in(elsa)
    client.post("/aides/ajouter/", typed(place=tilleuls.slug))
    assert Support.objects.get().checked_on == timezone.localdate()
    for place in (commune.slug, "", "nowhere"):
        assert client.post("/aides/ajouter/", typed(place=place, body="Ailleurs")).status_code == 200
    assert Support.objects.count() == 1


def test_who_is_entrusted_with_a_region_edits_what_lies_in_it(sign_in, chloe, tilleuls, region, now):
    SupportSchemeFactory()
    assert sign_in(chloe).get("/aides/ajouter/").status_code == 403
    Editor.objects.create(user=chloe, subject="aid", territory=region, since=now)
    sign_in(chloe).post("/aides/ajouter/", typed(place=tilleuls.slug))
    support = Support.objects.get()
    support.territory = TerritoryFactory(qpv=True)
    support.save()
    assert sign_in(chloe).post(f"{support.get_absolute_url()}verifie/").status_code == 403


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://exemple.org/", "pas une adresse"])
def test_a_source_is_an_address_of_the_web(sign_in, elsa, tilleuls, address):
    SupportSchemeFactory()
    sign_in(elsa).post("/aides/ajouter/", typed(place=tilleuls.slug, source_url=address))
    assert not Support.objects.exists()


def test_somebody_says_that_it_is_not_true_and_who_keeps_it_finds_it(sign_in, bruno, elsa, amina, tilleuls):
    support = SupportFactory(territory=tilleuls)
    sign_in(bruno).post(f"{support.get_absolute_url()}signaler/", {"words": "Le numéro ne répond plus."})
    today = timezone.localdate()
    assert [line.title for line in waiting.waiting_for(elsa, today=today)] == [support.body]
    assert waiting.waiting_for(amina, today=today) == []
    assert "Le numéro ne répond plus." in sign_in(elsa).get("/aides/a-verifier/").content.decode()
    assert "Le numéro ne répond plus." not in sign_in(amina).get(support.get_absolute_url()).content.decode()
    sign_in(elsa).post(f"{support.get_absolute_url()}verifie/")
    assert not SupportReport.objects.filter(settled_at=None).exists()
    assert waiting.waiting_for(elsa, today=today) == []


def test_what_stops_is_kept_with_its_reason(sign_in, elsa, tilleuls):
    support = SupportFactory(territory=tilleuls)
    sign_in(elsa).post(f"{support.get_absolute_url()}finir/", {"end_words": "Fermé en juin."})
    assert "Fermé en juin." in sign_in(elsa).get(support.get_absolute_url()).content.decode()
    assert sign_in(elsa).post(f"{support.get_absolute_url()}signaler/", {"words": "x"}).status_code == 404


def test_an_editor_corrects_a_scheme(sign_in, gael, elsa):
    told = {"name": "DLA", "explained": "Corrigé.", "questions": ["job"], "source_title": "x"}
    told["source_url"] = "https://exemple.org/"
    assert sign_in(elsa).post("/aides/dispositifs/dla/", told).status_code == 403
    sign_in(gael).post("/aides/dispositifs/dla/", told)
    scheme = SupportScheme.objects.get(slug="dla")
    assert (scheme.explained, scheme.checked_on) == ("Corrigé.", timezone.localdate())


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, tilleuls, number, django_assert_max_num_queries):
    SupportFactory.create_batch(number, territory=tilleuls)
    with django_assert_max_num_queries(6):
        client.get(f"/aides/?territoire={tilleuls.slug}")
