"""Somebody looks for their association: here, in the national register, in Sirene; what is known fills the form."""

import json
import re

import pytest
from django.urls import reverse

from maillage.national_register.names import in_sentence_case
from maillage.organisations.models import Organisation
from tests.factories.charters import national
from tests.factories.organisations import OrganisationFactory
from tests.factories.territories import TerritoryFactory
from tests.territories.servers import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def paris(db):
    return TerritoryFactory(kind="commune", name="Paris 18e Arrondissement", code="75118")


def found(client, text, route="organisations:find", **query):
    return client.get(reverse(route), {"q": text, **query}).content.decode()


def headings(page):
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_before_anything_is_typed_one_may_add_it(client, own_folder):
    page = client.get(reverse("organisations:find")).content.decode()
    assert "Ajouter mon association ou mon collectif" in page
    assert headings(page) == []


@pytest.mark.parametrize(
    "typed",
    ["Les Jardins partagés du Cœur", "jardin PARTAGE", "jard", "jrdins partages", "coeur", "W751 000 001", "sport"],
)
def test_an_organisation_here_is_found_as_people_type(client, own_folder, typed):
    OrganisationFactory(
        name="Les Jardins partagés du Cœur", acronym="LJPC", rna="W751000001", purpose="Des sports et des légumes"
    )
    OrganisationFactory(name="Le Vélo bleu")
    page = found(client, typed)
    assert "Les Jardins partagés du Cœur" in page
    assert "Le Vélo bleu" not in page


def test_drafts_archived_ones_and_public_partners_are_not_offered(client, own_folder):
    OrganisationFactory(name="Jardins secrets", draft=True)
    OrganisationFactory(name="Jardins clos", archived=True)
    OrganisationFactory(name="Service des jardins de la Ville", public_partner=True)
    page = found(client, "jardins")
    assert "Aucune association ne correspond à « jardins »" in page
    assert not re.search("secrets|clos|Service", page)


def test_the_register_completes_what_is_here(client, register):
    register("LES JARDINS DE LA GOUTTE", "JARDINS DE LA CHAPELLE")
    OrganisationFactory(name="Jardins de la Chapelle (JC)", rna="W751000002")
    page = found(client, "jardins")
    assert headings(page) == ["Sur Maillage", "Au répertoire national, pas encore ici"]
    assert "Les jardins de la goutte" in page
    assert "W751000002" in page
    assert "Jardins de la chapelle<" not in page, "it is here already, under its own words"
    assert "état du 1 octobre 2026" in page.replace("1er", "1")


def test_a_number_finds_its_association_in_the_register(client, register):
    register("LES JARDINS", "LE VELO")
    page = found(client, "w75-1000002")
    assert "Le velo" in page
    assert "Les jardins" not in page


def test_what_the_register_knows_fills_the_form(sign_in, amina, register, paris):
    register(
        "LES JARDINS DE LA GOUTTE D'OR (JGO)", titre_court="JGO", objet="CULTIVER ENSEMBLE", siret="73282932000074"
    )
    client = sign_in(amina)
    address = re.search(r'href="([^"]+rna=[^"]+)"', found(client, "jardins goutte"))[1]
    page = client.get(address).content.decode()
    assert 'value="Les jardins de la goutte d&#x27;or (JGO)"' in page
    assert 'value="W751000001"' in page
    assert 'value="73282932000074"' in page
    assert "Cultiver ensemble" in page
    assert re.search(r'name="territories"[^>]*checked', page), "the commune of its seat is proposed"
    assert not Organisation.objects.filter(rna="W751000001").exists(), "nothing is kept that nobody has read again"


def described(**changes):
    return {
        "name": "Les jardins",
        "kind": "association",
        "legal_regime": "1901",
        "territory_names": "Paris 18e",
        "rna": "W751000001",
        "function": "présidente",
        **changes,
    }


def test_the_seat_is_the_register_s(sign_in, amina, register, paris):
    register("LES JARDINS")
    response = sign_in(amina).post(reverse("organisations:create"), described())
    assert response.status_code == 302
    assert Organisation.objects.get(rna="W751000001").seat == paris


def test_a_dissolved_association_is_said_so_and_added_by_who_insists(sign_in, amina, register, paris):
    register("LES JARDINS", position="D", date_disso="2020-03-01")
    client = sign_in(amina)
    page = found(client, "jardins")
    assert "dissoute le 1 mars 2020" in page.replace("1er", "1")
    assert '<a class="choice"' not in page
    assert "la dit dissoute" in client.get(reverse("organisations:create"), {"rna": "W751000001"}).content.decode()
    page = client.post(reverse("organisations:create"), described()).content.decode()
    assert "Le répertoire national la dit dissoute." in page
    assert 'value="Les jardins"' in page, "nothing typed is lost"
    assert not Organisation.objects.filter(rna="W751000001").exists()
    assert client.post(reverse("organisations:create"), described(is_alive="yes")).status_code == 302
    assert Organisation.objects.filter(rna="W751000001").exists()


def test_a_number_that_nobody_has_goes_where_numbers_go(sign_in, amina, own_folder):
    page = sign_in(amina).get(reverse("organisations:create"), {"nom": "W999 999 999"}).content.decode()
    assert re.search(r'name="rna" value="W999999999"', page)
    assert 'name="name" value="W999' not in page


def test_signing_finds_in_the_register_too(client, register, paris):
    national()
    register("LES JARDINS")
    page = found(client, "jardins", route="charters:sign")
    address = re.search(r'href="(/charte/signer/[^"]+rna=W751000001)"', page)[1]
    assert 'value="Les jardins"' in client.get(address).content.decode()


def test_a_fragment_holds_the_list_alone(client, register):
    register("LES JARDINS")
    fragment = found(client, "jardins", fragment="1")
    assert "Les jardins" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("text", ["x" * 10_000, "' OR 1=1 --", 'NEAR("a" *)', "🙂", "\x01", "%_", "-"])
def test_nothing_typed_is_an_operator(client, register, text):
    register("LES JARDINS")
    assert "Les jardins" not in found(client, text)


@pytest.mark.parametrize("number", ["W759999999", "n'importe quoi", "x" * 500])
def test_an_unknown_number_leaves_an_empty_form(sign_in, amina, register, number):
    register("LES JARDINS")
    page = sign_in(amina).get(reverse("organisations:create"), {"rna": number}).content.decode()
    assert "Jardins" not in page
    assert 'name="name"' in page


def test_the_same_number_of_queries_for_one_and_three(
    client, own_folder, django_assert_max_num_queries, django_assert_num_queries
):
    OrganisationFactory(name="Jardin un")
    with django_assert_max_num_queries(6) as one:
        found(client, "jardin")
    OrganisationFactory(name="Jardin deux")
    OrganisationFactory(name="Jardin trois")
    with django_assert_num_queries(len(one)):
        found(client, "jardin")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("LES JARDINS DE L'ÎLE (LJI)", "Les jardins de l'île (LJI)"),
        ("ASPTT RUGBY 93", "Asptt rugby 93"),
        ("FCPE DU 18E", "Fcpe du 18E"),
        ("BMX CLUB", "BMX club"),
        ("ABC", "ABC"),
        ("Déjà écrit Ainsi", "Déjà écrit Ainsi"),
        ("", ""),
    ],
)
def test_capitals_become_a_sentence(written, shown):
    assert in_sentence_case(written) == shown


SIRENE = {
    "results": [
        {
            "siren": "732829320",
            "nom_complet": "ECOLE DE MUSIQUE DE COLMAR (EMC)",
            "nom_raison_sociale": "ECOLE DE MUSIQUE DE COLMAR",
            "sigle": "EMC",
            "nature_juridique": "9260",
            "etat_administratif": "A",
            "siege": {
                "siret": "73282932000074",
                "commune": "68066",
                "libelle_commune": "COLMAR",
                "code_postal": "68000",
            },
            "complements": {"est_association": True, "identifiant_association": None},
        },
        {"siren": "404833048", "nom_complet": "SARL", "nature_juridique": "5499", "siege": None},
    ]
}


def sirene(handler):
    handler.send(json.dumps(SIRENE).encode(), Content_Type="application/json")


def test_sirene_is_asked_by_who_wants_it_and_fills_the_form(sign_in, amina, own_folder, settings):
    client = sign_in(amina)
    assert "Sirene" not in found(client, "école de musique"), "off by default"
    with serving(sirene) as server:
        settings.SIRENE_SEARCH_URL = server.address
        page = found(client, "école de musique")
        assert "Chercher aussi dans Sirene" in page
        assert server.asked == [], "nothing leaves before somebody asks"
        page = found(client, "école de musique", sirene="1")
        assert "droit local" in page
        assert "SARL" not in page
        assert "est_association=true" in server.asked[0]
        address = re.search(r'href="([^"]+siren=732829320)"', page)[1]
        page = client.get(address).content.decode()
    assert 'value="Ecole de musique de colmar"' in page
    assert 'value="73282932000074"' in page
    assert 'value="COLMAR"' in page
    assert re.search(r'value="local_law"[^>]*(selected|checked)', page)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [(429, b"", "trop de demandes"), (500, b"", "réponse 500"), (200, b"<html>", "pas compréhensible")],
)
def test_sirene_failing_is_said_and_the_rest_stands(client, own_folder, settings, status, body, said):
    OrganisationFactory(name="Jardins")
    with serving(lambda handler: handler.send(body, status=status)) as server:
        settings.SIRENE_SEARCH_URL = server.address
        page = found(client, "jardins", sirene="1")
    assert said in page
    assert "Sur Maillage" in page
