"""A network brings the list of its members: read, looked at, confirmed, undone; nobody else ever sees it."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from maillage.messaging.models import Message
from maillage.organisations import actions
from maillage.organisations.models import MemberLine, MemberList, NetworkMembership, NetworkRole
from maillage.privacy.actions import purge_stale
from tests.factories.charters import national, signed
from tests.factories.organisations import NetworkFactory, NetworkMembershipFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
LIST = """Nom;RNA;SIRET;Commune;E-mail
Les Jardins;w751 000 001;;Paris;secret@exemple.org
Le Vélo;;73282932000074;;
Chorale du Parc;;;Clairmont;
Inconnue;W759999999;;;
Mal écrite;W12;;;
Les jardins;W751000001;;;
Jamais vue;;;;
"""


@pytest.fixture
def town(db):
    clairmont = TerritoryFactory(kind="commune", name="Clairmont")
    OrganisationFactory(name="Jardins partagés", rna="W751000001")
    OrganisationFactory(name="Le Vélo bleu", siret="73282932000074")
    OrganisationFactory(name="La chorale du parc", territories=[clairmont])
    OrganisationFactory(name="Chorale du Parc", territories=[TerritoryFactory(kind="commune", name="Ailleurs")])


def read(network, content=LIST, *, by, now, name="membres.csv"):
    content = content.encode() if isinstance(content, str) else content
    return actions.read_member_list(network, content=content, file_name=name, actor=by, at=now)


def states(found):
    return {line.number: line.state for line in found.lines.all()}


def standing(network):
    """Those of these tests: the federation already has Les Jardins partagés."""
    memberships = network.memberships.filter(until=None).exclude(organisation__name="Les Jardins partagés")
    return sorted(membership.organisation.name for membership in memberships)


def upload(client, network, content=LIST):
    document = SimpleUploadedFile("membres.csv", content.encode())
    return client.post(reverse("dashboard:bring-list", args=[network.slug]), {"document": document}, follow=True)


def test_each_line_is_told_with_its_number_and_nothing_is_changed(sign_in, ines, federation, town, register):
    register("AUTRE")
    page = upload(sign_in(ines), federation).content.decode()
    assert states(MemberList.objects.get()) == {
        2: "here",
        3: "here",
        4: "maybe",
        5: "unknown",
        6: "invalid",
        7: "twice",
        8: "not_here",
    }
    assert "comme la ligne 2" in page
    assert "Jardins partagés" in page
    assert "secret@exemple.org" not in page
    assert standing(federation) == []
    assert not Message.objects.exists()


def test_confirmed_the_members_here_are_told_and_the_others_stay_secret(
    client, sign_in, ines, federation, town, amina, entraide, now, own_folder
):
    content = LIST + f"{entraide.name};;;;\n"
    found = read(federation, content, by=ines, now=now)
    same = [line.pk for line in found.lines.filter(state="maybe")]
    page = sign_in(ines).post(
        reverse("dashboard:member-list", args=[federation.slug, found.pk]), {"same": same}, follow=True
    )
    assert standing(federation) == sorted(["Jardins partagés", "Le Vélo bleu", "La chorale du parc", entraide.name])
    assert "Jamais vue" in page.content.decode()
    letter = Message.objects.get(recipient="amina@exemple.org")
    assert federation.name in letter.subject
    assert reverse("organisations:edit", args=[entraide.uuid]) in letter.body
    for address in ("/annuaire/?q=jamais", "/annuaire/annuaire.csv", "/api/v1/organisations"):
        assert "Jamais vue" not in str(getattr(client.get(address), "content", b""))


def test_a_doubtful_line_that_is_not_ticked_is_nobody(ines, federation, town, now, own_folder):
    found = read(federation, by=ines, now=now)
    actions.confirm_member_list(found, actor=ines, at=now)
    assert standing(federation) == ["Jardins partagés", "Le Vélo bleu"]
    with pytest.raises(actions.AlreadyDone):
        actions.confirm_member_list(found, actor=ines, at=now)


def test_undone_only_what_it_made_ends(sign_in, ines, federation, town, now, own_folder):
    before = NetworkMembershipFactory(network=federation, organisation=OrganisationFactory(name="Déjà membre"))
    found = read(federation, LIST + "Déjà membre;;;;\n", by=ines, now=now)
    actions.confirm_member_list(found, same=list(found.lines.values_list("pk", flat=True)), actor=ines, at=now)
    assert len(standing(federation)) == 4
    sign_in(ines).post(reverse("dashboard:undo-list", args=[federation.slug, found.pk]))
    assert standing(federation) == ["Déjà membre"]
    before.refresh_from_db()
    assert before.until is None
    assert not MemberLine.objects.exists()
    found.refresh_from_db()
    with pytest.raises(actions.AlreadyDone):
        actions.undo_member_list(found, actor=ines, at=now)


def test_undone_those_that_were_told_are_told_again(ines, federation, entraide, amina, now, own_folder):
    found = read(federation, f"Nom\n{entraide.name}\n", by=ines, now=now)
    actions.confirm_member_list(found, same=[found.lines.get().pk], actor=ines, at=now)
    actions.undo_member_list(found, actor=ines, at=now)
    assert (
        "ne compte plus Entraide du Parc"
        in Message.objects.filter(recipient="amina@exemple.org").latest("pk").subject
    )


def test_the_same_name_under_another_number_is_another(ines, federation, now, register):
    register("ABC", position="D", date_disso="2020-03-01")
    OrganisationFactory(name="ABC", rna="W372014343")
    OrganisationFactory(name="Le Vélo", rna="W372014344")
    found = read(federation, "Nom;RNA\nABC;W751000001\nLe Vélo;W759999999\n", by=ines, now=now)
    assert states(found) == {2: "dissolved", 3: "unknown"}


def test_a_list_that_waits_is_replaced_and_the_page_says_so(sign_in, ines, federation, town, own_folder):
    client = sign_in(ines)
    upload(client, federation)
    assert "est remplacée par celle-ci" in upload(client, federation).content.decode()
    assert MemberList.objects.count() == 1


def test_a_later_list_proposes_to_end_those_that_left_and_ends_them_only_if_told(
    ines, federation, town, now, own_folder
):
    actions.confirm_member_list(read(federation, by=ines, now=now), actor=ines, at=now)
    said_so_herself = NetworkMembershipFactory(network=federation, organisation=OrganisationFactory(name="Elle-même"))
    second = read(federation, "Nom;RNA\nJardins;W751000001\n", by=ines, now=now)
    left = list(actions.left_by(second))
    assert [membership.organisation.name for membership in left] == ["Le Vélo bleu"]
    actions.confirm_member_list(second, actor=ines, at=now)
    assert "Le Vélo bleu" in standing(federation), "never silently"
    third = read(federation, "Nom;RNA\nJardins;W751000001\n", by=ines, now=now)
    actions.confirm_member_list(third, ended=[left[0].pk, said_so_herself.pk], actor=ines, at=now)
    assert standing(federation) == ["Elle-même", "Jardins partagés"]


def test_the_association_s_word_prevails(sign_in, amina, entraide, tilleuls, ines, federation, now, own_folder):
    federation.memberships.all().delete()
    found = read(federation, f"Nom\n{entraide.name}\n", by=ines, now=now)
    actions.confirm_member_list(found, same=[found.lines.get().pk], actor=ines, at=now)
    typed = {"name": entraide.name, "kind": "association", "legal_regime": "1901", "territories": [tilleuls.slug]}
    sign_in(amina).post(reverse("organisations:edit", args=[entraide.uuid]), typed)
    assert standing(federation) == []


@pytest.mark.parametrize("name", ["amina", "bruno", "elsa", "fatou", "gael", "djibril", "hugo"])
def test_nobody_else_sees_the_list_or_brings_one(request, sign_in, ines, federation, name, now, town, own_folder):
    found = read(federation, by=ines, now=now)
    somebody = request.getfixturevalue(name)
    client = sign_in(somebody)
    for address in (
        reverse("dashboard:network", args=[federation.slug]),
        reverse("dashboard:network-csv", args=[federation.slug]),
        reverse("dashboard:member-list", args=[federation.slug, found.pk]),
        reverse("dashboard:member-list-csv", args=[federation.slug, found.pk]),
    ):
        response = client.get(address)
        assert response.status_code in {302, 404}
        assert b"Jamais vue" not in response.content
    with pytest.raises(PermissionDenied):
        read(federation, by=somebody, now=now)


def test_who_follows_another_network_sees_nothing_of_this_one(sign_in, ines, federation, hugo, now, town, own_folder):
    found = read(federation, by=ines, now=now)
    other = NetworkMembershipFactory().network
    actions.appoint_to_network(other, email=hugo.email, actor=None, at=now)
    for slug in (federation.slug, other.slug):
        assert sign_in(hugo).get(reverse("dashboard:member-list", args=[slug, found.pk])).status_code == 404


def test_the_network_sees_its_members_where_they_act_and_what_they_signed(
    sign_in, ines, federation, entraide, tilleuls, amina, now
):
    NetworkMembership.objects.get_or_create(
        organisation=entraide, network=federation, until=None, defaults={"since": timezone.localdate(now)}
    )
    signed(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)
    page = sign_in(ines).get(reverse("dashboard:network", args=[federation.slug])).content.decode()
    assert "Entraide du Parc" in page
    assert f"Les Tilleuls ({tilleuls.vintage})" in page
    assert "Charte d’essai" in page
    table = sign_in(ines).get(reverse("dashboard:network-csv", args=[federation.slug])).getvalue().decode()
    assert "Entraide du Parc" in table
    assert federation.name in sign_in(ines).get(reverse("dashboard:my-space")).content.decode()


def test_a_network_sees_the_members_of_its_branches_at_every_depth(sign_in, ines, federation):
    branch = NetworkFactory(parent=NetworkFactory(parent=federation))
    NetworkMembershipFactory(network=branch, organisation=OrganisationFactory(name="Tout au bout"))
    assert "Tout au bout" in sign_in(ines).get(reverse("dashboard:network", args=[federation.slug])).content.decode()


@pytest.mark.parametrize("members", [1, 3])
def test_its_page_costs_the_same_for_one_and_three(
    sign_in, ines, federation, tilleuls, members, django_assert_max_num_queries
):
    for _ in range(members):
        NetworkMembershipFactory(network=federation, organisation=OrganisationFactory(territories=[tilleuls]))
    client = sign_in(ines)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("dashboard:network", args=[federation.slug])).content.decode()
    assert page.count("pas encore signataire") >= members


def test_a_list_never_confirmed_is_deleted_after_a_week(ines, federation, now, town, own_folder):
    read(federation, by=ines, now=now)
    assert purge_stale(at=now + datetime.timedelta(days=6))["lists"] == 0
    assert purge_stale(at=now + datetime.timedelta(days=8))["lists"] == 1
    assert not MemberLine.objects.exists()


def test_the_operator_confides_a_network(federation, capsys):
    call_command("appoint", "network", "zoe@exemple.org", federation.slug)
    assert NetworkRole.objects.get(user__email="zoe@exemple.org").network == federation
    assert federation.name in Message.objects.get().subject
    with pytest.raises(CommandError, match="suit déjà"):
        call_command("appoint", "network", "zoe@exemple.org", federation.slug, stdout=io.StringIO())
    with pytest.raises(CommandError, match=federation.slug):
        call_command("appoint", "network", "zoe@exemple.org", "inconnu")


def test_a_refused_file_says_why_beside_its_field(sign_in, ines, federation):
    page = upload(sign_in(ines), federation, "Prix;Date\n1;2\n").content.decode()
    assert "Aucune colonne n’est reconnue" in page
    assert not MemberList.objects.exists()


def test_a_long_list_keeps_its_pages_light_and_its_table_whole(sign_in, ines, federation, now, own_folder):
    content = "Nom;RNA\n" + "".join(f"Association {n};\n" for n in range(400))
    found = read(federation, content, by=ines, now=now)
    client = sign_in(ines)
    preview = reverse("dashboard:member-list", args=[federation.slug, found.pk])
    page = client.get(preview).content.decode()
    assert "(400)" in page
    assert page.count("Association ") < 150
    table = client.get(reverse("dashboard:member-list-csv", args=[federation.slug, found.pk])).getvalue().decode()
    assert table.count("pas encore sur Maillage") == 400
    client.post(preview)
    page = client.get(reverse("dashboard:network", args=[federation.slug])).content.decode()
    assert "Page 1 sur 8" in page


def test_ten_thousand_lines_are_read_in_a_bounded_number_of_queries(
    ines, federation, now, town, django_assert_max_num_queries, own_folder
):
    content = "Nom;RNA\n" + "".join(f"Association {n};W75{n:07d}\n" for n in range(2_000))
    with django_assert_max_num_queries(40):
        found = read(federation, content, by=ines, now=now)
    assert found.lines.count() == 2_000
