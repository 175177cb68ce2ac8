"""The life of an adaptation beside its texts: an idea, a group, the review, sleep, waking, closing."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Signature, TerritorialAdaptation
from maillage.charters.permissions import can_join, can_promote
from tests.factories.charters import adopted, national, request_for, signed
from tests.harness.outcome import data_is_sound, told
from tests.harness.people import PERSONAS

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(jardins, bruno, tilleuls, now):
    return actions.propose_adaptation(
        name="Les Tilleuls ensemble",
        territories=[tilleuls],
        organisation=jardins,
        words="La mairie ne le sait pas encore.",
        actor=bruno,
        at=now,
    )


@pytest.fixture
def living(jardins, elsa, bruno, tilleuls, now):
    """An adopted adaptation, whose review is in a year."""
    return adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=now).adaptation


def life(adaptation, now):
    adaptation.refresh_from_db()
    version = adaptation.versions.current().newest_first().first()
    return adaptation.life(version, timezone.localdate(now))


def review(adaptation, actor, at, outcome="goes_on", **options):
    wanted = {"words": "Tout va.", "next_review_on": timezone.localdate(at) + datetime.timedelta(days=365), **options}
    return actions.review_adaptation(adaptation, outcome=outcome, actor=actor, at=at, **wanted)


def test_an_idea_is_shared_with_the_neighbours_and_joined(sign_in, amina, bruno, elsa, fatou, hugo, tilleuls):
    typed = {"name": "Les Tilleuls ensemble", "words": "Parce que.", "territory_names": "Les Tilleuls"}
    typed["organisation"] = bruno.memberships.get().organisation_id
    page = sign_in(bruno).post(reverse("charters:propose-adaptation"), typed, follow=True).content.decode()
    assert "L’idée est partagée" in page
    assert told("adaptation_proposed") == ["amina", "elsa"]

    adaptation = TerritorialAdaptation.objects.get()
    page = sign_in(amina).get(adaptation.get_absolute_url()).content.decode()
    assert "La porter aussi, avec Entraide du Parc" in page
    for stranger in (fatou, hugo):
        assert sign_in(stranger).get(adaptation.get_absolute_url()).status_code == 404
    join = reverse("charters:join-adaptation", args=[adaptation.slug])
    mine = {"organisation": amina.memberships.get().organisation.uuid}
    page = sign_in(amina).post(join, mine, follow=True).content.decode()
    assert "porte maintenant cette adaptation" in page
    assert "un groupe se forme" in page
    assert data_is_sound()


def test_joining_twice_changes_nothing(idea, entraide, amina, now):
    for _ in range(2):
        actions.join_adaptation(idea, organisation=entraide, actor=amina, at=now)
    assert idea.promoters.count() == 2
    assert list(idea.events.values_list("kind", flat=True)) == ["proposed", "joined"]


def test_a_group_writes_its_first_draft_once(sign_in, idea, bruno, now):
    national(at=now)
    address = reverse("charters:start-writing", args=[idea.slug])
    assert "Le texte est commencé" in sign_in(bruno).post(address, follow=True).content.decode()
    assert idea.versions.get().articles.count() == 3
    assert "déjà commencé" in sign_in(bruno).post(address, follow=True).content.decode()
    assert idea.versions.count() == 1


def test_without_a_national_text_there_is_nothing_to_adapt(sign_in, idea, bruno):
    page = sign_in(bruno).post(reverse("charters:start-writing", args=[idea.slug]), follow=True).content.decode()
    assert "il n’y a rien à adapter" in page


def test_a_name_already_taken_is_refused_on_the_page(sign_in, idea, amina, tilleuls):
    typed = {"name": idea.name, "words": "Moi aussi.", "territory_names": "Les Tilleuls"}
    typed["organisation"] = amina.memberships.get().organisation_id
    page = sign_in(amina).post(reverse("charters:propose-adaptation"), typed).content.decode()
    assert "porte déjà ce nom" in page
    assert "Moi aussi." in page


def test_nobody_proposes_for_a_neighbourhood_that_is_not_theirs(sign_in, hugo, tilleuls):
    typed = {"name": "De loin", "words": "Bonjour.", "territory_names": "Les Tilleuls"}
    typed["organisation"] = hugo.memberships.get().organisation_id
    page = sign_in(hugo).post(reverse("charters:propose-adaptation"), typed).content.decode()
    assert "un territoire où votre association agit" in page
    assert not TerritorialAdaptation.objects.exists()


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_propose_join_and_carry(request, sign_in, idea, entraide, persona, now):
    somebody = request.getfixturevalue(persona)
    assert can_join(somebody, idea, entraide) is (persona == "amina")
    assert can_promote(somebody, idea) is (persona in {"bruno", "elsa"})
    proposes = {"amina", "bruno", "elsa", "hugo"}
    status = sign_in(somebody).get(reverse("charters:propose-adaptation")).status_code
    assert status == (200 if persona in proposes else 302 if persona == "djibril" else 403)
    if persona not in {"bruno", "elsa"}:
        with pytest.raises(PermissionDenied):
            review(idea, somebody, now)
        with pytest.raises(PermissionDenied):
            actions.start_writing(idea, actor=somebody, at=now)


@pytest.mark.parametrize("persona", ["djibril", "fatou", "hugo", "chloe", "gael", "ines"])
def test_the_words_of_an_idea_stay_inside_even_once_adopted(
    request, sign_in, client, idea, bruno, elsa, tilleuls, persona, now
):
    somebody = request.getfixturevalue(persona)
    national(at=now)
    draft = actions.start_writing(idea, actor=bruno, at=now)
    draft = actions.open_to_remarks(draft, until=timezone.localdate(now) + datetime.timedelta(9), actor=bruno, at=now)
    actions.adopt_adaptation(
        draft,
        adopted_on=timezone.localdate(now),
        adopted_by="réunion",
        signatures_needed=2,
        review_on=timezone.localdate(now) + datetime.timedelta(200),
        actor=bruno,
        at=now,
    )
    assert "La mairie ne le sait pas" in sign_in(bruno).get(idea.get_absolute_url()).content.decode()
    page = sign_in(somebody).get(idea.get_absolute_url())
    assert page.status_code == 200
    assert "La mairie ne le sait pas" not in page.content.decode()


def test_a_review_is_written_down_for_everybody(sign_in, client, living, bruno, now):
    day = timezone.localdate(now) + datetime.timedelta(days=300)
    typed = {"outcome": "goes_on", "words": "Le jardin a vécu.", "next_review_on": day.isoformat()}
    page = sign_in(bruno).post(reverse("charters:review", args=[living.slug]), typed, follow=True).content.decode()
    assert "Le point est noté" in page
    assert "Le jardin a vécu." in client.get(living.get_absolute_url()).content.decode()
    assert living.versions.get().review_on == day


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"next_review_on": ""}, "Dites quand vous ferez le prochain point."),
        ({"next_review_on": "2001-01-01"}, "une date à venir"),
        ({"words": ""}, "obligatoire"),
        ({"outcome": "autre"}, "choix"),
    ],
)
def test_a_review_that_lacks_something_is_refused_in_words(sign_in, living, bruno, now, change, sentence):
    day = timezone.localdate(now) + datetime.timedelta(days=300)
    typed = {"outcome": "goes_on", "words": "Tout va.", "next_review_on": day.isoformat(), **change}
    page = sign_in(bruno).post(reverse("charters:review", args=[living.slug]), typed).content.decode()
    assert sentence in page
    assert not living.events.filter(kind="reviewed").exists()


def test_a_review_may_start_the_next_version_once(sign_in, living, bruno, now):
    day = timezone.localdate(now) + datetime.timedelta(days=300)
    typed = {"outcome": "revise", "words": "À revoir.", "next_review_on": day.isoformat()}
    address = reverse("charters:review", args=[living.slug])
    assert sign_in(bruno).post(address, typed).headers["Location"].endswith("/atelier/")
    assert "déjà en cours" in sign_in(bruno).post(address, typed).content.decode()
    assert living.events.filter(kind="reviewed").count() == 1


def test_at_rest_then_awake_the_signatures_never_move(sign_in, client, living, entraide, amina, bruno, now):
    signature = signed(living.versions.get(), organisation=entraide, email="amina@exemple.org", at=now)
    review(living, bruno, now, "rest", words="Une pause.")
    review(living, bruno, now, "rest", words="Une pause, encore.")
    assert living.events.filter(kind="dormant").count() == 1
    page = client.get(living.get_absolute_url()).content.decode()
    assert "En sommeil depuis" in page
    assert Signature.objects.standing().get() == signature

    address = reverse("charters:wake", args=[living.slug])
    typed = {"words": "On repart.", "next_review_on": ""}
    assert "Dites quand vous ferez" in sign_in(bruno).post(address, typed).content.decode()
    typed["next_review_on"] = (timezone.localdate(now) + datetime.timedelta(days=90)).isoformat()
    assert "L’adaptation est réveillée" in sign_in(bruno).post(address, typed, follow=True).content.decode()
    assert life(living, now) == "adopted"
    assert "ni en sommeil ni close" in sign_in(bruno).post(address, typed).content.decode()


def test_a_review_that_goes_on_wakes_a_dormant_one(living, bruno, now):
    review(living, bruno, now, "rest", words="Une pause.")
    review(living, bruno, now)
    assert life(living, now) == "adopted"


def test_closed_it_is_read_and_no_longer_signed(sign_in, client, living, entraide, amina, bruno, now):
    waiting = request_for(living.versions.get(), organisation=entraide, email="amina@exemple.org", at=now)
    review(living, bruno, now, "close", words="Le quartier a changé.")
    page = client.get(living.get_absolute_url()).content.decode()
    assert "on peut encore la lire, plus la signer" in page
    assert client.get(reverse("charters:adaptation-sign", args=[living.slug])).status_code == 404
    assert client.get(reverse("charters:adaptation-sheet", args=[living.slug])).status_code == 404
    with pytest.raises(actions.NotOpenForSignature):
        actions.confirm_signature(waiting, at=now)
    with pytest.raises(actions.AlreadyClosed):
        review(living, bruno, now)
    with pytest.raises(actions.AlreadyClosed):
        actions.join_adaptation(living, organisation=entraide, actor=amina, at=now)
    actions.wake_adaptation(
        living,
        words="Finalement.",
        actor=bruno,
        at=now,
        next_review_on=timezone.localdate(now) + datetime.timedelta(days=30),
    )
    assert client.get(reverse("charters:adaptation-sign", args=[living.slug])).status_code == 200
    assert data_is_sound()


def test_nothing_is_adopted_while_it_is_closed(living, bruno, now):
    draft = actions.revise_adaptation(living, actor=bruno, at=now)
    draft = actions.open_to_remarks(draft, until=timezone.localdate(now) + datetime.timedelta(9), actor=bruno, at=now)
    review(living, bruno, now, "close", words="Fini.")
    with pytest.raises(ValidationError, match="réveillez-la"):
        actions.adopt_adaptation(
            draft,
            adopted_on=timezone.localdate(now),
            adopted_by="réunion",
            signatures_needed=2,
            review_on=timezone.localdate(now) + datetime.timedelta(days=200),
            actor=bruno,
            at=now,
        )
