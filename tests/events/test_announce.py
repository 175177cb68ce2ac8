"""Announcing: what is asked, what is refused, what repeats, what meets."""

import datetime
import zoneinfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.events import actions
from maillage.events.models import Event
from maillage.events.zones import zone_of
from maillage.messaging.models import Message
from tests.factories.events import EventFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import day_in
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def announced(organiser, actor, **fields):
    told = {
        **{
            "title": "Le bal",
            "starts_on": day_in(5),
            "starts_time": datetime.time(18),
            "ends_time": datetime.time(20),
        },
        **{"place": "La halle", "for_whom": "all", "audience": "public", "is_free": True, **fields},
    }
    told.setdefault("ends_on", told["starts_on"])
    territories = list(organiser.territories.all())
    return actions.announce_event(
        organiser=organiser, territories=territories, actor=actor, at=timezone.now(), **told
    )


def test_an_association_announces_and_everybody_reads_it(client, sign_in, amina, entraide, tilleuls):
    answer = sign_in(amina).post(
        "/agenda/nouveau/",
        {
            **{"organiser": entraide.pk, "title": "Le bal", "starts_on": day_in(5).isoformat(), "place": "La halle"},
            **{"starts_time": "18:00", "ends_time": "20:00", "territories": [tilleuls.pk], "for_whom": "families"},
            **{"audience": "public", "is_free": "on"},
        },
    )
    assert answer.status_code == 302
    page = client.get("/agenda/").content.decode()
    for told in ("Le bal", "La halle", "Entraide du Parc", "les familles", "gratuit", "18:00"):
        assert told in page


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": day_in(-1)}, "starts_on"),
        ({"starts_on": day_in(3000)}, "starts_on"),
        ({"ends_time": datetime.time(17)}, "ends_time"),
        ({"ends_time": None}, "ends_time"),
        ({"ends_on": day_in(4)}, "ends_on"),
        ({"ends_on": day_in(200)}, "ends_on"),
        ({"repeats": "WEEKLY"}, "repeats_until"),
        ({"repeats": "WEEKLY", "repeats_until": day_in(4)}, "repeats_until"),
        ({"repeats": "WEEKLY", "repeats_until": day_in(900)}, "repeats_until"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(amina, entraide, fields, field):
    with pytest.raises(ValidationError) as refused:
        announced(entraide, amina, **fields)
    assert list(refused.value.error_dict) == [field]
    assert not Event.objects.exists()


def test_nobody_announces_for_others_or_elsewhere(amina, fatou, entraide, jardins, prefecture, ailleurs):
    for actor, organiser in ((amina, jardins), (fatou, prefecture), (fatou, entraide)):
        with pytest.raises(PermissionDenied):
            announced(organiser, actor)
    with pytest.raises(ValidationError, match="quartiers où votre association agit"):
        actions.announce_event(
            organiser=entraide,
            territories=[ailleurs],
            actor=amina,
            at=timezone.now(),
            **{"title": "Le bal", "starts_on": day_in(5), "ends_on": day_in(5)},
        )


def test_eighteen_o_clock_stays_eighteen_o_clock_when_the_clocks_change(amina, entraide):
    """In France they go forward on 29 March 2027... the last Sunday of March."""
    event = EventFactory(
        organiser=entraide,
        starts_on=datetime.date(2027, 3, 23),
        repeats="WEEKLY",
        repeats_until=datetime.date(2027, 4, 6),
    )
    paris, utc = zoneinfo.ZoneInfo("Europe/Paris"), datetime.UTC
    dates = list(event.occurrences.all())
    assert [date.starts_at.astimezone(paris).hour for date in dates] == [18, 18, 18]
    assert [date.starts_at.astimezone(utc).hour for date in dates] == [17, 16, 16]


@pytest.mark.parametrize(
    ("repeats", "starts_on", "days"),
    [
        ("WEEKLY", (2027, 1, 5), ["2027-01-05", "2027-01-12", "2027-01-19", "2027-01-26"]),
        ("FORTNIGHTLY", (2027, 1, 5), ["2027-01-05", "2027-01-19"]),
        ("MONTHLY", (2027, 1, 12), ["2027-01-12", "2027-02-09", "2027-03-09"]),
        # A fifth Friday is the last one of each month.
        ("MONTHLY", (2027, 1, 29), ["2027-01-29", "2027-02-26", "2027-03-26"]),
    ],
)
def test_what_repeats(entraide, repeats, starts_on, days):
    until = datetime.date(2027, 1, 31) if repeats != "MONTHLY" else datetime.date(2027, 3, 31)
    event = EventFactory(
        organiser=entraide, starts_on=datetime.date(*starts_on), repeats=repeats, repeats_until=until
    )
    assert [date.first_day.isoformat() for date in event.occurrences.all()] == days


def test_one_date_moves_one_is_cancelled_the_others_stay(amina, entraide):
    event = EventFactory(organiser=entraide, repeats="WEEKLY", repeats_until=day_in(24))
    first, second = day_in(3), day_in(10)
    now = timezone.now()
    actions.change_date(event, second, cancelled=True, words="Férié.", actor=amina, at=now)
    moved = {"starts_on": day_in(4), "starts_time": datetime.time(9), "ends_time": datetime.time(11)}
    actions.change_date(event, first, cancelled=False, actor=amina, at=now, **moved)
    dates = [(date.first_day, date.local_start.hour, date.cancelled) for date in event.occurrences.all()]
    assert dates == [(day_in(4), 9, False), (second, 18, True), (day_in(17), 18, False), (day_in(24), 18, False)]
    with pytest.raises(ValidationError, match="n’a pas lieu ce jour-là"):
        actions.change_date(event, day_in(5), cancelled=True, actor=amina, at=now)
    actions.restore_date(event, second, actor=amina, at=now)
    assert not event.occurrences.filter(cancelled=True).exists()


def test_the_second_to_save_is_told_and_loses_nothing(sign_in, amina, entraide, tilleuls):
    event = EventFactory(organiser=entraide, title="Le bal")
    client = sign_in(amina)
    form = {
        **{"organiser": entraide.pk, "starts_on": day_in(5).isoformat(), "territories": [tilleuls.pk]},
        **{"for_whom": "all", "audience": "public", "edition": 0},
    }
    first = client.post(f"{event.get_absolute_url()}modifier/", {**form, "title": "Le grand bal"})
    assert first.status_code == 302, first.context["form"].errors
    late = client.post(f"{event.get_absolute_url()}modifier/", {**form, "title": "Le petit bal"})
    assert "Quelqu’un a modifié cette annonce" in late.content.decode()
    assert "Le petit bal" in late.content.decode(), "what was typed is kept"
    event.refresh_from_db()
    assert event.title == "Le grand bal"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"place": "la  HALLE"}, "au même endroit"),
        ({"place": "Ailleurs", "organiser": "entraide"}, "avec vous aussi"),
        ({"place": "Ailleurs", "for_whom": "youth"}, "pour le même public"),
        ({"place": "Ailleurs"}, ""),
        ({"starts_on": day_in(6)}, ""),
        ({"cancelled_at": timezone.now()}, ""),
    ],
)
def test_dates_that_meet_are_said_once_and_forbid_nothing(
    request, sign_in, amina, entraide, jardins, tilleuls, other, why
):
    other = {"starts_on": day_in(5), **other}
    organiser = request.getfixturevalue(other.pop("organiser", "jardins"))
    EventFactory(organiser=organiser, title="Le tournoi", **other)
    form = {
        **{"organiser": entraide.pk, "title": "Le bal", "starts_on": day_in(5).isoformat(), "place": "La halle"},
        **{"starts_time": "19:00", "ends_time": "21:00", "territories": [tilleuls.pk], "for_whom": "youth"},
        "audience": "public",
    }
    client = sign_in(amina)
    answer = client.post("/agenda/nouveau/", form)
    if not why:
        assert answer.status_code == 302
        return
    page = answer.content.decode()
    assert "Le tournoi" in page
    assert why in page
    assert not Event.objects.filter(title="Le bal").exists()
    assert client.post("/agenda/nouveau/", {**form, "quand_meme": "oui"}).status_code == 302


def test_a_clash_never_tells_what_one_may_not_see(sign_in, amina, entraide, tilleuls, ailleurs, boxe):
    EventFactory(
        organiser=boxe, title="Le conseil secret", audience="space", starts_on=day_in(5), territories=[ailleurs]
    )
    entraide.territories.add(tilleuls)
    form = {
        **{"organiser": entraide.pk, "title": "Le bal", "starts_on": day_in(5).isoformat(), "place": "La halle"},
        **{"starts_time": "19:00", "ends_time": "21:00", "territories": [tilleuls.pk], "for_whom": "all"},
        "audience": "public",
    }
    assert sign_in(amina).post("/agenda/nouveau/", form).status_code == 302


def test_cancelled_it_stays_with_the_reason_removed_it_goes(client, sign_in, amina, entraide):
    event = EventFactory(organiser=entraide, title="Le bal")
    hers = sign_in(amina)
    hers.post(f"{event.get_absolute_url()}annuler/", {"words": "Il pleut."})
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Annulé." in page
    assert "Il pleut." in page
    hers.post(f"{event.get_absolute_url()}reprendre/")
    assert "Il pleut." not in client.get(event.get_absolute_url()).content.decode()
    hers.post(f"{event.get_absolute_url()}retirer/")
    assert client.get(event.get_absolute_url()).status_code == 404
    assert "Le bal" not in client.get("/agenda/").content.decode()


def test_the_coordination_takes_away_and_says_why(sign_in, elsa, amina, entraide):
    event = EventFactory(organiser=entraide, title="Le bal")
    client = sign_in(elsa)
    assert "Dites pourquoi" in client.post(f"{event.get_absolute_url()}retirer/").content.decode()
    client.post(f"{event.get_absolute_url()}retirer/", {"words": "Annoncé deux fois."})
    event.refresh_from_db()
    assert event.removed_at
    message = Message.objects.get(kind="event_removed")
    assert message.recipient == amina.email
    assert "Annoncé deux fois." in message.body


def test_an_organisation_that_is_named_is_told_and_takes_its_name_off(sign_in, amina, bruno, entraide, jardins):
    event = EventFactory(organiser=entraide)
    sign_in(amina).post(f"{event.get_absolute_url()}avec/", {"organisation": jardins.pk})
    assert Message.objects.get(kind="organiser_named").recipient == bruno.email
    assert "Les Jardins partagés" in sign_in(bruno).get(event.get_absolute_url()).content.decode()
    sign_in(bruno).post(f"{event.get_absolute_url()}avec/{jardins.slug}/retirer/")
    assert not event.others.exists()


def test_the_same_again_on_another_day(sign_in, amina, entraide):
    event = EventFactory(organiser=entraide, title="Le bal", booking="Venez comme vous êtes.")
    page = sign_in(amina).get("/agenda/nouveau/", {"copie": event.uuid}).content.decode()
    assert "Venez comme vous êtes." in page
    assert sign_in(amina).get("/agenda/nouveau/", {"copie": "x", "jour": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("QN07511M", "Europe/Paris"),
        ("QN97403M", "Indian/Reunion"),
        ("QN98701I", "Pacific/Tahiti"),
        ("97411", "Indian/Reunion"),
        ("2A004", "Europe/Paris"),
    ],
)
def test_a_place_lives_by_its_own_clock(code, zone):
    assert zone_of(TerritoryFactory.build(code=code)) == zone


def test_eighteen_o_clock_in_saint_denis(amina, entraide):
    reunion = TerritoryFactory(qpv=True, code="QN97403M")
    entraide.territories.set([reunion])
    event = announced(OrganisationFactory._meta.model.objects.get(pk=entraide.pk), amina)
    assert event.occurrences.get().starts_at.astimezone(datetime.UTC).hour == 14
