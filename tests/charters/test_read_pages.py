"""Reading the charter, its versions, its signatories; checking what is genuine."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions, documents
from tests.factories.charters import ARTICLES, adaptation_draft, adopted, editor, national, signed
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_before_the_first_text_the_page_says_so(client):
    assert "Aucun texte n’est encore publié" in client.get("/charte/").content.decode()
    assert client.get("/charte/charte.pdf").status_code == 404


def test_the_text_in_force_says_that_it_is_a_working_text(client):
    national()
    page = client.get("/charte/").content.decode()
    assert "Nous choisissons de coopérer." in page
    assert "ce n’est pas la charte officielle" in page


def test_the_differences_of_two_versions_are_marked_for_the_ear_too(client, now):
    national(at=now)
    draft = actions.draft_national_version(actor=editor(), at=now, title="Charte d’essai")
    actions.change_article(
        draft.articles.get(key="dialogue"), actor=editor(), at=now, text="Nous nous parlons toujours avant d’agir."
    )
    actions.publish_national_version(draft, actor=editor(), at=now)
    page = client.get("/charte/versions/1..2/").content.decode()
    assert "<ins>" in page
    assert "début de l’ajout" in page
    assert "toujours" in page


def test_script_in_a_text_is_shown_as_text(client, now):
    national()
    national(articles=[{**ARTICLES[1], "text": HOSTILE, "title": HOSTILE, "plain_language": HOSTILE}])
    for address in ("/charte/", "/charte/versions/1..2/", "/charte/versions/2..1/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_a_national_draft_is_not_found_by_its_number(client, sign_in, gael, amina):
    national()
    national(publish=False)
    assert client.get("/charte/versions/2/").status_code == 404
    assert sign_in(amina).get("/charte/versions/2/").status_code == 404
    assert sign_in(gael).get("/charte/versions/2/").status_code == 200


@pytest.mark.parametrize("signatures", [1, 3])
def test_the_list_of_signatories_costs_the_same_whatever_its_length(client, signatures, django_assert_num_queries):
    version = national()
    for number in range(signatures):
        signed(version, email=f"personne-{number}@exemple.org")
    with django_assert_num_queries(5):
        page = client.get(reverse("charters:signatories")).content.decode()
    assert page.count("<tr>") == signatures + 1


@pytest.mark.parametrize("adaptations", [1, 3])
def test_the_list_of_adaptations_costs_the_same_whatever_its_length(
    client, adaptations, jardins, bruno, elsa, tilleuls, django_assert_num_queries
):
    for number in range(adaptations):
        adopted(promoter=jardins, actor=elsa, territory=tilleuls, name=f"Charte {number}")
    with django_assert_num_queries(3):
        page = client.get(reverse("charters:adaptation-list")).content.decode()
    assert page.count('class="card"') == adaptations


def test_the_csv_holds_what_the_list_shows(client, entraide, amina):
    signed(organisation=entraide, email="amina@exemple.org")
    signed(organisation=OrganisationFactory(name="Cachée"), email="c@exemple.org", is_listed=False)
    rows = b"".join(client.get("/charte/signataires.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].endswith("signee_le;mandat;a_renouveler_le;en_sommeil_depuis;canal;verification")
    assert len(rows) == 2
    assert rows[1].startswith("Entraide du Parc;")


def test_a_name_that_is_a_formula_stays_text_in_the_csv(client):
    signed(organisation=OrganisationFactory(name="=HYPERLINK(1)"), email="f@exemple.org")
    rows = b"".join(client.get("/charte/signataires.csv").streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in rows


def test_filters_of_signatories(client, entraide, amina, jardins, bruno, federation, tilleuls, boxe, hugo):
    version = national()
    signed(version, organisation=jardins, email="bruno@exemple.org")
    signed(version, organisation=boxe, email="hugo@exemple.org")
    for query, names in (
        ({"network": federation.slug}, {"Les Jardins partagés"}),
        ({"territory": "tilleuls"}, {"Les Jardins partagés"}),
        ({"q": "BOXE"}, {"Boxe pour toutes"}),
        ({"text": "national"}, {"Les Jardins partagés", "Boxe pour toutes"}),
        ({"text": "inconnu"}, {"Les Jardins partagés", "Boxe pour toutes"}),
    ):
        page = client.get(reverse("charters:signatories"), query).content.decode()
        shown = {name for name in ("Les Jardins partagés", "Boxe pour toutes") if f">{name}</a>" in page}
        assert shown == names, query


def test_an_organisation_that_is_not_listed_is_counted_and_never_named(client):
    signature = signed(organisation=OrganisationFactory(name="Discrète"), email="d@exemple.org", is_listed=False)
    page = client.get(reverse("charters:signatories")).content.decode()
    assert "1 organisation a choisi de ne pas apparaître" in page
    for address in (
        reverse("charters:signatories"),
        reverse("charters:verify-signature", args=[signature.token]),
        "/",
        "/charte/registre.ndjson",
    ):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert "Discrète" not in content.decode()


def test_the_page_of_a_signature_names_no_person(client, entraide, amina):
    signature = signed(organisation=entraide, email="amina@exemple.org", first_name="Prénomrare")
    page = client.get(reverse("charters:verify-signature", args=[signature.token])).content.decode()
    assert "authentique et en cours" in page
    assert "Prénomrare" not in page
    assert "amina@" not in page


def test_a_genuine_pdf_and_an_altered_one(client, entraide, amina):
    pdf = documents.certificate_pdf(signed(organisation=entraide, email="amina@exemple.org"))
    verify = reverse("charters:verify")
    genuine = client.post(verify, {"document": SimpleUploadedFile("a.pdf", pdf)}).content.decode()
    assert "Ce document est authentique" in genuine
    assert "Entraide du Parc" in genuine
    altered = bytearray(pdf)
    altered[len(pdf) // 3] ^= 1
    page = client.post(verify, {"document": SimpleUploadedFile("a.pdf", bytes(altered))}).content.decode()
    assert "n’est pas authentique" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"token": ""}, "Choisissez un fichier, ou donnez un code"),
        ({"token": "zzz"}, "Aucune signature ne porte ce code"),
        ({"token": "0" * 32}, "Aucune signature ne porte ce code"),
    ],
)
def test_what_cannot_be_verified_is_said_so(client, data, message):
    assert message in client.post(reverse("charters:verify"), data).content.decode()


def test_a_code_leads_to_its_signature(client, entraide, amina):
    signature = signed(organisation=entraide, email="amina@exemple.org")
    response = client.post(reverse("charters:verify"), {"token": f"  {signature.token.upper()} "})
    assert response.headers["Location"].endswith(f"{signature.token}/")


def test_the_draft_of_an_adaptation_does_not_exist_for_a_public_partner(
    client, sign_in, fatou, amina, jardins, bruno, elsa, tilleuls
):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, name="Brouillon secret")
    slug = draft.adaptation.slug
    for route in ("adaptation", "adaptation-differences", "adaptation-pdf"):
        address = reverse(f"charters:{route}", args=[slug])
        assert client.get(address).status_code == 404
        assert sign_in(fatou).get(address).status_code == 404
        assert sign_in(amina).get(address).status_code == 200
    for reader in (client, sign_in(fatou)):
        for address in ("/charte/adaptations/", f"/territoires/{tilleuls.slug}/", "/recherche/?q=secret", "/"):
            assert "Brouillon secret" not in reader.get(address).content.decode()
    assert "Brouillon secret" in sign_in(amina).get("/charte/adaptations/").content.decode()


def test_remarks_are_shown_to_associations_alone_even_after_adoption(
    client, sign_in, fatou, amina, entraide, jardins, bruno, elsa, tilleuls, now
):
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, at=now)
    remark = actions.make_remark(
        draft, organisation=entraide, text="La mairie traîne les pieds", author=amina, at=now
    )
    actions.answer_remark(remark, answer="Nous le savons.", actor=elsa, at=now)
    actions.adopt_adaptation(
        draft,
        adopted_on=timezone.localdate(now),
        adopted_by="réunion",
        signatures_needed=1,
        review_on=timezone.localdate(now).replace(year=now.year + 1, day=1),
        actor=elsa,
        at=now,
    )
    address = reverse("charters:adaptation", args=[draft.adaptation.slug])
    assert "traîne les pieds" in sign_in(amina).get(address).content.decode()
    for reader in (client, sign_in(fatou)):
        page = reader.get(address)
        assert page.status_code == 200
        assert "traîne les pieds" not in page.content.decode()


def test_the_certificate_is_for_the_organisation_and_its_coordinator(
    client, sign_in, entraide, amina, bruno, elsa, fatou, chloe
):
    signature = signed(organisation=entraide, email="amina@exemple.org")
    address = reverse("charters:certificate", args=[signature.token])
    assert client.get(address).status_code == 302, "a visitor is asked to sign in"
    for somebody in (bruno, fatou, chloe):
        assert sign_in(somebody).get(address).status_code == 403
    for somebody in (amina, elsa):
        assert sign_in(somebody).get(address).content.startswith(b"%PDF")
    assert "attestation.pdf" not in client.get(signature.get_absolute_url()).content.decode()


def test_a_rename_does_not_rewrite_what_was_signed(client, entraide, amina):
    signature = signed(organisation=entraide, email="amina@exemple.org")
    type(entraide).objects.update(name="Croix de bois")
    for address in (reverse("charters:signatories"), signature.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Entraide du Parc" in page
        assert "Croix de bois" in page, "and its name of today is said"
    rows = b"".join(client.get("/charte/signataires.csv").streaming_content).decode("utf-8-sig")
    assert "Entraide du Parc;" in rows
    assert "Croix de bois" not in rows


def test_the_seals_certificate_can_be_taken_away(client, entraide, amina, tmp_path, settings):
    from django.core.management import call_command

    pdf = documents.certificate_pdf(signed(organisation=entraide, email="amina@exemple.org"))
    (tmp_path / "cachet.pem").write_bytes(client.get("/charte/cachet.pem").content)
    (tmp_path / "attestation.pdf").write_bytes(pdf)
    settings.SEAL_FOLDER = tmp_path / "ailleurs"
    call_command("verify", str(tmp_path / "attestation.pdf"), certificate=str(tmp_path / "cachet.pem"))
    assert not (tmp_path / "ailleurs").exists(), "verifying makes no key"
