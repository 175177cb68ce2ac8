"""A profile: what it tells, filled in groups, nothing lost; offers and needs; who may."""

import pytest
from django.urls import reverse

from maillage.organisations.models import Exchange, Organisation, OrganisationWord
from maillage.organisations.profile_forms import ProfileForm
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(tilleuls):
    return {
        "name": "Entraide du Parc",
        "kind": "association",
        "legal_regime": "1901",
        "territories": [tilleuls.slug],
        "publics": "familles",
        "languages": "français, soninké",
        "opening_hours": "mardi\r\njeudi",
        "address": "3, rue du Parc",
        "accessibility": "plain-pied",
        "contact_function": "l’accueil",
        "contact_email": "bureau@exemple.org",
        "seeks_partners": "on",
        "offer_premises": "on",
        "offer_premises_words": "une salle de 40 places",
        "need_vehicle": "on",
    }


def edit(client, organisation, typed):
    return client.post(reverse("organisations:edit", args=[organisation.uuid]), typed)


def exchanges(organisation):
    return {(row.side, row.kind): row.words for row in organisation.exchanges.all()}


def test_a_manager_tells_everything_and_it_is_shown(client, sign_in, amina, entraide, typed, clock):
    clock.advance(days=30)
    assert edit(sign_in(amina), entraide, typed).status_code == 302
    entraide.refresh_from_db()
    assert entraide.refreshed_at == clock.moment, "who saves it has read it"
    assert entraide.is_suggestible is False, "the box was not ticked"
    assert exchanges(entraide) == {("offer", "premises"): "une salle de 40 places", ("need", "vehicle"): ""}
    page = client.get(entraide.get_absolute_url()).content.decode()
    for shown in (
        "familles",
        "soninké",
        "mardi<br>jeudi",
        "3, rue du Parc",
        "plain-pied",
        "Une salle, un local : une salle de 40 places",
        "Un véhicule",
        "Cherche des partenaires",
        "L’accueil",
        "À jour le",
        "Écrire à Entraide du Parc",
    ):
        assert shown in page, shown
    assert "bureau@exemple.org" not in page
    assert OrganisationWord.objects.filter(organisation=entraide, word="places").exists(), "found by what it offers"


def test_what_is_empty_is_not_shown(client, entraide, amina):
    page = client.get(entraide.get_absolute_url()).content.decode()
    for heading in ("Venir", "Ce que nous proposons", "Langues parlées", "Pour qui", "SIRET"):
        assert heading not in page


def test_the_form_comes_back_filled_and_an_unticked_box_takes_the_offer_away(sign_in, amina, entraide, typed):
    amina_does = sign_in(amina)
    edit(amina_does, entraide, typed)
    page = amina_does.get(reverse("organisations:edit", args=[entraide.uuid])).content.decode()
    assert 'value="une salle de 40 places"' in page
    assert 'value="bureau@exemple.org"' in page
    for heading in ("Qui nous sommes", "Où", "Ce que nous faisons", "Nous trouver", "Être contactée"):
        assert f"<legend>{heading}</legend>" in page
    del typed["offer_premises"]
    edit(amina_does, entraide, {**typed, "need_vehicle_words": "un minibus"})
    assert exchanges(entraide) == {("need", "vehicle"): "un minibus"}


def test_words_without_a_ticked_box_are_asked_back_and_nothing_is_lost(sign_in, amina, entraide, typed):
    wrong = {**typed, "need_skill_words": "comptabilité", "contact_email": "pas une adresse"}
    answer = edit(sign_in(amina), entraide, wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Cochez « un savoir-faire, une formation »" in page
    for kept in ("comptabilité", "une salle de 40 places", "pas une adresse", "soninké", "jeudi"):
        assert kept in page
    assert not Exchange.objects.exists()


def test_every_field_has_its_place(entraide):
    form = ProfileForm(instance=entraide)
    placed = {field.name for _key, _title, fields in form.groups() for field in fields}
    placed |= {bound.name for _title, rows in form.exchange_sides() for row in rows for bound in row}
    assert {field.name for field in form.visible_fields()} == placed
    short = {field.name for field in form.short_fields()}
    others = {field.name for _key, _title, fields in form.other_groups() for field in fields}
    assert not short & others


def test_a_newcomer_is_asked_little_and_may_tell_all(sign_in, chloe, tilleuls, typed):
    chloe_does = sign_in(chloe)
    page = chloe_does.get(reverse("organisations:create")).content.decode()
    assert '<details class="more">' in page
    before, after = page.split('<details class="more"', 1)
    assert 'name="purpose"' in before
    assert 'name="opening_hours"' in after
    wrong = chloe_does.post(reverse("organisations:create"), {**typed, "siret": "123", "function": "présidente"})
    assert '<details class="more" open>' in wrong.content.decode(), "what is wrong is seen"
    chloe_does.post(reverse("organisations:create"), {**typed, "name": "Les Neuves", "function": "présidente"})
    made = Organisation.objects.get(name="Les Neuves")
    assert made.refreshed_at == made.claimed_at
    assert len(exchanges(made)) == 2


def test_signing_asks_no_more_than_before(client):
    from maillage.organisations.forms import OrganisationForm

    assert "opening_hours" not in OrganisationForm().fields


def test_the_people_and_the_way_out_are_reached_from_the_profile(sign_in, amina, bruno, entraide):
    MembershipFactory(user=bruno, organisation=entraide)
    page = sign_in(amina).get(entraide.get_absolute_url()).content.decode()
    for name in ("organisations:members", "organisations:hand-over", "organisations:edit"):
        assert reverse(name, args=[entraide.uuid]) in page
    assert reverse("privacy:export-organisation", args=[entraide.uuid]) in page
    assert reverse("charters:close-organisation", args=[entraide.uuid]) in page
    colleague = sign_in(bruno).get(entraide.get_absolute_url()).content.decode()
    assert reverse("organisations:members", args=[entraide.uuid]) in colleague
    assert reverse("privacy:export-organisation", args=[entraide.uuid]) not in colleague
    space = sign_in(amina).get("/espace/").content.decode()
    assert reverse("organisations:members", args=[entraide.uuid]) in space
    people = sign_in(amina).get(reverse("organisations:members", args=[entraide.uuid])).content.decode()
    assert reverse("organisations:hand-over", args=[entraide.uuid]) in people
