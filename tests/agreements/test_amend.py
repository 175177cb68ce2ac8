"""An amendment, a renewal: the same parties, the same roles; what was signed before is named by its hash."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.agreements import actions
from maillage.agreements.documents import agreement_content
from maillage.agreements.models import Agreement
from tests.factories.agreements import agreement_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db


def started(organisation, actor, **fields):
    told = {"title": "La suite", "starts_on": day_in(0), "at": timezone.now(), **fields}
    return actions.start_agreement(organisation=organisation, actor=actor, **told)


def test_the_one_who_uses_may_be_the_one_who_writes(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], side="named")
    assert dict(agreement.parties.values_list("organisation", "role")) == {
        entraide.pk: "user",
        jardins.pk: "provider",
    }


def test_who_receives_names_one_lead(amina, bruno, entraide, jardins):
    with pytest.raises(ValidationError, match="Nommez d’abord"):
        agreement_of(entraide, [jardins, OrganisationFactory()], kind="fund_transfer", side="named")


def test_an_amendment_is_with_every_party_in_its_role(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed")
    amendment = started(jardins, bruno, amends=agreement, kind="equipment", others=[OrganisationFactory()])
    assert amendment.kind == "premises"
    assert dict(amendment.parties.values_list("organisation", "role")) == {
        entraide.pk: "provider",
        jardins.pk: "user",
    }
    with pytest.raises(ValidationError, match="avec toutes les parties"):
        actions.remove_party(amendment, amendment.parties.get(organisation=entraide), actor=bruno, at=timezone.now())


def test_the_amendment_of_a_transfer_takes_its_payments_up(amina, bruno, entraide, jardins):
    now = timezone.now()
    agreement = agreement_of(entraide, [jardins], kind="fund_transfer")
    agreement = actions.change_agreement(agreement, edition=1, amount=3000, actor=amina, at=now)
    agreement = actions.change_instalments(
        agreement, [(day_in(3), 1000), (day_in(9), 2000)], edition=2, actor=amina, at=now
    )
    actions.open_review(agreement, actor=amina, at=now)
    for organisation, actor in ((entraide, amina), (jardins, bruno)):
        agreement = actions.approve(agreement, organisation=organisation, edition=3, actor=actor, at=now)
    Agreement.objects.filter(pk=agreement.pk).update(state="signed", signed_at=now)
    agreement.refresh_from_db()
    amendment = started(entraide, amina, amends=agreement)
    assert (amendment.amount, amendment.instalments.count()) == (3000, 2)


def test_nobody_amends_the_agreement_of_others(amina, bruno, hugo, boxe, entraide, jardins):
    theirs = agreement_of(entraide, [jardins], state="signed")
    with pytest.raises(PermissionDenied):
        started(boxe, hugo, others=[entraide], amends=theirs)


def test_what_is_over_is_renewed_not_amended(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed", starts_on=day_in(-90), ends_on=day_in(-1))
    with pytest.raises(ValidationError, match="renouvelez"):
        started(entraide, amina, amends=agreement)
    assert started(entraide, amina, renews=agreement, others=[jardins]).renews == agreement


def test_a_renewed_secondment_asks_for_the_rider_and_the_consent_anew(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], kind="staff_secondment", title="Une animatrice")
    now = timezone.now()
    dates = {"rider_on": day_in(-3), "consent_on": day_in(-3)}
    actions.change_agreement(agreement, edition=1, post="animatrice", wages=9, billed=9, actor=amina, at=now, **dates)
    actions.open_review(agreement, actor=amina, at=now)
    for organisation, actor in ((entraide, amina), (jardins, bruno)):
        actions.approve(agreement, organisation=organisation, edition=2, actor=actor, at=now)
    Agreement.objects.update(state="signed", signed_at=now)
    agreement.refresh_from_db()
    renewal = started(entraide, amina, renews=agreement, others=[jardins])
    assert (renewal.post, renewal.billed, renewal.rider_on, renewal.consent_on) == ("animatrice", 9, None, None)


def test_a_rider_to_come_is_no_rider(amina, bruno, entraide, jardins):
    now = timezone.now()
    agreement = agreement_of(entraide, [jardins], kind="staff_secondment", title="Une animatrice")
    dates = {"rider_on": day_in(2), "consent_on": day_in(-1)}
    actions.change_agreement(agreement, edition=1, post="animatrice", wages=9, billed=9, actor=amina, at=now, **dates)
    actions.open_review(agreement, actor=amina, at=now)
    actions.approve(agreement, organisation=entraide, edition=2, actor=amina, at=now)
    with pytest.raises(ValidationError, match="avant la convention"):
        actions.approve(agreement, organisation=jardins, edition=2, actor=bruno, at=now)


def test_what_is_signed_names_the_text_that_it_amends(sign_in, amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed")
    amendment = started(entraide, amina, amends=agreement)
    (line,) = agreement_content(amendment)["former"]
    assert "Avenant à la convention « La grande salle, le jeudi »" in line
    assert agreement.sha256[:16] in line
    now = timezone.now()
    actions.open_review(amendment, actor=amina, at=now)
    for organisation, actor in ((entraide, amina), (jardins, bruno)):
        amendment = actions.approve(amendment, organisation=organisation, edition=1, actor=actor, at=now)
    assert json.loads(amendment.frozen_text)["amends"]["sha256"] == agreement.sha256
    assert "Avenant à la convention" in sign_in(bruno).get(f"{amendment.get_absolute_url()}signer/").content.decode()


def test_the_page_of_an_amendment_asks_neither_kind_nor_parties(sign_in, amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed")
    client = sign_in(amina)
    page = client.get("/conventions/nouvelle/", {"avenant": agreement.uuid}).content.decode()
    assert 'name="kind"' not in page
    assert 'name="others"' not in page
    client.post(
        f"/conventions/nouvelle/?avenant={agreement.uuid}",
        {"organisation": entraide.pk, "title": "Avenant", "starts_on": day_in(1).isoformat()},
    )
    assert Agreement.objects.get(title="Avenant").parties.count() == 2


def test_it_does_not_end_after_its_last_day(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], state="signed", ends_on=day_in(40))
    told = {"organisation": entraide, "words": "Nous déménageons.", "actor": amina, "at": timezone.now()}
    with pytest.raises(ValidationError, match="se termine déjà"):
        actions.end_agreement(agreement, last_day=day_in(41), **told)


def test_the_paper_tells_the_facts_in_the_order_of_the_page(amina, bruno, entraide, jardins):
    agreement = agreement_of(entraide, [jardins], kind="fund_transfer")
    agreement = actions.change_agreement(agreement, edition=1, amount=3000, actor=amina, at=timezone.now())
    labels = [label for label, _value in agreement_content(agreement)["facts"]]
    assert labels[:2] == ["À partir du", "Jusqu’au"]
    assert ["Jusqu’au", "sans date de fin"] in agreement_content(agreement)["facts"]
    assert labels[-1] == "Montant reversé, en euros"
