"""Proposals that nobody invents, echoes in public, letters that leave once, replies, where each stands."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.advocacy import actions, queries
from maillage.advocacy.models import Appeal, Echo, Proposal, ProposalState, Reply, Stake
from maillage.messaging.models import Message
from tests.factories.advocacy import AppealFactory, EchoFactory, proposal
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(now):
    return timezone.localdate(now)


def entered(actor, now, number=1, text="Financer la coordination."):
    told = {"source_page": "4", "stake": Stake.objects.get(number=1), "addressees": ["national"]}
    return actions.enter_proposal(proposal(number), text=text, **told, actor=actor, at=now)


def test_sixteen_empty_places_and_four_sourced_stakes_and_no_invented_text(client):
    assert Proposal.objects.count() == 16
    assert not Proposal.objects.exclude(text="").exists()
    assert not Proposal.objects.exclude(stake=None).exists()
    page = client.get("/plaidoyer/").content.decode()
    assert page.count("À entrer depuis le plaidoyer.") == 16
    assert all(stake.source_url in page for stake in Stake.objects.all())
    assert "Cette place est vide" in client.get("/plaidoyer/proposition/16/").content.decode()
    assert client.get("/plaidoyer/proposition/17/").status_code == 404


def test_an_editor_enters_it_with_its_page_and_nobody_else(sign_in, client, gael, elsa, amina, fatou):
    told = {"text": "Financer la coordination.", "source_page": "4", "stake": "1", "addressees": ["national"]}
    for user in (elsa, amina, fatou):
        assert sign_in(user).post("/plaidoyer/proposition/3/entrer/", told).status_code == 403
    without = sign_in(gael).post("/plaidoyer/proposition/3/entrer/", {**told, "source_page": ""})
    assert without.status_code == 200
    assert proposal(3).text == ""
    sign_in(gael).post("/plaidoyer/proposition/3/entrer/", told)
    page = client.get("/plaidoyer/proposition/3/").content.decode()
    assert "Financer la coordination." in page
    assert "page 4" in page


def test_what_stood_before_is_kept_in_the_history(gael, now):
    from wagtail.models import ModelLogEntry

    entered(gael, now, text="Une coquile.")
    entered(gael, now, text="Une coquille.")
    kept = [entry.data["before"] for entry in ModelLogEntry.objects.filter(action="advocacy.enter").order_by("pk")]
    assert kept == ["", "Une coquile."]


def test_an_association_echoes_once_corrects_and_withdraws(sign_in, client, amina, entraide, fatou, chloe):
    address = "/plaidoyer/proposition/1/echo/"
    told = {"organisation": entraide.slug, "words": "Nous avançons six mois."}
    for user in (fatou, chloe):
        assert sign_in(user).post(address, told).status_code == 403
    sign_in(amina).post(address, told)
    sign_in(amina).post(address, {**told, "words": "Nous avançons huit mois."})
    assert Echo.objects.count() == 1
    page = client.get("/plaidoyer/proposition/1/").content.decode()
    assert "huit mois" in page
    echo = Echo.objects.get()
    sign_in(amina).post(f"/plaidoyer/echo/{echo.uuid}/retirer/")
    assert "huit mois" not in client.get("/plaidoyer/proposition/1/").content.decode()
    assert "huit mois" in sign_in(amina).get("/plaidoyer/proposition/1/").content.decode()


def test_a_figure_has_a_source(sign_in, amina, entraide):
    told = {"organisation": entraide.slug, "words": "Voilà.", "figure": "40 familles"}
    sign_in(amina).post("/plaidoyer/proposition/1/echo/", told)
    assert not Echo.objects.exists()
    sign_in(amina).post("/plaidoyer/proposition/1/echo/", {**told, "figure_source": "notre registre, 2025"})
    assert Echo.objects.get().figure == "40 familles"


def test_a_cooperation_between_associations_is_not_shown_by_an_echo(client, sign_in, amina, entraide, jardins):
    from tests.factories.cooperations import CooperationFactory

    hidden = CooperationFactory(title="Secrète encore")
    EchoFactory(organisation=entraide, cooperation=hidden)
    assert "Secrète encore" not in client.get("/plaidoyer/proposition/1/").content.decode()


def test_where_it_stands_is_never_overwritten(sign_in, client, elsa, amina, tilleuls):
    address = "/plaidoyer/proposition/2/etat/"
    told = {"territory": tilleuls.slug, "words": "Vu au conseil.", "source_title": "Compte rendu"}
    assert sign_in(amina).post(address, {**told, "state": "discussed", "on": "2026-01-05"}).status_code == 403
    sign_in(elsa).post(address, {**told, "state": "discussed", "on": "2026-01-05"})
    sign_in(elsa).post(address, {**told, "state": "obtained", "on": "2026-03-05"})
    assert ProposalState.objects.count() == 2
    latest, before = queries.states_of(elsa, proposal(2))[0]
    assert (latest.state, [one.state for one in before]) == ("obtained", ["discussed"])
    assert "obtenue" in client.get("/plaidoyer/").content.decode()
    sign_in(elsa).post(address, {**told, "state": "refused", "on": "2999-01-01"})
    assert ProposalState.objects.count() == 2


def test_a_letter_is_drafted_from_the_echoes_that_agreed(
    sign_in, elsa, amina, bruno, fatou, entraide, jardins, tilleuls
):
    EchoFactory(organisation=entraide, words="Six mois d’avance.")
    EchoFactory(organisation=jardins, words="Pas de local.", may_be_cited=False)
    EchoFactory(words="Ailleurs, autre chose.")
    page = sign_in(elsa).get("/plaidoyer/proposition/1/lettre/").content.decode()
    assert "Six mois d’avance." in page
    assert "Pas de local." not in page
    assert "Ailleurs, autre chose." not in page
    for user in (amina, fatou):
        assert sign_in(user).get("/plaidoyer/proposition/1/lettre/").status_code == 403


def test_an_echo_that_did_not_agree_is_never_cited(elsa, jardins, tilleuls, now):
    echo = EchoFactory(organisation=jardins, may_be_cited=False)
    told = {"addressee": "La mairie", "subject": "x", "text": "x"}
    with pytest.raises(ValidationError):
        actions.write_appeal(proposal(), territory=tilleuls, echoes=[echo], **told, actor=elsa, at=now)
    assert not Appeal.objects.exists()


def test_a_letter_is_between_associations_until_it_leaves(sign_in, client, elsa, amina, fatou, entraide, tilleuls):
    echo = EchoFactory(organisation=entraide)
    appeal = AppealFactory(territory=tilleuls, subject="Une lettre à la mairie")
    appeal.echoes.add(echo)
    address = appeal.get_absolute_url()
    for other in (client, sign_in(fatou)):
        assert other.get(address).status_code == 404
        assert other.get(f"{address}lettre.pdf").status_code == 404
        assert "Une lettre à la mairie" not in other.get("/plaidoyer/proposition/1/").content.decode()
    assert sign_in(amina).get(address).status_code == 200
    Message.objects.all().delete()
    sign_in(elsa).post(f"{address}partie/", {"on": "2026-01-05", "channel": "courrier"})
    assert client.get(address).status_code == 200
    assert client.get(f"{address}lettre.pdf").content.startswith(b"%PDF")
    assert [one.recipient for one in Message.objects.all()] == [amina.email]
    assert sign_in(elsa).get(f"{address}reprendre/").status_code == 403


def test_a_reply_comes_after_the_letter_and_is_told(sign_in, client, elsa, tilleuls, amina, entraide):
    appeal = AppealFactory(territory=tilleuls, sent_on=datetime.date(2026, 1, 5), channel="courrier")
    appeal.echoes.add(EchoFactory(organisation=entraide))
    address = appeal.get_absolute_url()
    assert "sans réponse depuis le" in client.get(address).content.decode()
    told = {"sender": "Service vie associative", "text": "Nous regardons."}
    sign_in(elsa).post(f"{address}reponse/", {**told, "on": "2026-01-01"})
    assert not Reply.objects.exists()
    sign_in(elsa).post(f"{address}reponse/", {**told, "on": "2026-02-01"})
    assert "Nous regardons." in client.get(address).content.decode()
    assert amina.email in Message.objects.values_list("recipient", flat=True)


def test_an_echo_withdrawn_before_the_letter_leaves_holds_it(elsa, entraide, tilleuls, amina, now, today):
    appeal = AppealFactory(territory=tilleuls)
    echo = EchoFactory(organisation=entraide)
    appeal.echoes.add(echo)
    actions.withdraw_echo(echo, actor=amina, at=now)
    with pytest.raises(ValidationError):
        actions.send_appeal(appeal, on=today, channel="courrier", actor=elsa, at=now)


def test_who_takes_back_the_agreement_to_be_cited_holds_the_letter(elsa, entraide, tilleuls, amina, now, today):
    appeal = AppealFactory(territory=tilleuls)
    echo = EchoFactory(organisation=entraide)
    appeal.echoes.add(echo)
    told = {"words": echo.words, "may_be_cited": False}
    actions.say_echo(proposal(), organisation=entraide, actor=amina, at=now, **told)
    with pytest.raises(ValidationError):
        actions.send_appeal(appeal, on=today, channel="courrier", actor=elsa, at=now)
    appeal.refresh_from_db()
    assert appeal.sent_on is None


def test_a_letter_taken_up_by_one_and_sent_by_another_stays_sent(elsa, tilleuls, now, today):
    opened = AppealFactory(territory=tilleuls)
    actions.send_appeal(Appeal.objects.get(), on=today, channel="courrier", actor=elsa, at=now)
    told = {"addressee": "La mairie", "subject": "x", "text": "Autre chose.", "echoes": []}
    with pytest.raises(PermissionDenied):
        actions.write_appeal(proposal(), territory=tilleuls, appeal=opened, **told, actor=elsa, at=now)
    kept = Appeal.objects.get()
    assert kept.sent_on == today
    assert "Autre chose." not in kept.text


def test_an_echo_names_a_cooperation_of_its_own_association(amina, entraide, jardins, now):
    from tests.factories.cooperations import CooperationFactory

    theirs, ours = CooperationFactory(partners=[jardins]), CooperationFactory(partners=[entraide])
    told = {"organisation": entraide, "words": "Voilà.", "actor": amina, "at": now}
    with pytest.raises(ValidationError):
        actions.say_echo(proposal(), **told, cooperation=theirs)
    assert actions.say_echo(proposal(), **told, cooperation=ours).cooperation == ours


def test_a_coordination_writes_at_home_alone(elsa, commune, now):
    told = {"addressee": "La mairie", "subject": "x", "text": "x", "echoes": []}
    with pytest.raises(PermissionDenied):
        actions.write_appeal(proposal(), territory=commune, **told, actor=elsa, at=now)


def test_a_letter_is_never_written_for_another_territory_than_asked(sign_in, elsa, tilleuls, commune):
    told = {"addressee": "La mairie", "subject": "x", "text": "x"}
    for place in (commune.slug, "forged", ""):
        assert sign_in(elsa).post(f"/plaidoyer/proposition/1/lettre/?territoire={place}", told).status_code == 404
    assert not Appeal.objects.exists()
    sign_in(elsa).post(f"/plaidoyer/proposition/1/lettre/?territoire={tilleuls.slug}", told)
    assert Appeal.objects.get().territory == tilleuls


def test_what_changed_since_tells_what_is_public_alone(client, gael, entraide, tilleuls, now, today):
    entered(gael, now)
    EchoFactory(organisation=entraide)
    AppealFactory(territory=tilleuls, subject="Pas encore partie")
    AppealFactory(territory=tilleuls, subject="Partie hier", sent_on=today, channel="courrier")
    for address in ("/plaidoyer/ce-qui-change/", "/plaidoyer/ce-qui-change.atom"):
        page = client.get(address).content.decode()
        assert "Partie hier" in page
        assert entraide.name in page
        assert "Pas encore partie" not in page
    assert client.get("/plaidoyer/ce-qui-change/?depuis=forged").status_code == 200


def test_what_waits_and_what_is_new(elsa, amina, fatou, tilleuls, today, now):
    draft = AppealFactory(territory=tilleuls)
    old = AppealFactory(territory=tilleuls, sent_on=today - datetime.timedelta(days=70), channel="x")
    assert {line.url for line in queries.waiting_for(elsa, today=today)} == {
        draft.get_absolute_url(),
        old.get_absolute_url(),
    }
    assert queries.waiting_for(amina, today=today) == []
    actions.note_reply(old, on=today, sender="La mairie", text="Oui.", actor=elsa, at=now)
    since, until = now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)
    assert len(queries.news_for(amina, since=since, until=until)) == 1
    assert queries.news_for(fatou, since=since, until=until) == []


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_whatever_their_length(client, number, django_assert_max_num_queries):
    for organisation in OrganisationFactory.create_batch(number):
        EchoFactory(organisation=organisation)
    with django_assert_max_num_queries(6):
        client.get("/plaidoyer/")
    with django_assert_max_num_queries(6):
        client.get("/plaidoyer/proposition/1/")
