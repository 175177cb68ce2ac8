"""The three steps of a signature, as a reader goes through them."""

import re

import pytest
from django.urls import reverse

from maillage.charters.models import Signature, SignatureRequest
from maillage.messaging.models import Message
from maillage.organisations.models import Organisation
from tests.factories.charters import adopted, national, request_for, signed
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

PARTICULARS = {
    "first_name": "Amina",
    "last_name": "Benali",
    "function": "présidente",
    "email": "amina@exemple.org",
    "decided_on": "",
    "has_mandate": "on",
    "involvement": "host",
    "is_listed": "on",
}


def link():
    return re.search(r"http://testserver(/charte/signer/confirmer/\S+)", Message.objects.latest("pk").body)[1]


def test_an_association_signs_from_end_to_end(client, entraide, amina):
    national()
    found = client.get(reverse("charters:sign"), {"q": "entraide du parc"}).content.decode()
    step2 = re.search(rf'href="([^"]+{entraide.uuid}/)"', found)[1]

    response = client.post(step2, PARTICULARS, follow=True)
    assert "Consultez votre messagerie" in response.content.decode()
    assert Signature.objects.count() == 0

    page = client.get(link()).content.decode()
    assert "Confirmer la signature" in page
    assert "Entraide du Parc" in page
    done = client.post(link(), follow=True).content.decode()
    assert "C’est signé" in done
    assert Signature.objects.standing().get().organisation == entraide


def test_opening_the_link_changes_nothing_however_often(client, entraide, amina):
    request_for(national(), organisation=entraide, email="amina@exemple.org")
    for _ in range(3):
        assert client.get(link()).status_code == 200
        assert client.head(link()).status_code == 200
    assert Signature.objects.count() == 0
    assert SignatureRequest.objects.get().confirmed_at is None


def test_the_link_still_answers_after_the_signature(client, entraide, amina):
    request_for(national(), organisation=entraide, email="amina@exemple.org")
    address = link()
    client.post(address)
    assert "C’est signé" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert Signature.objects.count() == 1
    assert client.get(f"{address}attestation.pdf").content.startswith(b"%PDF")


def test_an_expired_link_says_what_to_do(client, entraide, amina, clock):
    prepared = request_for(national(), organisation=entraide, email="amina@exemple.org", at=clock.moment)
    address = link()
    clock.advance(days=8)
    page = client.get(address).content.decode()
    assert "expiré" in page
    assert "Recevoir un nouveau lien" in page
    assert client.post(address).status_code == 409
    assert Signature.objects.count() == 0

    client.post(reverse("charters:signature-send-again", args=[prepared.uuid]))
    assert client.get(address).status_code == 404, "the former link stops working"
    assert client.post(link()).status_code == 302
    assert Signature.objects.count() == 1


def test_an_unknown_link_says_what_to_do(client):
    response = client.get(reverse("charters:confirm-signature", args=["nimporte-quoi"]))
    assert response.status_code == 404
    assert "Ce lien ne marche pas" in response.content.decode()


def test_a_new_collective_signs_without_any_number(client, tilleuls):
    national()
    response = client.post(
        reverse("charters:sign-new-organisation"),
        {
            "name": "Collectif du hall 3",
            "kind": "informal",
            "legal_regime": "none",
            "territory_names": "les tilleuls",
            "themes": ["living"],
        },
    )
    organisation = Organisation.objects.get(name="Collectif du hall 3")
    assert response.headers["Location"].endswith(f"{organisation.uuid}/")
    assert list(organisation.territories.all()) == [tilleuls]
    assert organisation.is_draft
    client.post(response.headers["Location"], {**PARTICULARS, "email": "voisine@exemple.org"})
    client.post(link())
    organisation.refresh_from_db()
    assert organisation.claimed_at is not None
    assert "mandat" in client.get(reverse("charters:signatories")).content.decode().lower()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("rna", "W12", "n’est pas un numéro RNA"),
        ("siret", "12345678901234", "n’est pas un numéro SIRET"),
        ("territory_names", "Nulle-Part-les-Bains", "Nulle-Part-les-Bains"),
        ("territory_names", "", "Indiquez au moins un quartier"),
    ],
)
def test_bad_input_is_refused_in_french_and_kept(client, tilleuls, field, value, message):
    national()
    typed = {
        "name": "Les Amis du Parc",
        "kind": "association",
        "legal_regime": "1901",
        "territory_names": "Les Tilleuls",
        "purpose": "Des goûters.",
    }
    response = client.post(reverse("charters:sign-new-organisation"), {**typed, field: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "Des goûters." in page, "what was typed is still there"
    assert Organisation.objects.filter(name="Les Amis du Parc").count() == 0


def test_a_number_that_is_already_here_is_refused(client, tilleuls):
    national()
    OrganisationFactory(rna="W751234567")
    response = client.post(
        reverse("charters:sign-new-organisation"),
        {
            "name": "La même",
            "kind": "association",
            "legal_regime": "1901",
            "territory_names": "Les Tilleuls",
            "rna": "w75 123 45 67",
        },
    )
    assert "est déjà sur Maillage" in response.content.decode()
    assert not Organisation.objects.filter(name="La même").exists()


def test_a_name_that_several_places_bear_is_asked_back(client, tilleuls, commune):
    from tests.factories.territories import TerritoryFactory

    other = TerritoryFactory(qpv=True, name="Les Tilleuls")
    national()
    typed = {"name": "Les Amis", "kind": "association", "legal_regime": "1901", "territory_names": "Les Tilleuls"}
    page = client.post(reverse("charters:sign-new-organisation"), typed).content.decode()
    assert "cochez les vôtres" in page
    assert f'value="{other.slug}"' in page

    client.post(reverse("charters:sign-new-organisation"), {**typed, "territories": [other.slug]})
    assert list(Organisation.objects.get(name="Les Amis").territories.all()) == [other]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"has_mandate": ""}, "Seule une personne mandatée"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"decided_on": "2999-01-01"}, "à venir"),
        ({"email": "intruse@exemple.org"}, "Demandez-leur de vous ajouter"),
    ],
)
def test_who_may_not_sign_is_told_why(client, entraide, amina, change, message):
    national()
    response = client.post(reverse("charters:sign-particulars", args=[entraide.uuid]), {**PARTICULARS, **change})
    page = response.content.decode()
    assert message in page
    assert 'value="Benali"' in page
    assert SignatureRequest.objects.count() == 0
    assert Message.objects.count() == 0


def test_a_forged_organisation_is_not_found(client, prefecture):
    national()
    assert client.get(reverse("charters:sign-particulars", args=[prefecture.uuid])).status_code == 404
    forged = "00000000-0000-4000-8000-000000000000"
    assert client.post(reverse("charters:sign-particulars", args=[forged]), PARTICULARS).status_code == 404


def test_an_adaptation_is_signed_in_the_same_three_steps(client, entraide, amina, jardins, bruno, elsa, tilleuls):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls)
    slug = version.adaptation.slug
    client.post(reverse("charters:adaptation-sign-particulars", args=[slug, entraide.uuid]), PARTICULARS)
    client.post(link())
    assert Signature.objects.get().version == version


def test_a_draft_adaptation_cannot_be_signed(client, entraide, jardins, bruno, elsa, tilleuls):
    from tests.factories.charters import adaptation_draft

    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    assert client.get(reverse("charters:adaptation-sign", args=[draft.adaptation.slug])).status_code == 404


def test_withdrawing_from_my_space(sign_in, entraide, amina):
    signature = signed(organisation=entraide, email="amina@exemple.org")
    amina_reads = sign_in(amina)
    address = reverse("charters:withdraw", args=[signature.token])
    assert "Retirer la signature" in amina_reads.get(address).content.decode()
    amina_reads.post(address, {"reason": ""})
    signature.refresh_from_db()
    assert signature.withdrawn_at is not None


def test_nobody_withdraws_for_another_association(sign_in, entraide, amina, bruno):
    signature = signed(organisation=entraide, email="amina@exemple.org")
    response = sign_in(bruno).post(reverse("charters:withdraw", args=[signature.token]))
    assert response.status_code == 403
    signature.refresh_from_db()
    assert signature.is_standing
