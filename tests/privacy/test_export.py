"""Taking one's data away: everything of oneself, nothing of anybody else."""

import io
import json
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from maillage.charters import actions as charters
from maillage.charters import seal
from maillage.organisations.models import Organisation
from maillage.privacy.actions import forget_person
from maillage.privacy.exports import archive as archives
from tests.charters.test_sign_together import all_at_once
from tests.factories.charters import adaptation_draft, signed
from tests.factories.drafting import amendment_to, group_of, workshop_of
from tests.factories.organisations import MandateFactory, MembershipFactory
from tests.harness.client import StrictClient

pytestmark = pytest.mark.django_db


def unzip(response):
    """{name: text, or bytes of a PDF} of a zip that was downloaded."""
    assert response.status_code == 200, response
    content = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert content.testzip() is None
    files = {name: content.read(name) for name in content.namelist()}
    return {name: data if name.endswith(".pdf") else data.decode("utf-8") for name, data in files.items()}


def mine(client, user):
    return client.get(reverse("privacy:export", args=[user.uuid]))


def theirs(client, organisation):
    return client.get(reverse("privacy:export-organisation", args=[organisation.uuid]))


@pytest.fixture
def remarks(entraide, amina, jardins, bruno, elsa, tilleuls, now):
    """Amina and Bruno have each said something of an open text; Bruno's was answered."""
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True)
    charters.make_remark(draft, organisation=entraide, text="Et les éclairages ?", author=amina, at=now)
    made = charters.make_remark(draft, organisation=jardins, text="La mairie promet trop.", author=bruno, at=now)
    charters.answer_remark(made, answer="Entre nous : oui.", actor=elsa, at=now)


def test_a_person_takes_everything_away(sign_in, amina, amina_signed, remarks):
    files = unzip(mine(sign_in(amina), amina))
    assert json.loads(files["compte.json"])["adresse"] == "amina@exemple.org"
    (signature,) = json.loads(files["signatures.json"])
    assert (signature["nom"], signature["fonction"]) == ("Amina Benali", "présidence")
    assert [row["organisation"] for row in json.loads(files["organisations.json"])] == ["Entraide du Parc"]
    assert [row["remarque"] for row in json.loads(files["remarques.json"])] == ["Et les éclairages ?"]
    assert "Et les éclairages ?" in files["remarques.json"]  # letters, not escapes: a person reads it
    assert json.loads(files["demandes.json"])[0]["adresse"] == "amina@exemple.org"
    assert {row["action"] for row in json.loads(files["journal.json"])} >= {"charters.sign", "charters.remark"}
    assert json.loads(files["messages.json"])
    for name in files.keys() - {"LISEZMOI.txt"}:
        assert name in files["LISEZMOI.txt"]


def test_nothing_of_anybody_else_is_in_it(sign_in, amina, bachir, amina_signed, remarks, entraide):
    MandateFactory(user=bachir, organisation=entraide, function="trésorerie secrète")
    everything = "".join(unzip(mine(sign_in(amina), amina)).values())
    for others in ("Bachir", "trésorerie secrète", "bruno", "Bruno", "La mairie promet trop", "Entre nous : oui"):
        assert others not in everything


def test_somebody_who_works_for_a_public_partner_reads_no_remark_not_even_hers(sign_in, amina, prefecture, remarks):
    MembershipFactory(user=amina, organisation=prefecture)
    amina = get_user_model().objects.get(pk=amina.pk)
    files = unzip(mine(sign_in(amina), amina))
    assert "éclairages" not in "".join(files.values())
    assert "1 de vos remarques" in files["LISEZMOI.txt"]


def test_it_is_never_cached_and_never_shown(sign_in, amina, entraide):
    client = sign_in(amina)
    for response in (mine(client, amina), theirs(client, entraide)):
        assert response["Content-Disposition"].startswith("attachment; filename=")
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
        response.close()


def test_the_link_of_one_opened_by_another_leads_nowhere(client, sign_in, amina, bruno, entraide):
    assert mine(sign_in(bruno), amina).status_code == 404
    assert theirs(sign_in(bruno), entraide).status_code == 404
    assert mine(client, amina).status_code == 302


@pytest.mark.parametrize("person", ["bruno", "chloe", "elsa", "fatou", "gael", "ines", "hugo"])
def test_only_a_manager_takes_an_organisation_away(request, sign_in, entraide, amina, person):
    assert theirs(sign_in(request.getfixturevalue(person)), entraide).status_code == 404


def test_a_member_who_does_not_manage_does_not(sign_in, entraide, amina):
    member = MembershipFactory(organisation=entraide).user
    assert theirs(sign_in(member), entraide).status_code == 404


def test_a_manager_takes_everything_of_the_organisation(sign_in, amina, bachir, amina_signed, remarks, entraide):
    files = unzip(theirs(sign_in(amina), entraide))
    assert json.loads(files["organisation.json"])["nom"] == "Entraide du Parc"
    assert files["personnes.csv"].startswith("\ufeffnom;role;depuis")
    assert "Bachir Second" in files["personnes.csv"]
    assert "@" not in files["personnes.csv"] + files["mandats.csv"]
    assert json.loads(files["signatures.json"])[0]["par"] == "Amina Benali"
    assert [row["remarque"] for row in json.loads(files["remarques.json"])] == ["Et les éclairages ?"]
    assert "La mairie" not in "".join(text for text in files.values() if isinstance(text, str))
    text, certificate = files["textes/national-1.pdf"], files[f"attestations/national-1-{amina_signed.token[:8]}.pdf"]
    assert text.startswith(b"%PDF")
    assert seal.check(certificate).is_genuine


def test_a_forgotten_signatory_has_no_name_in_it(sign_in, amina, bachir, amina_signed, entraide, now):
    forget_person(amina, actor=amina, at=now)
    files = unzip(theirs(sign_in(bachir), entraide))
    assert json.loads(files["signatures.json"])[0]["par"] == "personne oubliée"
    assert "Amina" not in "".join(text for text in files.values() if isinstance(text, str))


def test_a_public_partner_takes_its_own_away_and_nothing_from_behind_the_wall(
    sign_in, fatou, prefecture, remarks, elsa
):
    prefecture.memberships.update(role="manager")
    fatou = get_user_model().objects.get(pk=fatou.pk)
    files = unzip(theirs(sign_in(fatou), prefecture))
    assert json.loads(files["remarques.json"]) == json.loads(files["adaptations.json"]) == []
    assert "éclairages" not in "".join(files.values())


def test_a_spreadsheet_runs_nothing_of_it(sign_in, amina, bachir, entraide):
    bachir.first_name = "=cmd|' /C calc'!A0"
    bachir.save()
    assert ";'=cmd" in ";" + unzip(theirs(sign_in(amina), entraide))["personnes.csv"].split("\n")[2]


def test_beyond_the_limits_it_says_what_is_left_out(monkeypatch, sign_in, amina, amina_signed, entraide):
    monkeypatch.setattr(archives, "MOST_ROWS", 1)
    monkeypatch.setattr("maillage.privacy.exports.organisation.MOST_PDFS", 1)
    MembershipFactory(organisation=entraide)
    files = unzip(theirs(sign_in(amina), entraide))
    assert len(json.loads(files["personnes.json"])) == 1
    assert "personnes s’arrête aux 1 premières lignes" in files["LISEZMOI.txt"]
    assert amina_signed.get_absolute_url() in files["LISEZMOI.txt"]


@pytest.mark.django_db(transaction=True)
def test_people_who_export_at_once_each_get_their_own(amina, bruno, hugo, entraide, jardins, boxe):
    for organisation, email in ((entraide, "amina"), (jardins, "bruno"), (boxe, "hugo")):
        signed(organisation=organisation, email=f"{email}@exemple.org", first_name=email.capitalize())
    people = {person: set() for person in (amina, bruno, hugo)}
    names = [person.first_name for person in people]

    def take(person):
        client = StrictClient()
        client.force_login(person)
        organisation = Organisation.objects.get(memberships__user=person)
        texts = [*unzip(mine(client, person)).values(), *unzip(theirs(client, organisation)).values()]
        return person, "".join(text for text in texts if isinstance(text, str))

    for answer in all_at_once(take, list(people) * 4):
        assert not isinstance(answer, Exception), answer
        person, text = answer
        assert {name for name in names if name in text} == {person.first_name}


def test_a_person_takes_away_what_they_said_of_texts_in_their_groups(
    sign_in, amina, entraide, bruno, jardins, tilleuls
):
    group = group_of(entraide, territory=tilleuls, facilitator=jardins)
    workshop = workshop_of(group, promoter=jardins, actor=bruno, territory=tilleuls)
    amendment_to(workshop, actor=amina, organisation=entraide, text="Les mots d’Amina.")
    amendment_to(workshop, actor=bruno, organisation=jardins, text="Les mots de Bruno.")
    (said,) = json.loads(unzip(mine(sign_in(amina), amina))["textes-en-groupe.json"])
    assert (said["mots"], said["au_nom_de"], said["devenu"]) == ("Les mots d’Amina.", entraide.name, "proposed")
