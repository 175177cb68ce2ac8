"""Writing to an organisation by its page: it arrives, nobody reads an address, nobody is flooded."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from config.settings import limits
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from maillage.organisations.models import Membership, Organisation
from maillage.privacy.actions import forget_person
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Camille Exemple",
    "writes_for": "Les Voisines",
    "email": "camille@exemple.org",
    "text": "Bonjour,\r\nauriez-vous une salle ? ☀ سلام",
}


def address(organisation):
    return reverse("directory:write", args=[organisation.slug])


def write(client, organisation, **change):
    return client.post(address(organisation), {**TYPED, **change})


def sent(now):
    send_due_messages(at=now)
    return mail.outbox


@pytest.fixture
def to_the_office(entraide, amina):
    entraide.contact_email = "bureau@exemple.org"
    entraide.save()
    return entraide


def test_it_goes_to_the_address_of_the_organisation_and_the_answer_to_the_writer(client, to_the_office, now):
    answer = write(client, to_the_office).content.decode()
    assert "Ce message est parti" in answer
    assert "auriez-vous une salle ? ☀ سلام" in answer, "the page is the copy"
    assert "bureau@exemple.org" not in answer
    message = Message.objects.get()
    assert message.reply_to == "camille@exemple.org"
    (mailed,) = sent(Message.objects.get().created_at)
    assert mailed.to == ["bureau@exemple.org"]
    assert mailed.reply_to == ["camille@exemple.org"]
    assert "Bonjour,\nauriez-vous une salle ? ☀ سلام" in mailed.body
    assert "Les Voisines" in mailed.body
    assert "amina" not in mailed.body
    message.refresh_from_db()
    assert (message.body, message.reply_to) == ("", ""), "nothing of it is kept"


def test_without_an_address_it_goes_to_each_of_those_who_manage(client, entraide, amina, bruno, chloe):
    MembershipFactory(user=bruno, organisation=entraide, manager=True)
    MembershipFactory(user=chloe, organisation=entraide)
    write(client, entraide)
    assert {m.recipient for m in Message.objects.all()} == {"amina@exemple.org", "bruno@exemple.org"}


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_may_and_nobody_is_shown_an_address_or_what_is_behind_the_wall(
    request, sign_in, to_the_office, amina, persona
):
    reader = request.getfixturevalue(persona)
    client, before = sign_in(reader), Message.objects.count()
    pages = [client.get(address(to_the_office)), write(client, to_the_office)]
    assert Message.objects.count() == before + 1
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "bureau@exemple.org" not in text
        assert persona == "amina" or "amina@" not in text
    assert pages[0].headers["Cache-Control"].count("no-store") == 1


def test_what_is_known_of_who_is_signed_in_is_filled_in(sign_in, to_the_office, fatou):
    page = sign_in(fatou).get(address(to_the_office)).content.decode()
    assert 'value="Fatou Personne"' in page
    assert 'value="fatou@exemple.org"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"confirmed_at": None}, "Personne n’a encore confirmé cette fiche"),
        ({}, "Plus personne ne gère cette fiche"),
    ],
)
def test_where_nobody_answers_it_is_refused_in_words(client, to_the_office, fields, sentence):
    if not fields:
        Membership.objects.all().delete()
    Organisation.objects.filter(pk=to_the_office.pk).update(**fields)
    assert sentence in client.get(address(to_the_office)).content.decode()
    assert "Écrire à" not in client.get(to_the_office.get_absolute_url()).content.decode()
    refused = write(client, to_the_office)
    assert refused.status_code == 409
    assert sentence in refused.content.decode()
    assert "auriez-vous une salle" in refused.content.decode(), "what was typed is given back"
    assert not Message.objects.exists()


def test_an_archived_one_is_refused_to_those_who_still_see_it(client, sign_in, to_the_office, amina, now):
    Organisation.objects.filter(pk=to_the_office.pk).update(archived_at=now)
    assert "archivée" in write(sign_in(amina), to_the_office).content.decode()
    assert write(client, to_the_office).status_code == 404
    assert not Message.objects.exists()


def test_one_that_was_merged_leads_to_the_other(client, to_the_office, jardins, now):
    Organisation.objects.filter(pk=to_the_office.pk).update(archived_at=now, merged_into=jardins)
    assert client.get(address(to_the_office))["Location"] == address(jardins)


def test_a_draft_is_not_there(client):
    assert write(client, OrganisationFactory(draft=True)).status_code == 404


def test_a_public_partner_with_somebody_is_written_to(client, prefecture, fatou):
    prefecture.memberships.update(role="manager")
    assert "Ce message est parti" in write(client, prefecture).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "a" * 10_000}, "trop long : 10000 caractères"),
        ({"text": ""}, "obligatoire"),
        ({"name": ""}, "obligatoire"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"email": "a@exemple.org\r\nBcc: b@exemple.org"}, "adresse"),
        ({"email": "a@exemple.org, b@exemple.org"}, "adresse"),
        ({"text": "nul\x00"}, "nul"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_kept(client, to_the_office, change, sentence):
    page = write(client, to_the_office, **change).content.decode()
    assert sentence in page
    assert "Les Voisines" in page
    assert not Message.objects.exists()


def test_two_thousand_characters_whatever_the_ends_of_lines(client, to_the_office):
    assert "est parti" in write(client, to_the_office, text="a\r\n" * 1_000).content.decode()


def test_nothing_typed_makes_a_header(client, to_the_office):
    evil = "Camille\r\nBcc: tiers@exemple.org\r\n\r\nPiège"
    Organisation.objects.update(name=evil)
    write(client, to_the_office, name=evil, writes_for=evil, text=evil)
    message = Message.objects.get()
    (mailed,) = sent(message.created_at)
    assert mailed.recipients() == ["bureau@exemple.org"]
    assert "\n" not in mailed.subject
    raw = mailed.message().as_string().split("\n\n", 1)[0]
    assert not [line for line in raw.splitlines() if line.lower().startswith("bcc")]


def test_a_person_who_is_forgotten_takes_messages_and_address_along(client, to_the_office, amina, chloe, now):
    write(client, to_the_office, email="chloe@exemple.org")
    to_the_office.contact_email = "CHLOE@exemple.org"
    to_the_office.save()
    forget_person(chloe, actor=chloe, at=now)
    assert not Message.objects.filter(kind="relayed").exists()
    to_the_office.refresh_from_db()
    assert to_the_office.contact_email == ""


@pytest.fixture
def limited(settings, tmp_path):
    settings.LIMITS = limits.LIMITS
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / "cache")}
    settings.CACHES = {"default": files}
    cache.clear()
    yield
    cache.clear()


def test_one_organisation_is_not_flooded_from_many_networks(client, limited, to_the_office, jardins, bruno, clock):
    for number in range(60):
        client.post(
            address(to_the_office),
            {**TYPED, "email": f"p{number}@exemple.org"},
            REMOTE_ADDR=f"10.0.{number}.1",
        )
        clock.advance(minutes=5)
    assert Message.objects.count() <= 30
    stopped = client.post(address(to_the_office), TYPED, REMOTE_ADDR="10.1.0.1")
    assert stopped.status_code == 429
    assert "auriez-vous une salle" in stopped.content.decode(), "nothing typed is lost"
    assert client.post(address(jardins), TYPED, REMOTE_ADDR="10.1.0.2").status_code == 200, "the others are reached"


def test_one_writer_does_not_write_to_everybody(client, limited, clock):
    for number in range(40):
        organisation = OrganisationFactory()
        MembershipFactory(organisation=organisation, manager=True)
        client.post(address(organisation), TYPED, REMOTE_ADDR=f"10.0.{number}.1")
        clock.advance(minutes=10)
    assert Message.objects.count() <= 20


def test_a_robot_falls_into_the_trap(client, to_the_office, settings):
    settings.FORMS_WITH_A_TRAP = limits.FORMS_WITH_A_TRAP
    caught = write(client, to_the_office, site_internet="https://spam.example")
    assert caught.status_code == 422
    assert not Message.objects.exists()
