"""Agreeing in writing: draft, review, signature, register, sealed PDF; and what is refused."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.agreements import actions, queries
from maillage.agreements.documents import sealed_attachment
from maillage.agreements.models import Agreement
from maillage.agreements.text import sha256_of
from maillage.charters.models import RegisterEntry
from maillage.charters.register import line_of, verify
from maillage.charters.seal import check
from maillage.messaging.models import Message
from maillage.privacy.actions import forget_person
from tests.factories.agreements import agreement_of, signed_for
from tests.factories.charters import PDF_SHEET
from tests.factories.organisations import MembershipFactory
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(entraide, jardins, amina, bruno):
    """What the factories take: who starts, who is named."""
    return entraide, [jardins]


def register_is_whole():
    lines = (line_of(entry.body, entry.hash) for entry in RegisterEntry.objects.order_by("sequence"))
    return verify(lines).is_whole


def test_from_a_model_to_two_signatures(sign_in, two, amina, bruno, entraide, jardins):
    hers, his = sign_in(amina), sign_in(bruno)
    answer = hers.post(
        "/conventions/nouvelle/",
        {
            **{"organisation": entraide.pk, "kind": "premises", "title": "La grande salle, le jeudi"},
            **{"others": [jardins.pk], "starts_on": day_in(0).isoformat(), "ends_on": day_in(300).isoformat()},
        },
    )
    agreement = Agreement.objects.get()
    page = agreement.get_absolute_url()
    assert answer["Location"] == page
    assert agreement.clauses.count() == 6
    assert Message.objects.get(kind="party_named").recipient == bruno.email
    assert "Clés, ménage, sécurité" in his.get(page).content.decode()
    hers.post(f"{page}relire/")
    for client in (hers, his):
        client.post(f"{page}approuver/", {"edition": 1})
    agreement.refresh_from_db()
    assert agreement.state == "to_sign"
    assert sha256_of(agreement.frozen_text) == agreement.sha256
    form = {"sha256": agreement.sha256, "sure": "on", "function": "trésorier", "decided_on": day_in(-9).isoformat()}
    assert "Signer pour Entraide du Parc" in hers.get(f"{page}signer/").content.decode()
    hers.post(f"{page}signer/", form)
    his.post(f"{page}signer/", form)
    agreement.refresh_from_db()
    assert agreement.state == "signed"
    assert agreement.stage(timezone.localdate()) == "en cours"
    assert register_is_whole()
    assert list(queries.agreement_discords()) == []
    assert check(his.get(f"{page}convention.pdf").content).is_genuine
    assert Message.objects.filter(kind="signed_by_all").count() == 2


def test_the_message_of_the_last_signature_bears_the_sealed_file(two):
    agreement_of(*two, state="signed")
    message = Message.objects.filter(kind="signed_by_all").first()
    assert message.attachment_builder.endswith("sealed_attachment")
    name, content, media_type = sealed_attachment(**message.attachment_arguments)
    assert (name[-4:], media_type) == (".pdf", "application/pdf")
    assert check(content).is_genuine


def test_the_public_register_says_that_there_is_one_and_nothing_else(client, two, amina, entraide):
    agreement = agreement_of(*two, state="signed", title="Un secret")
    public = b"".join(client.get("/charte/registre.ndjson").streaming_content).decode()
    assert public.count('"event":"agreement"') == 2
    for told in ("Un secret", "Entraide du Parc", str(entraide.uuid), amina.get_full_name(), str(agreement.uuid)):
        assert told not in public
    entries = client.get("/api/v1/registre").json()
    assert "agreement" in json.dumps(entries)


def test_an_edit_asks_everybody_to_approve_again(two, amina, bruno, jardins, entraide):
    agreement = agreement_of(*two, state="review")
    now = timezone.now()
    actions.approve(agreement, organisation=jardins, edition=1, actor=bruno, at=now)
    actions.change_clauses(agreement, [("Le local", "Une autre salle.")], edition=1, actor=amina, at=now)
    with pytest.raises(actions.AlreadyChanged):
        actions.approve(agreement, organisation=entraide, edition=1, actor=amina, at=now)
    actions.approve(agreement, organisation=entraide, edition=2, actor=amina, at=now)
    agreement.refresh_from_db()
    assert agreement.state == "review", "Bruno approved another text"


def test_a_change_that_was_asked_waits_for_an_answer(two, amina, bruno, entraide, jardins):
    agreement = agreement_of(*two, state="review")
    now = timezone.now()
    asked = actions.ask_change(agreement, organisation=jardins, words="Trop cher.", actor=bruno, at=now)
    assert Message.objects.get(kind="change_asked").recipient == amina.email
    actions.approve(agreement, organisation=entraide, edition=1, actor=amina, at=now)
    with pytest.raises(ValidationError, match="Trop cher"):
        actions.approve(agreement, organisation=jardins, edition=1, actor=bruno, at=now)
    actions.settle_change(asked, answer="Ce sera gratuit.", actor=amina, at=now)
    actions.approve(agreement, organisation=jardins, edition=1, actor=bruno, at=now)
    agreement.refresh_from_db()
    assert agreement.state == "to_sign"


def test_nobody_signs_another_text_twice_or_for_others(two, amina, bruno, hugo, jardins, entraide):
    agreement = agreement_of(*two, state="to_sign")
    sign = {"at": timezone.now(), "function": "présidence", "decided_on": day_in(-1)}
    with pytest.raises(PermissionDenied):
        actions.sign_agreement(agreement, organisation=entraide, sha256=agreement.sha256, actor=bruno, **sign)
    with pytest.raises(PermissionDenied):
        actions.sign_agreement(agreement, organisation=jardins, sha256=agreement.sha256, actor=hugo, **sign)
    with pytest.raises(ValidationError, match="pas le texte"):
        actions.sign_agreement(agreement, organisation=jardins, sha256="0" * 64, actor=bruno, **sign)
    signed_for(agreement, jardins)
    with pytest.raises(ValidationError, match="déjà signée"):
        signed_for(agreement, jardins)
    with pytest.raises(PermissionDenied):
        actions.take_back(agreement, actor=amina, at=timezone.now())
    assert RegisterEntry.objects.filter(event="agreement").count() == 1


def test_without_a_mandate_one_says_by_what_right(two, bruno, jardins):
    agreement = agreement_of(*two, state="to_sign")
    bruno.mandates.update(ended_at=timezone.now())
    told = {"organisation": jardins, "sha256": agreement.sha256, "actor": bruno, "at": timezone.now()}
    with pytest.raises(ValidationError) as refused:
        actions.sign_agreement(agreement, **told)
    assert list(refused.value.error_dict) == ["function"]
    actions.sign_agreement(agreement, **told, function="trésorier", decided_on=day_in(-3))
    party = agreement.parties.get(organisation=jardins)
    assert not party.mandate.is_confirmed
    assert json.loads(party.entry.body)["mandate"] == "declared"


def test_a_changed_row_is_found(two):
    agreement = agreement_of(*two, state="signed")
    Agreement.objects.filter(pk=agreement.pk).update(frozen_text=agreement.frozen_text.replace("salle", "cave"))
    assert any("a changé depuis" in problem for problem in queries.agreement_discords())


def test_ended_after_the_notice_and_no_sooner(two, amina, bruno, entraide):
    agreement = agreement_of(*two, state="signed")
    told = {"organisation": entraide, "words": "Nous déménageons.", "actor": amina, "at": timezone.now()}
    with pytest.raises(ValidationError, match="préavis"):
        actions.end_agreement(agreement, last_day=day_in(10), **told)
    actions.end_agreement(agreement, last_day=day_in(30), **told)
    agreement.refresh_from_db()
    assert Message.objects.get(kind="ended").recipient == bruno.email
    assert agreement.stage(day_in(20)) == "en cours"
    assert agreement.stage(day_in(31)) == "terminée"


def test_who_is_told_that_it_ends_soon_is_told_once(two):
    agreement_of(*two, state="signed", ends_on=day_in(40))
    for _ in range(2):
        actions.follow_agreements(at=timezone.now())
    assert Message.objects.filter(kind="ends_soon").count() == 2


def test_what_waits(two, amina, bruno, hugo, fatou):
    today = timezone.localdate()
    agreement_of(*two, state="review", title="À relire")
    signed_for(agreement_of(*two, state="to_sign", title="À signer"), two[0])
    assert {str(line.what) for line in queries.waiting_for(bruno, today=today)} == {
        "Convention à relire",
        "Convention à signer",
    }
    assert [line.title for line in queries.waiting_for(amina, today=today)] == ["À relire"]
    assert queries.waiting_for(hugo, today=today) == queries.waiting_for(fatou, today=today) == []


def test_an_amendment_starts_from_the_text(sign_in, two, amina, entraide):
    agreement = agreement_of(*two, state="signed")
    page = sign_in(amina).get("/conventions/nouvelle/", {"avenant": agreement.uuid})
    assert "Rédiger un avenant" in page.content.decode()
    form = {"organisation": entraide.pk, "title": "Avenant", "starts_on": day_in(1).isoformat()}
    sign_in(amina).post(f"/conventions/nouvelle/?avenant={agreement.uuid}", form)
    amendment = Agreement.objects.get(title="Avenant")
    assert amendment.amends == agreement
    assert list(amendment.clauses.values_list("title")) == list(agreement.clauses.values_list("title"))


def test_a_person_who_is_forgotten_leaves_no_name_and_the_register_stays_whole(sign_in, two, amina, bruno):
    agreement = agreement_of(*two, state="signed")
    forget_person(bruno, actor=bruno, at=timezone.now(), nobody_can_take_over=True)
    party = agreement.parties.get(signed_by=bruno)
    assert (party.signatory_name, party.signatory_function, party.signatory_salt) == ("", "", "")
    assert register_is_whole()
    assert sign_in(amina).get(f"{agreement.get_absolute_url()}convention.pdf").status_code == 200


def test_files_are_of_the_parties_and_what_they_say(sign_in, two, amina, elsa):
    agreement = agreement_of(*two)
    now = timezone.now()
    with pytest.raises(ValidationError):
        actions.add_attachment(agreement, title="x", content=b"<svg onload=alert(1)>", actor=amina, at=now)
    file = actions.add_attachment(agreement, title="État des lieux", content=PDF_SHEET, actor=amina, at=now)
    address = f"{agreement.get_absolute_url()}pieces/{file.uuid}/"
    answer = sign_in(amina).get(address)
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("application/pdf", PDF_SHEET)
    assert sign_in(elsa).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_whatever_they_hold(sign_in, two, amina, rows, django_assert_num_queries):
    for _ in range(rows):
        agreement_of(*two)
    client = sign_in(amina)
    with django_assert_num_queries(8):
        client.get("/conventions/")


def test_a_staff_member_costs_what_they_cost(two, amina):
    agreement = agreement_of(*two, kind="staff_secondment", title="Une animatrice")
    costs = {"wages": 1000, "charges": 400, "expenses": 50, "edition": 1, "actor": amina, "at": timezone.now()}
    with pytest.raises(ValidationError, match="8241-1") as refused:
        actions.change_agreement(agreement, billed=1451, **costs)
    assert list(refused.value.error_dict) == ["billed"]
    actions.change_agreement(agreement, billed=1450, **costs)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(billed=1451)


def test_a_secondment_is_not_signed_without_rider_and_consent(two, amina, bruno, entraide, jardins):
    now = timezone.now()
    agreement = agreement_of(*two, kind="staff_secondment", title="Une animatrice")
    agreement = actions.change_agreement(
        agreement, edition=1, post="animatrice", wages=1000, billed=900, actor=amina, at=now
    )
    actions.open_review(agreement, actor=amina, at=now)
    actions.approve(agreement, organisation=entraide, edition=2, actor=amina, at=now)
    with pytest.raises(ValidationError, match="accord écrit"):
        actions.approve(agreement, organisation=jardins, edition=2, actor=bruno, at=now)
    actions.change_agreement(agreement, edition=2, rider_on=day_in(-2), consent_on=day_in(-3), actor=amina, at=now)
    for organisation, actor in ((entraide, amina), (jardins, bruno)):
        actions.approve(agreement, organisation=organisation, edition=3, actor=actor, at=now)
    agreement.refresh_from_db()
    assert agreement.state == "to_sign"


def test_the_payments_of_a_transfer_make_its_amount(two, amina, bruno, entraide, jardins):
    now = timezone.now()
    agreement = agreement_of(*two, kind="fund_transfer", title="La part des Jardins")
    agreement = actions.change_agreement(agreement, edition=1, amount=3000, actor=amina, at=now)
    agreement = actions.change_instalments(agreement, [(day_in(30), 1000)], edition=2, actor=amina, at=now)
    actions.open_review(agreement, actor=amina, at=now)
    actions.approve(agreement, organisation=entraide, edition=3, actor=amina, at=now)
    with pytest.raises(ValidationError, match="2000"):
        actions.approve(agreement, organisation=jardins, edition=3, actor=bruno, at=now)


def test_before_its_first_day_it_is_signed_and_not_running(two):
    agreement = agreement_of(*two, state="signed", starts_on=day_in(5))
    assert agreement.stage(timezone.localdate()) == "signée"
    assert agreement.stage(day_in(5) + datetime.timedelta(days=1)) == "en cours"


def test_who_works_for_a_public_body_is_not_written_to_as_an_association(two, bruno, prefecture):
    """Bruno manages Les Jardins, and works for the prefecture since."""
    MembershipFactory(user=bruno, organisation=prefecture)
    agreement_of(*two, state="review", title="Entre nous")
    assert not Message.objects.filter(recipient=bruno.email).exists()
