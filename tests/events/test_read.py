"""Reading the calendar: the list, the month, the poster, feeds; each as who may see what."""

import datetime
import io

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pyhanko.pdf_utils.reader import PdfFileReader

from maillage.events import actions, queries
from maillage.events.documents import poster_content
from tests.factories.events import CalendarKeyFactory, EventFactory
from tests.factories.groups import GroupFactory, MeetingFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import day_in

pytestmark = pytest.mark.django_db
SECRET = "Le repas entre nous"


@pytest.fixture
def bal(entraide):
    return EventFactory(organiser=entraide, title="Le bal", for_whom="families")


@pytest.fixture
def repas(entraide):
    return EventFactory(organiser=entraide, title=SECRET, audience="space")


def month_of(event):
    return {"mois": f"{event.starts_on:%Y-%m}"}


def pages_of(tilleuls, event):
    return [
        ("/agenda/", {}),
        (f"/agenda/{tilleuls.slug}/", month_of(event)),
        (f"/agenda/{tilleuls.slug}.ics", {}),
    ]


@pytest.mark.parametrize("person", ["djibril", "fatou", "chloe", "hugo"])
def test_outside_nobody_reads_what_associations_tell_each_other(request, sign_in, bal, repas, tilleuls, person):
    client = sign_in(request.getfixturevalue(person))
    for page, query in pages_of(tilleuls, bal):
        text = client.get(page, query).content.decode()
        assert "Le bal" in text, page
        assert SECRET not in text, page
    for name in ("event", "event-file"):
        assert client.get(reverse(f"events:{name}", args=[repas.uuid])).status_code == 404


def test_inside_everything_is_read_and_the_poster_stays_public(sign_in, bruno, bal, repas, tilleuls):
    client = sign_in(bruno)
    for page, query in pages_of(tilleuls, bal)[:2]:
        assert SECRET in client.get(page, query).content.decode()
    # What is handed round is the same whoever asks.
    assert SECRET not in client.get(f"/agenda/{tilleuls.slug}.ics").content.decode()
    words = str(poster_content(tilleuls, bal.starts_on.replace(day=1), paper="a4"))
    assert "Le bal" in words
    assert SECRET not in words


def test_the_poster_has_both_sizes_and_says_nothing_of_an_empty_month(client, bal, tilleuls):
    address = f"/agenda/{tilleuls.slug}/affiche.pdf"
    small, large = (
        PdfFileReader(io.BytesIO(client.get(address, {**month_of(bal), **query}).content))
        for query in ({}, {"format": "a3"})
    )
    widths = [reader.root["/Pages"]["/Kids"][0]["/MediaBox"][2] for reader in (small, large)]
    assert round(float(widths[1]) / float(widths[0]), 2) == 1.41
    for reader in (small, large):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root["/Metadata"].data
    assert client.get(address, {"mois": "2025-06"}).status_code == 404


def test_a_cancelled_event_leaves_the_poster(client, amina, bal, tilleuls):
    actions.cancel_event(bal, words="Il pleut.", actor=amina, at=timezone.now())
    assert client.get(f"/agenda/{tilleuls.slug}/affiche.pdf", month_of(bal)).status_code == 404


def test_filters(client, entraide, jardins, tilleuls, ailleurs, bal):
    EventFactory(organiser=jardins, title="Le tournoi", for_whom="youth", is_free=False, price="2 €")
    EventFactory(organiser=jardins, title="Pour tous", territories=[ailleurs])

    def titles(**query):
        return [one.event.title for one in client.get("/agenda/", query).context["page"]]

    assert titles() == ["Le bal", "Le tournoi", "Pour tous"]
    assert titles(territory=tilleuls.slug) == ["Le bal", "Le tournoi"]
    assert titles(for_whom="youth") == ["Le tournoi", "Pour tous"]
    assert titles(free="on") == ["Le bal", "Pour tous"]
    assert titles(territory="x", for_whom="x") == ["Le bal", "Le tournoi", "Pour tous"]


def test_what_lasts_several_days_stands_on_each(client, entraide, tilleuls):
    start = (timezone.localdate().replace(day=1) + datetime.timedelta(days=40)).replace(day=10)
    event = EventFactory(
        organiser=entraide,
        title="La semaine",
        starts_on=start,
        ends_on=start + datetime.timedelta(days=2),
        starts_time=None,
        ends_time=None,
    )
    days = client.get(f"/agenda/{tilleuls.slug}/", month_of(event)).context["days"]
    assert [day.date.day for day in days if day.occurrences] == [10, 11, 12]
    date = event.occurrences.get()
    assert (date.first_day.day, date.last_day.day) == (10, 12)


@pytest.mark.parametrize("month", ["2026-13", "1-1", "9999-12", "x", "0000-00", ""])
def test_a_month_that_is_none_shows_this_one(client, tilleuls, month):
    page = client.get(f"/agenda/{tilleuls.slug}/", {"mois": month})
    assert page.context["month"] == timezone.localdate().replace(day=1)


def test_meetings_stand_in_the_month_of_who_is_in_the_group(sign_in, bruno, chloe, fatou, jardins, tilleuls):
    group = GroupFactory(name="Collectif", territory=tilleuls, members=[jardins])
    meeting = MeetingFactory(group=group, date=day_in(3))
    page = f"/agenda/{tilleuls.slug}/", {"mois": f"{meeting.date:%Y-%m}"}
    assert "Collectif" in sign_in(bruno).get(*page).content.decode()
    assert "Collectif" in sign_in(bruno).get("/agenda/").content.decode()
    for other in (chloe, fatou):
        assert "Collectif" not in sign_in(other).get(*page).content.decode()
        assert "Collectif" not in sign_in(other).get("/agenda/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_whatever_they_hold(sign_in, amina, tilleuls, rows, django_assert_num_queries):
    for _ in range(rows):
        EventFactory(
            organiser=OrganisationFactory(territories=[tilleuls]), repeats="WEEKLY", repeats_until=day_in(20)
        )
    client = sign_in(amina)
    for page, queries_count in (
        ("/agenda/", 11),
        (f"/agenda/{tilleuls.slug}/", 9),
        (f"/agenda/{tilleuls.slug}.ics", 4),
    ):
        with django_assert_num_queries(queries_count):
            client.get(page)


def test_a_feed_is_read_by_two_libraries_with_its_rule_and_its_changes(client, amina, entraide, tilleuls):
    event = EventFactory(
        organiser=entraide, title="La permanence, « sans rendez-vous »", repeats="WEEKLY", repeats_until=day_in(24)
    )
    actions.change_date(event, day_in(10), cancelled=True, words="Férié.", actor=amina, at=timezone.now())
    answer = client.get(f"/agenda/{tilleuls.slug}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    main, changed = calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")
    assert main["SUMMARY"] == "La permanence, « sans rendez-vous »"
    assert main["DTSTART"].dt.tzinfo.key == "Europe/Paris"
    assert main["RRULE"]["FREQ"] == ["WEEKLY"]
    assert (changed["UID"], changed["STATUS"]) == (main["UID"], "CANCELLED")
    assert changed["SEQUENCE"] == 1
    # Another library reads it whole, and finds the same days.
    other = next(vobject.readComponents(answer.content.decode()))
    days = [moment.date() for moment in other.vevent.rruleset]
    assert days == [day_in(3), day_in(10), day_in(17), day_in(24)]


def test_whoever_comes_back_for_the_same_is_told_so(client, bal, tilleuls):
    first = client.get(f"/agenda/{tilleuls.slug}.ics")
    again = client.get(f"/agenda/{tilleuls.slug}.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    EventFactory(organiser=bal.organiser)
    assert client.get(f"/agenda/{tilleuls.slug}.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_secret_address_shows_what_its_holder_may_see_today(client, bruno, jardins, tilleuls, repas, bal):
    group = GroupFactory(name="Collectif", territory=tilleuls, members=[jardins])
    MeetingFactory(group=group, date=day_in(3))
    key = CalendarKeyFactory(user=bruno)
    address, of_group = f"/agenda/cle/{key.token}.ics", f"/agenda/cle/{key.token}/{group.slug}.ics"
    text = client.get(address).content.decode()
    for told in (SECRET, "Le bal", "Collectif"):
        assert told in text
    assert "Collectif" in client.get(of_group).content.decode()
    assert SECRET not in client.get(of_group).content.decode()
    bruno.memberships.update(until=timezone.localdate())
    text = client.get(address).content.decode()
    assert SECRET not in text
    assert "Collectif" not in text
    assert client.get(of_group).status_code == 404
    actions.give_key(actor=bruno, at=timezone.now())
    assert client.get(address).status_code == 404


def test_an_account_that_is_closed_shows_nothing(client, bruno, bal):
    key = CalendarKeyFactory(user=bruno)
    bruno.is_active = False
    bruno.save()
    assert client.get(f"/agenda/cle/{key.token}.ics").status_code == 404


def test_news_and_what_waits(amina, bruno, fatou, hugo, entraide, bal, repas):
    since, until = timezone.now() - datetime.timedelta(days=1), timezone.now()
    EventFactory(organiser=entraide, title="Ce qui finit", repeats="WEEKLY", repeats_until=day_in(12))
    assert {line.title for line in queries.news_for(bruno, since=since, until=until)} >= {"Le bal", SECRET}
    for other in (amina, fatou, hugo):
        assert queries.news_for(other, since=since, until=timezone.now()) == []
    today = timezone.localdate()
    assert [line.title for line in queries.waiting_for(amina, today=today)] == ["Ce qui finit"]
    assert queries.waiting_for(bruno, today=today) == []
