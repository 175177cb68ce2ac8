"""The shared calendar of the town: what its associations announce, and the library's calendar, followed."""

import datetime
import tomllib
from pathlib import Path

from maillage.events import actions

from .lasting import fresh

HERE = Path(__file__).parent


def announce(story):
    """Each event of `calendar.toml`, through the actions of who organises it; then the calendar of the library."""
    told = tomllib.loads((HERE / "calendar.toml").read_text())
    for row in told["events"]:
        _announce(story, row)
    feed = told["feed"]
    place = story.places[feed["place"]]
    actions.follow_calendar(
        territory=place,
        name=feed["name"],
        audience="public",
        content=(HERE / "mediatheque.ics").read_bytes(),
        actor=fresh(story.people["elsa"]),
        at=_moment(feed["at"]),
    )
    story.say("L’agenda partagé des quartiers, l’affiche du mois à imprimer", "events:calendar")


def _announce(story, row):
    organiser, at = story.organisations[row["organiser"]], _moment(row["at"])
    actor = fresh(story.association(row["organiser"])["user"])
    starts, ends = (datetime.time.fromisoformat(hour) for hour in row["hours"]) if "hours" in row else (None, None)
    event = actions.announce_event(
        organiser=organiser,
        territories=[story.places[code] for code in row["places"]],
        starts_on=row["on"],
        ends_on=row.get("ends_on", row["on"]),
        starts_time=starts,
        ends_time=ends,
        repeats=row.get("repeats", ""),
        repeats_until=row.get("until"),
        despite_clashes=True,
        actor=actor,
        at=at,
        **{name: row[name] for name in actions.EDITABLE if name in row and name != "ends_on"},
    )
    for name in row.get("with", ()):
        actions.name_organiser(event, story.organisations[name], actor=actor, at=at)
    for day, words in row.get("off", ()):
        actions.change_date(event, day, cancelled=True, words=words, actor=actor, at=at)
    for day, moved, starts, ends, words in row.get("moved", ()):
        hours = {
            "starts_time": datetime.time.fromisoformat(starts),
            "ends_time": datetime.time.fromisoformat(ends),
        }
        actions.change_date(event, day, cancelled=False, starts_on=moved, words=words, actor=actor, at=at, **hours)
    if words := row.get("cancelled"):
        actions.cancel_event(event, words=words, actor=actor, at=at + datetime.timedelta(days=3))


def _moment(day):
    return datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
