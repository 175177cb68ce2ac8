"""Following a calendar kept elsewhere: read over HTTP from a real server on this machine."""

import datetime
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.events import actions, queries
from maillage.events.models import Event, ImportedFeed, Occurrence
from maillage.events.reading import NotACalendar, read_calendar_file
from tests.factories.events import ImportedFeedFactory
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db


def vevent(uid="1", on=4, lines=(), start="18", **told):
    day = day_in(on).strftime("%Y%m%d")
    said = {"SUMMARY": "Le conte", "LOCATION": "Médiathèque", **told}
    return "\r\n".join(
        [
            *(
                "BEGIN:VEVENT",
                f"UID:{uid}",
                "DTSTAMP:20260101T000000Z",
                f"DTSTART;TZID=Europe/Paris:{day}T{start}0000",
            ),
            *("DURATION:PT1H", *(f"{name}:{value}" for name, value in said.items()), *lines, "END:VEVENT"),
        ]
    )


def ics(*events):
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//FR", *events, "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


@pytest.fixture
def followed(elsewhere, elsa, tilleuls):
    elsewhere.answers["/a.ics"] = ics(vevent("1"), vevent("2", on=6, SUMMARY="Le goûter"))
    return actions.follow_calendar(
        territory=tilleuls,
        name="Médiathèque",
        url=elsewhere.url("/a.ics"),
        audience="public",
        actor=elsa,
        at=timezone.now(),
    )


def shown(client):
    return [(one.event.title, one.first_day, one.is_off) for one in client.get("/agenda/").context["page"]]


def test_its_dates_are_shown_here_with_where_they_come_from(client, followed):
    assert shown(client) == [("Le conte", day_in(4), False), ("Le goûter", day_in(6), False)]
    assert "d’après Médiathèque" in client.get("/agenda/").content.decode()
    page = client.get(Event.objects.get(uid="1").get_absolute_url()).content.decode()
    assert "d’après le calendrier « Médiathèque »" in page
    assert "gratuit" not in page, "nobody said so"


def test_what_is_added_changes_and_leaves_follows(client, elsewhere, followed):
    was = Event.objects.get(uid="1")
    elsewhere.answers["/a.ics"] = ics(vevent("1", on=5), vevent("3", on=8, SUMMARY="La dictée"))
    actions.read_calendars(at=timezone.now())
    assert shown(client) == [
        ("Le conte", day_in(5), False),
        ("Le goûter", day_in(6), True),
        ("La dictée", day_in(8), False),
    ]
    now = Event.objects.get(uid="1")
    assert (now.uuid, now.edition) == (was.uuid, was.edition + 1)
    actions.read_calendars(at=timezone.now())
    assert Event.objects.get(uid="1").edition == now.edition, "nothing changed: nothing is told again"
    # It comes back.
    elsewhere.answers["/a.ics"] = ics(vevent("2", on=6, SUMMARY="Le goûter"))
    actions.read_calendars(at=timezone.now())
    assert ("Le goûter", day_in(6), False) in shown(client)


def test_a_server_that_fails_keeps_the_dates_and_is_told(client, elsewhere, followed, elsa):
    elsewhere.answers.clear()
    actions.read_calendars(at=timezone.now())
    assert len(shown(client)) == 2
    line = queries.waiting_for(elsa, today=timezone.localdate())[0]
    assert (line.title, line.detail) == ("Médiathèque", "Ce serveur répond : erreur 404.")
    elsewhere.answers["/a.ics"] = ics(vevent("1"))
    actions.read_calendars(at=timezone.now())
    assert queries.waiting_for(elsa, today=timezone.localdate()) == []


def test_what_the_coordination_took_away_does_not_come_back(client, followed, elsa):
    actions.remove_event(Event.objects.get(uid="2"), words="Hors du quartier.", actor=elsa, at=timezone.now())
    actions.read_calendars(at=timezone.now())
    assert [title for title, _day, _off in shown(client)] == ["Le conte"]


def test_stopped_its_dates_leave(client, sign_in, followed, elsa):
    sign_in(elsa).post(f"/agenda/abonnements/{followed.uuid}/arreter/")
    assert shown(client) == []
    actions.read_calendars(at=timezone.now())
    assert shown(client) == []


def test_series_moves_and_cancelled_dates_are_read_by_the_library(client, elsewhere, elsa, tilleuls):
    moved = day_in(11)
    elsewhere.answers["/s.ics"] = ics(
        vevent("9", lines=["RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE;TZID=Europe/Paris:{day_in(18):%Y%m%d}T180000"]),
        vevent("9", on=12, lines=[f"RECURRENCE-ID;TZID=Europe/Paris:{moved:%Y%m%d}T180000"], start="09"),
        vevent("9", on=25, lines=[f"RECURRENCE-ID;TZID=Europe/Paris:{day_in(25):%Y%m%d}T180000", "STATUS:CANCELLED"]),
    )
    actions.follow_calendar(
        territory=tilleuls, name="S", url=elsewhere.url("/s.ics"), audience="public", actor=elsa, at=timezone.now()
    )
    dates = [(one.first_day, one.local_start.hour, one.cancelled) for one in Occurrence.objects.all()]
    assert dates == [(day_in(4), 18, False), (day_in(12), 9, False), (day_in(25), 18, True)]


def test_only_associations_for_their_own_and_the_coordination_follow(amina, bruno, fatou, entraide, tilleuls, elsa):
    told = {"territory": tilleuls, "name": "X", "audience": "public", "content": ics(vevent()), "at": timezone.now()}
    for actor, organisation in ((amina, None), (bruno, entraide), (fatou, None)):
        with pytest.raises(PermissionDenied):
            actions.follow_calendar(**told, actor=actor, organisation=organisation)
    feed = actions.follow_calendar(**told, actor=amina, organisation=entraide)
    assert feed.events.get().organiser == entraide


def test_a_calendar_between_associations_stays_behind_the_wall(client, sign_in, amina, fatou, entraide, tilleuls):
    actions.follow_calendar(
        territory=tilleuls,
        name="Nous",
        audience="space",
        content=ics(vevent()),
        organisation=entraide,
        actor=amina,
        at=timezone.now(),
    )
    assert len(shown(sign_in(amina))) == 1
    assert shown(client) == shown(sign_in(fatou)) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "coupé avant sa fin"),
        (b"<html>Bonjour</html>", "« <html>Bonjour</html> »"),
        (ics(vevent())[:-30], "coupé avant sa fin"),
        (b"BEGIN:VCALENDAR\r\nn'importe quoi\r\nEND:VCALENDAR", "n’est pas d’un calendrier"),
        (b"\xff\xfe\x00\x01", "n’est pas"),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "n’est pas un calendrier"),
    ],
)
def test_what_is_no_calendar_is_refused_and_nothing_is_kept(sign_in, elsa, tilleuls, content, words):
    with pytest.raises(ValidationError) as refused:
        actions.follow_calendar(
            territory=tilleuls, name="X", audience="public", content=content, actor=elsa, at=timezone.now()
        )
    assert words in " ".join(refused.value.messages)
    assert not ImportedFeed.objects.exists()


def read(*events):
    today = timezone.localdate()
    return read_calendar_file(
        ics(*events), tz=timezone.get_default_timezone(), since=today, until=today + datetime.timedelta(days=366)
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=SECONDLY"],
        ["RRULE:FREQ=DAILY;BYHOUR=1,2,3,4"],
        ["RRULE:FREQ=DAILY;INTERVAL=0"],
        ["RRULE:FREQ=NEVER"],
        ["RECURRENCE-ID:yesterday"],
    ],
)
def test_what_would_never_end_is_left_out_and_the_rest_is_read(lines):
    found = read(vevent("bad", lines=lines), vevent("good"))
    assert ([event.uid for event in found.events], found.left_out) == (["good"], 1)


def test_a_calendar_made_to_tire_its_reader_is_left_there(monkeypatch):
    monkeypatch.setattr("maillage.events.reading.SECONDS", 1)
    never = [vevent(str(n), lines=["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]) for n in range(30)]
    began = time.monotonic()
    found = read(*never)
    assert found.left_out >= 28
    assert time.monotonic() - began < 30


def test_words_are_cut_and_cleaned():
    found = read(vevent(SUMMARY="\u202e" + "Le bal " * 200)).events[0]
    assert found.title.startswith("Le bal")
    assert len(found.title) <= 120


def test_a_script_in_a_title_is_text(client, sign_in, elsa, tilleuls):
    actions.follow_calendar(
        territory=tilleuls,
        name="<script>alert(1)</script>",
        audience="public",
        content=ics(vevent(SUMMARY="<script>alert(2)</script>")),
        actor=elsa,
        at=timezone.now(),
    )
    page = client.get("/agenda/").content.decode()
    assert "&lt;script&gt;alert(2)" in page
    assert "<script>alert" not in page


def test_the_page_says_what_is_wrong_beside_the_field(sign_in, elsa, tilleuls):
    client = sign_in(elsa)
    form = {"name": "X", "territory": tilleuls.pk, "audience": "public"}
    assert "l’un des deux" in client.post("/agenda/abonnements/suivre/", form).content.decode()
    inside = client.post("/agenda/abonnements/suivre/", {**form, "url": "http://127.0.0.1/a.ics"})
    assert "pas sur l’internet public" in inside.content.decode()
    ImportedFeedFactory(territory=tilleuls, name="Déjà là", fault="Ce serveur ne répond pas.")
    page = client.get("/agenda/abonnements/").content.decode()
    assert "Pas lu : Ce serveur ne répond pas." in page


def test_not_a_calendar_is_a_sentence():
    with pytest.raises(NotACalendar, match="« hello »"):
        read_calendar_file(b"hello", tz=datetime.UTC, since=day_in(0), until=day_in(1))
