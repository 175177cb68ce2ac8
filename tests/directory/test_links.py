"""Who is linked with whom in a neighbourhood: the drawing and the table, from what is public."""

import re

import pytest
from django.utils import timezone

from maillage.directory.links import links_in
from maillage.directory.links_drawing import drawing
from tests.factories.charters import adaptation_draft, adopted, national, signed
from tests.factories.organisations import NetworkFactory, NetworkMembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def page_of(client, place):
    response = client.get(f"/territoires/{place.slug}/liens/")
    assert response.status_code == 200
    return response.content.decode()


def rows(html):
    """(organisation, tie, what is shared) of each row of the table."""
    body = html.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in html else ""
    cells = re.findall(r"<th[^>]*>(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", body)
    return [tuple(re.sub(r"<[^>]+>", "", cell) for cell in row) for row in cells]


@pytest.fixture
def version(jardins, elsa, tilleuls):
    return adopted(promoter=jardins, actor=elsa, territory=tilleuls, needed=1)


def test_networks_promoters_signatories_are_linked(client, tilleuls, entraide, amina, jardins, version, federation):
    signed(version, organisation=entraide, email="amina@exemple.org")
    signed(version, organisation=jardins, email="bruno@exemple.org")
    html = page_of(client, tilleuls)
    assert rows(html) == [
        ("Entraide du Parc", "signataire", "La charte aux Tilleuls"),
        ("Les Jardins partagés", "membre", "Fédération des jardins"),
        ("Les Jardins partagés", "promotrice, signataire", "La charte aux Tilleuls"),
    ]
    assert html.count("<line") == 3
    assert 'role="img"' in html
    assert "<desc" in html
    assert "Entraide du Parc" in html.split('<svg class="links"')[1].split("</svg></div>")[0]


def test_the_national_text_links_everybody_and_is_not_drawn(client, tilleuls, entraide, amina):
    national()
    signed(organisation=entraide, email="amina@exemple.org")
    html = page_of(client, tilleuls)
    assert "1 association d’ici a signé la charte nationale." in html
    assert rows(html) == []
    assert "Aucun lien n’est encore connu ici" in html
    assert "Entraide du Parc" in html.split("aucun autre lien")[1]


def test_what_must_not_be_seen(client, sign_in, tilleuls, entraide, amina, jardins, version, federation, fatou, elsa):
    """A draft, a public partner, one that left its network, one not listed, a closed text, a text being written."""
    draft = OrganisationFactory(name="Pas encore", draft=True, territories=[tilleuls])
    NetworkMembershipFactory(organisation=draft, network=federation)
    jardins.network_memberships.update(until=timezone.localdate())
    signed(version, organisation=entraide, email="amina@exemple.org", is_listed=False)
    adaptation_draft(promoter=entraide, actor=elsa, territory=tilleuls, name="Ce qui s’écrit")
    # Who is of the neighbourhood reads no more here: it says « de façon publique », and is handed round.
    for reader in (client, sign_in(fatou), sign_in(amina)):
        html = page_of(reader, tilleuls)
        assert rows(html) == [("Les Jardins partagés", "promotrice", "La charte aux Tilleuls")]
        for hidden in ("Pas encore<", "Préfecture", "Fédération des jardins", "Ce qui s’écrit"):
            assert hidden not in html
        assert "Entraide du Parc" in html.split("aucun autre lien")[1]


def test_a_closed_adaptation_links_nobody(client, tilleuls, jardins, version):
    signed(version, organisation=jardins, email="bruno@exemple.org")
    version.adaptation.closed_at = timezone.now()
    version.adaptation.save()
    assert rows(page_of(client, tilleuls)) == []


def test_only_neighbourhoods_and_communes_have_this_page(client, tilleuls, commune, entraide):
    assert client.get(f"/territoires/{commune.slug}/liens/").status_code == 200
    commune.kind = "departement"
    commune.save()
    assert client.get(f"/territoires/{commune.slug}/liens/").status_code == 404
    assert client.get("/territoires/QN00000X/liens/").status_code == 404
    tilleuls.slug = "QN12345M"
    tilleuls.save()
    assert client.get("/territoires/qn12345m/liens/").headers["Location"] == "/territoires/QN12345M/liens/"


def test_the_page_of_the_neighbourhood_leads_to_it(client, tilleuls, entraide):
    assert f"/territoires/{tilleuls.slug}/liens/" in client.get(f"/territoires/{tilleuls.slug}/").content.decode()


def many(number, place):
    shared = NetworkFactory(name="Réseau commun")
    for rank in range(number):
        organisation = OrganisationFactory(name=f"Association {rank:03d}", territories=[place])
        NetworkMembershipFactory(organisation=organisation, network=shared)


def test_a_crowd_is_drawn_in_part_and_told_whole(client, tilleuls):
    many(80, tilleuls)
    html = page_of(client, tilleuls)
    assert html.count("links__knot") == 59
    assert "Le dessin s’arrête à soixante noms" in html
    second = client.get(f"/territoires/{tilleuls.slug}/liens/", {"page": 2}).content.decode()
    assert len(rows(html)) + len(rows(second)) == 80


def test_the_drawing_is_the_same_each_time_and_nothing_covers_a_name(tilleuls, djibril):
    many(12, tilleuls)
    other = NetworkFactory(name="Un réseau au nom assez long pour qu’il faille deux lignes")
    for organisation in tilleuls.organisations.all()[:5]:
        NetworkMembershipFactory(organisation=organisation, network=other)
    first, again = (drawing(links_in(tilleuls, user=djibril, on=timezone.localdate()).links) for _time in range(2))
    assert first == again
    for column in (first["organisations"], first["gatherers"]):
        bottom = 0.0
        for node in column:
            half = len(node["lines"]) * 1.2 / 2
            middle = float(node["at"].removesuffix("em"))
            assert middle - half >= bottom - 0.01
            bottom = middle + half
        assert bottom <= float(first["height"].removesuffix("em"))


def test_no_link_no_drawing():
    assert drawing([]) is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_many_questions_whatever_its_rows(client, tilleuls, elsa, number, django_assert_num_queries):
    many(number, tilleuls)
    for rank in range(number):
        organisation = OrganisationFactory(territories=[tilleuls])
        version = adopted(promoter=organisation, actor=elsa, territory=tilleuls, needed=1, name=f"La charte {rank}")
        signed(version, organisation=organisation)
    with django_assert_num_queries(5):
        page_of(client, tilleuls)
