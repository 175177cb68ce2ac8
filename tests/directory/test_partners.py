"""Possible partners of one's association: near, not linked yet, with the reason in words; never a score."""

import re

import pytest
from django.utils import timezone

from maillage.organisations.models import Exchange, OrganisationTheme
from maillage.territories.models import Territory
from tests.factories.charters import adopted, signed
from tests.factories.organisations import (
    MembershipFactory,
    NetworkFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(entraide):
    """Amina's association: what it works on, what it seeks and offers."""
    describe(entraide, themes=["solidarity"], seeks=["premises"], offers=["people"])
    return entraide


def describe(organisation, *, themes=(), seeks=(), offers=(), words=""):
    for theme in themes:
        OrganisationTheme.objects.create(organisation=organisation, theme=theme)
    for side, kinds in (("need", seeks), ("offer", offers)):
        for kind in kinds:
            Exchange.objects.create(organisation=organisation, side=side, kind=kind, words=words)
    return organisation


def page_of(client, organisation, **query):
    response = client.get(f"{organisation.get_absolute_url()}partenaires/", query)
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def names(html):
    return re.findall(r'<h3 class="card__title"><a[^>]*>(.*?)</a>', html)


def card(html, name):
    """The reasons given for one organisation."""
    return re.findall(r"<li>(.*?)</li>", html.split(f">{name}</a></h3>")[1].split("</ul>")[0])


@pytest.fixture
def read(sign_in, amina, entraide):
    """The page, as Amina reads it."""
    return lambda **query: page_of(sign_in(amina), entraide, **query)


def test_needs_and_offers_meet_both_ways(read, jardins):
    describe(jardins, offers=["premises"], seeks=["people", "vehicle"], words="le mardi soir")
    assert card(read(), "Les Jardins partagés") == [
        "Elle cherche un coup de main, vous en proposez un. « le mardi soir »",
        "Vous cherchez une salle, elle en propose une. « le mardi soir »",
        "Même quartier : Les Tilleuls.",
    ]


@pytest.mark.parametrize("kind", Exchange.Kind.values)
def test_every_kind_of_exchange_has_its_sentences(read, entraide, jardins, kind):
    Exchange.objects.all().delete()
    describe(entraide, seeks=[kind])
    describe(jardins, offers=[kind])
    assert card(read(), "Les Jardins partagés")[0].startswith("Vous cherchez")
    Exchange.objects.all().delete()
    describe(entraide, offers=[kind])
    describe(jardins, seeks=[kind])
    assert card(read(), "Les Jardins partagés")[0].startswith("Elle cherche")


def test_themes_in_common_and_themes_that_complete_each_other(read, jardins):
    describe(jardins, themes=["solidarity", "rights", "sport"])
    reasons = " ".join(card(read(), "Les Jardins partagés"))
    assert "Thème commun : entraide et solidarité." in reasons
    assert "Thèmes qui se complètent : « entraide et solidarité » et « accès aux droits »." in reasons
    assert "sport" not in reasons


def test_who_seeks_partners_is_shown_as_such(read, jardins):
    jardins.seeks_partners = True
    jardins.save()
    assert "Elle cherche des partenaires." in card(read(), "Les Jardins partagés")


def test_near_without_a_reason_is_not_enough(read, jardins):
    describe(jardins, themes=["sport"], offers=["vehicle"])
    assert names(read()) == []
    assert "Personne pour l’instant." in read()


def test_first_what_meets_then_the_nearest_and_names_in_order(read, tilleuls, commune, ailleurs):
    epci = Territory.objects.create(kind="epci", code="200098", slug="epci-200098", name="Communauté d’essai")
    neighbour = TerritoryFactory(name="Commune voisine", epci=epci)
    Territory.objects.filter(pk=commune.pk).update(epci=epci)
    places = {
        "Bêta": [tilleuls],
        "Alpha": [tilleuls],
        "Commune": [commune],
        "Autre quartier": [TerritoryFactory(qpv=True, communes=[commune])],
        "Zone large": [neighbour],
        "Loin": [ailleurs],
    }
    for name, territories in places.items():
        describe(OrganisationFactory(name=name, territories=territories), themes=["solidarity"])
    describe(OrganisationFactory(name="Zénith", territories=[neighbour]), offers=["premises"])
    html = read()
    assert names(html) == ["Zénith", "Alpha", "Bêta", "Autre quartier", "Commune", "Zone large"]
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
    assert headings == [
        "Vos recherches et vos offres se répondent",
        "Dans le même quartier",
        "Dans la même commune",
        "Dans la même intercommunalité",
    ]
    assert "Même commune : Valmont-sur-Ourse." in card(html, "Autre quartier")
    assert "Même intercommunalité : Communauté d’essai." in card(html, "Zone large")
    assert "par ordre alphabétique" in html


@pytest.mark.parametrize("why", ["opted out", "archived", "unconfirmed", "draft", "public partner"])
def test_who_never_appears(read, sign_in, amina, tilleuls, why):
    options = {
        "opted out": {"is_suggestible": False},
        "archived": {"archived": True},
        "unconfirmed": {"claimed": True},
        "draft": {"draft": True},
        "public partner": {"public_partner": True},
    }[why]
    options = {"name": "Celle qu’on ne propose pas", "seeks_partners": True, **options}
    hidden = OrganisationFactory(territories=[tilleuls], **options)
    describe(hidden, themes=["solidarity"], offers=["premises"])
    assert "Celle qu’on ne propose pas" not in read()
    assert names(read()) == []


def test_who_is_linked_already_does_not_appear(read, tilleuls, entraide, amina, jardins, elsa):
    network = NetworkFactory()
    NetworkMembershipFactory(organisation=entraide, network=network)
    version = adopted(promoter=entraide, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=entraide, email="amina@exemple.org")
    same_network, co_signatory, co_promoter, _free = (
        describe(OrganisationFactory(name=name, territories=[tilleuls]), themes=["solidarity"])
        for name in ("Même réseau", "Cosignataire", "Copromotrice", "Libre")
    )
    NetworkMembershipFactory(organisation=same_network, network=network)
    signed_by_a_member(version, co_signatory)
    version.adaptation.promoters.add(co_promoter)
    assert names(read()) == ["Libre"]
    network.memberships.update(until=timezone.localdate())
    assert names(read()) == ["Libre", "Même réseau"]


def test_a_signature_that_is_not_listed_is_not_told_by_an_absence(read, tilleuls, entraide, amina, elsa):
    version = adopted(promoter=entraide, actor=elsa, territory=tilleuls, needed=1)
    signed(version, organisation=entraide, email="amina@exemple.org")
    secret = describe(OrganisationFactory(name="Discrète", territories=[tilleuls]), themes=["solidarity"])
    signed_by_a_member(version, secret, is_listed=False)
    assert names(read()) == ["Discrète"]


def test_only_its_members_see_the_page(client, sign_in, entraide, prefecture, bruno, chloe, elsa, fatou, gael, hugo):
    address = f"{entraide.get_absolute_url()}partenaires/"
    assert client.get(address).status_code == 302
    for person in (bruno, chloe, elsa, fatou, gael, hugo):
        assert sign_in(person).get(address).status_code == 404
    MembershipFactory(user=fatou, organisation=entraide)
    assert sign_in(fatou).get(address).status_code == 404, "a public partner, whatever else they belong to"
    assert sign_in(fatou).get(f"{prefecture.get_absolute_url()}partenaires/").status_code == 404


def test_the_choice_not_to_be_proposed_is_shown(read, sign_in, entraide, tilleuls, amina, chloe):
    assert "Ne plus être proposée" in read()
    MembershipFactory(user=chloe, organisation=entraide)
    hers = page_of(sign_in(chloe), entraide)
    assert "Ne plus être proposée" not in hers
    assert "Les personnes qui gèrent la fiche peuvent en changer." in hers
    entraide.is_suggestible = False
    entraide.save()
    assert "Votre association n’est proposée à personne" in read()


def test_members_find_the_page(client, sign_in, amina, bruno, fatou, entraide):
    address = f"{entraide.get_absolute_url()}partenaires/"
    for page in ("/espace/", entraide.get_absolute_url()):
        assert address in sign_in(amina).get(page).content.decode()
    assert address not in sign_in(bruno).get(entraide.get_absolute_url()).content.decode()
    assert address not in client.get(entraide.get_absolute_url()).content.decode()
    assert "partenaires/" not in sign_in(fatou).get("/espace/").content.decode()


def test_no_number_is_shown(read, jardins):
    describe(jardins, themes=["solidarity"], offers=["premises"])
    html = read().split("<h1>")[1].split("</main>")[0]
    assert not re.search(r"score|%|point", text(html))


def signed_by_a_member(version, organisation, **options):
    """As `signed`, by somebody who represents it already: it stays confirmed."""
    member = MembershipFactory(organisation=organisation, manager=True).user
    return signed(version, organisation=organisation, email=member.email, **options)


def crowd(number, tilleuls):
    for rank in range(number):
        describe(
            OrganisationFactory(name=f"Association {rank:03d}", territories=[tilleuls]),
            themes=["solidarity", "rights"],
            offers=["premises"],
        )


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_many_questions_whatever_its_rows(
    sign_in, amina, entraide, tilleuls, number, django_assert_num_queries
):
    crowd(number, tilleuls)
    NetworkMembershipFactory(organisation=entraide, network=NetworkFactory())
    reader = sign_in(amina)
    with django_assert_num_queries(19):
        assert len(names(page_of(reader, entraide))) == number


def test_three_hundred_in_a_neighbourhood(read, tilleuls):
    crowd(300, tilleuls)
    assert names(read()) == [f"Association {rank:03d}" for rank in range(20)]
    assert names(read(page=15)) == [f"Association {rank:03d}" for rank in range(280, 300)]
    assert "Page 15 sur 15" in text(read(page=15))
