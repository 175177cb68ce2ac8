"""The demo: the same seed tells the same story; every stage stands; it never faces the public."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from maillage.agreements.models import Agreement
from maillage.agreements.queries import agreement_discords
from maillage.charters.models import CharterVersion, RegisterEntry, Signature, TerritorialAdaptation
from maillage.charters.queries import register_discords, version_discords
from maillage.demo.checks import demo_stays_on_this_machine, refuse_a_story_without_the_demo
from maillage.demo.models import Story
from maillage.demo.story import Stage, tell_story
from maillage.drafting.models import Amendment, Workshop
from maillage.evaluation.models import Campaign, CommitmentState
from maillage.events.models import Event
from maillage.messaging.actions import send_due_messages
from maillage.messaging.models import Message
from maillage.organisations.models import Organisation
from maillage.resources.models import Loan
from tests.factories.accounts import UserFactory
from tests.factories.charters import signed

pytestmark = pytest.mark.django_db


def tell(stage="cooperating", seed=4):
    lines = []
    tell_story(seed=seed, stage=stage, at=timezone.now(), say=lambda line, path: lines.append((line, path)))
    return lines


def test_the_whole_story():
    lines = tell()
    assert len(lines) >= 8
    # Twenty-four of the town, and two that signed on paper; the twin has joined its other self.
    assert Organisation.objects.associations().listed().count() == 26
    first, second = CharterVersion.objects.national().order_by("number")
    # Sixteen, less one withdrawn; the twin's signature lapsed when the two became one.
    assert first.signatures.standing().count() == 15
    assert first.signatures.exclude(withdrawn_at=None).count() == 1
    assert first.signatures.get(lapse_reason="merged").register_entries.count() == 3
    assert second.signatures.standing().count() == 2
    tilleuls = CharterVersion.objects.get(adaptation__slug="la-charte-aux-tilleuls", number=1)
    assert tilleuls.signatures.standing().count() == 14
    assert tilleuls.signatures.filter(channel="paper").count() == 2
    assert tilleuls.in_force_at is not None
    assert list(register_discords()) == list(version_discords()) == []
    events = set(RegisterEntry.objects.values_list("event", flat=True))
    assert events == {"signed", "withdrawn", "renewed", "merged", "lapsed", "agreement"}
    assert not Message.objects.waiting().exists(), "the e-mails of an invented past do not leave"
    without_number = Organisation.objects.filter(rna="", siret="").exclude(kind="public_partner")
    assert without_number.count() >= 3


def test_the_data_of_the_story_are_sound():
    tell()
    call_command("check_data")


def test_texts_move_and_last():
    tell()
    draft = CharterVersion.objects.get(adaptation__slug="la-charte-aux-tilleuls", published_at=None)
    assert [change.key for change in draft.national_changes.pending()] == ["avec-les-habitants"]
    grand_clos = CharterVersion.objects.get(adaptation__slug="la-charte-au-grand-clos")
    assert grand_clos.is_open_to_remarks
    assert grand_clos.national_changes.exists()
    assert not grand_clos.national_changes.pending().exists()
    assert "deux semaines avant" in grand_clos.articles.get(key="se-rencontrer").text
    assert "le soir" in grand_clos.articles.get(key="se-rencontrer").text
    sleeper = TerritorialAdaptation.objects.get(slug="la-charte-a-la-sabliere")
    assert [event.kind for event in sleeper.events.all()] == ["dormant", "woken"]
    assert sleeper.dormant_since is None
    idea = TerritorialAdaptation.objects.ideas().get()
    assert idea.life(None, timezone.localdate()) == "group"
    assert Signature.objects.filter(renewed_at__isnull=False).count() == 1
    assert Signature.objects.filter(signatory_name="").exists()


def test_the_same_seed_gives_the_same_register():
    from django.db import transaction

    heads = []
    for _ in range(2):
        with transaction.atomic():
            tell()
            heads.append(RegisterEntry.objects.order_by("-sequence").first().hash)
            transaction.set_rollback(True)
    assert heads[0] == heads[1]


@pytest.mark.parametrize(
    ("stage", "signatures", "adaptations"), [("empty", 0, 0), ("signed", 16, 0), ("adapted", 31, 3)]
)
def test_each_stage_stands(stage, signatures, adaptations):
    tell(stage)
    assert Signature.objects.count() == signatures
    assert CharterVersion.objects.exclude(adaptation=None).count() == adaptations


def test_real_data_are_never_overwritten():
    UserFactory()
    with pytest.raises(CommandError, match="vraies données"):
        call_command("demo", no_serve=True)
    assert not Story.objects.exists()


def test_the_persona_switcher_cannot_face_the_public(settings):
    settings.DEMO = True
    assert demo_stays_on_this_machine(None) == []
    settings.ALLOWED_HOSTS = ["maillage.example.org"]
    assert [error.id for error in demo_stays_on_this_machine(None)] == ["maillage.E001"]
    settings.DEMO = False
    assert demo_stays_on_this_machine(None) == []


def test_an_invented_town_is_not_served_as_a_platform(settings):
    refuse_a_story_without_the_demo()
    tell("empty")
    refuse_a_story_without_the_demo()
    settings.DEMO = False
    with pytest.raises(CommandError, match="MAILLAGE_VAR"):
        refuse_a_story_without_the_demo()


def test_becoming_somebody_needs_the_demo(client, settings):
    tell("empty")
    page = client.post("/demo/devenir/", {"persona": "amina", "next": "https://ailleurs.example/"}, follow=True)
    assert page.redirect_chain[0][0] == "/"
    assert "vous êtes Amina Benali" in page.content.decode()
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/devenir/", {"persona": "elsa"}).status_code == 404


def test_the_mailbox_shows_what_leaves_with_its_attachment(client, settings, entraide, amina, now):
    settings.EMAIL_BACKEND = "maillage.demo.mailbox.EmailBackend"
    signed(organisation=entraide, email="amina@exemple.org", at=now)
    assert send_due_messages(at=now) == 2
    page = client.get("/demo/courrier/").content.decode()
    assert "Confirmez la signature de Entraide du Parc" in page
    assert "/charte/signer/confirmer/" in page
    assert "attestation-entraide-du-parc" in page


def test_every_stage_is_named_in_the_help():
    assert [stage.value for stage in Stage] == ["empty", "signed", "adapted", "cooperating"]


def test_the_town_practises_what_it_signed(client):
    """One year after signing, as it is read: see `practice.toml` and `calendar.toml`."""
    tell()
    assert CommitmentState.objects.count() >= 30
    outcomes = Counter(Amendment.objects.values_list("state", flat=True))
    assert outcomes == {"accepted": 2, "refused": 2, "merged": 2, "proposed": 1}
    assert Workshop.objects.filter(closed_at=None).count() == 2
    assert set(Loan.objects.values_list("state", flat=True)) == set(Loan.State.values)
    campaign = Campaign.objects.get()
    assert campaign.look_backs.exclude(finished_at=None).count() == 7
    page = client.get(campaign.get_absolute_url(), follow=True).content.decode()
    assert "Le calendrier de l’année est décidé en janvier" in page
    assert sorted(Agreement.objects.values_list("state", flat=True)) == ["review", "signed"]
    assert list(agreement_discords()) == []
    place = Event.objects.get(title="Soupe et contes").territories.get()
    agenda = client.get(f"/agenda/{place.slug}/", {"mois": "2026-12"}).content.decode()
    for told in ("Soupe et contes", "annulé", "heure du conte"):
        assert told in agenda
    assert "entre nous" not in agenda
