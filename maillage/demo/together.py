"""One year of a group: it is opened, meets each month, writes down, does, looks for a date."""

import datetime
import tomllib
from pathlib import Path

from django.utils import timezone

from maillage.groups import actions
from maillage.groups.models import Group
from maillage.groups.queries import next_host
from maillage.organisations.models import Organisation

from .lasting import fresh
from .town import moment

START, END = datetime.time(18), datetime.time(20)


def read_year():
    """The group's year, as in `year.toml`."""
    return tomllib.loads((Path(__file__).parent / "year.toml").read_text())


def live_a_year(story):
    """The collective of Les Tilleuls, from January to the meeting of December that is being prepared."""
    year = read_year()
    group = _open(story, year["group"])
    for row in year["meetings"]:
        _meet(story, group, row, last=row is year["meetings"][-1])
    _decide(story, group, year["decisions"])
    _look_for_a_date(story, group, year["poll"])
    story.say("Le collectif des Tilleuls s’est réuni onze fois ; la douzième se prépare", group)
    story.say("… le compte rendu de novembre se relit", "groups:meeting", group.slug, datetime.date(2026, 11, 12))
    story.say("… et chaque action dit qui s’en charge", "groups:points", group.slug)


def _open(story, plan):
    elsa, at = story.people["elsa"], moment(2026, 1, 5)
    animating = story.organisations[plan["animates"]]
    group = actions.create_group(
        name=plan["name"],
        kind=Group.Kind.COORDINATION_BODY,
        territory=story.places[plan["place"]],
        organisation=animating,
        founding_text=plan["founding_text"].strip(),
        actor=fresh(story.association(plan["animates"])["user"]),
        at=at,
    )
    for name in plan["members"]:
        actions.add_member(group, organisation=story.organisations[name], actor=fresh(elsa), at=at)
    for rank, name in enumerate(plan["hosts"], start=1):
        member = group.members.get(organisation=story.organisations[name])
        actions.set_member(member, facilitates=rank == 1, host_order=rank, actor=fresh(elsa), at=at)
    for name in plan["seats"]:
        actions.add_seat(group, name=name, email="", actor=fresh(elsa), at=at)
    partner = Organisation.objects.get(name=plan["partner"])
    actions.invite_partner(group, organisation=partner, actor=fresh(elsa), at=moment(2026, 4, 10))
    return group


def _meet(story, group, row, *, last):
    elsa, day = fresh(story.people["elsa"]), row["date"]
    before = moment(day.year, day.month, day.day, 9) - datetime.timedelta(days=14)
    # The one to come was prepared a fortnight after the last: today, the story is in November.
    before = min(before, moment(2026, 11, 20, 9))
    host = next_host(group)
    meeting = actions.plan_meeting(
        group,
        date=day,
        starts_at=START,
        ends_at=END,
        title="",
        place=f"{host.name}, Les Tilleuls",
        host=host,
        actor=elsa,
        at=before,
    )
    actions.add_items(meeting, items=[{"title": point["title"]} for point in row["points"]], actor=elsa, at=before)
    actions.send_invitations(meeting, actor=elsa, at=before)
    if last:
        _answer(story, meeting, before)
    else:
        _hold(story, meeting, row)


def _answer(story, meeting, at):
    for name, answer in (("Entraide des Tilleuls", "comes"), ("Vélo pour toutes", "excused")):
        actions.answer_invitation(
            meeting,
            organisation=story.organisations[name],
            answer=answer,
            actor=fresh(story.association(name)["user"]),
            at=at + datetime.timedelta(hours=5),
        )


def _hold(story, meeting, row):
    elsa, at = fresh(story.people["elsa"]), moment(meeting.date.year, meeting.date.month, meeting.date.day, 20)
    members = list(meeting.group.members.standing().select_related("organisation").order_by("pk"))
    for number, member in enumerate(members):
        # Two or three are missing each time, never the one that animates.
        there = member.facilitates or (number + meeting.date.month) % 4 != 0
        actions.tick_presence(meeting, organisation=member.organisation, was_present=there, actor=elsa, at=at)
    for number, seat in enumerate(meeting.group.seats.standing().order_by("pk")):
        there = (number + meeting.date.month) % 2 == 0
        actions.tick_presence(meeting, seat=seat, was_present=there, actor=elsa, at=at)
    for item, point in zip(meeting.agenda.all(), row["points"], strict=True):
        actions.save_notes(item, notes=point["notes"], number=0, actor=elsa, at=at)
        if "todo" in point:
            _to_do(story, item, point["todo"], at)
    actions.hold_meeting(meeting, actor=elsa, at=at + datetime.timedelta(minutes=10))
    _read(story, meeting, row, at)


def _to_do(story, item, todo, at):
    elsa, due_on = fresh(story.people["elsa"]), timezone.localdate(at) + datetime.timedelta(days=todo["days"])
    point = actions.add_point(
        item.meeting.group,
        wording=todo["what"],
        organisation=story.organisations[todo["who"]],
        due_on=due_on,
        item=item,
        actor=elsa,
        at=at,
    )
    if due_on < datetime.date(2026, 11, 1):
        done_at = moment(due_on.year, due_on.month, due_on.day, 17)
        actor = fresh(story.association(todo["who"])["user"])
        actions.close_point(point, done=True, words="", actor=actor, at=done_at)


def _read(story, meeting, row, at):
    """Whoever was there reads the minutes; in November they are still being read."""
    elsa = fresh(story.people["elsa"])
    if correction := row.get("correction"):
        reader = fresh(story.association(correction["by"])["user"])
        actions.read_minutes(
            meeting,
            organisation=story.organisations[correction["by"]],
            correction=correction["text"],
            actor=reader,
            at=at + datetime.timedelta(days=2),
        )
        reading = meeting.readings.get()
        answered = at + datetime.timedelta(days=3)
        actions.settle_correction(reading, answer=correction["answer"], actor=elsa, at=answered)
        return
    actions.validate_read_minutes(at=at + datetime.timedelta(days=10))
    if meeting.date.month == 6:
        meeting.refresh_from_db()
        actions.share_meeting(meeting, shared=True, actor=elsa, at=at + datetime.timedelta(days=12))


def _decide(story, group, plan):
    """One noted, one by consent with an objection that was integrated, one vote that is still open."""
    elsa = fresh(story.people["elsa"])
    noted, consent, vote = plan["noted"], plan["consent"], plan["vote"]
    actions.note_decision(group, title=noted["title"], text=noted["text"], actor=elsa, at=moment(2026, 2, 12, 19))
    decision = actions.open_decision(
        group,
        kind="consent",
        title=consent["title"],
        proposal=consent["proposal"],
        actor=elsa,
        at=moment(2026, 9, 11),
    )
    for days, stage in ((3, "clarifications"), (6, "reactions")):
        actions.move_on(decision, stage=stage, actor=elsa, at=moment(2026, 9, 11 + days))
    statement = actions.speak(
        decision,
        organisation=story.organisations[consent["objection_by"]],
        text=consent["objection"],
        actor=fresh(story.association(consent["objection_by"])["user"]),
        at=moment(2026, 9, 18),
    )
    actions.settle_statement(
        statement,
        answer=consent["answer"],
        was_integrated=True,
        proposal=consent["integrated"],
        actor=elsa,
        at=moment(2026, 9, 20),
    )
    actions.decide(decision, outcome="adopted", words=consent["words"], actor=elsa, at=moment(2026, 9, 24))
    open_vote = actions.open_decision(
        group,
        kind="vote",
        title=vote["title"],
        proposal=vote["proposal"],
        options=vote["options"],
        closes_on=datetime.date(2026, 12, 9),
        actor=elsa,
        at=moment(2026, 11, 18),
    )
    for number, name in enumerate(vote["voted"]):
        actions.cast_vote(
            open_vote,
            organisation=story.organisations[name],
            option=open_vote.options.all()[number % 2],
            actor=fresh(story.association(name)["user"]),
            at=moment(2026, 11, 19, 11),
        )


def _look_for_a_date(story, group, plan):
    elsa, at = fresh(story.people["elsa"]), moment(2026, 11, 19, 9)
    poll = actions.open_poll(
        group,
        title=plan["title"],
        place=plan["place"],
        options=[(date, START, END) for date in plan["dates"]],
        answer_by=datetime.date(2026, 12, 4),
        actor=elsa,
        at=at,
    )
    first, second, third = poll.options.all()
    said = {
        "Entraide des Tilleuls": {first.pk: "yes", second.pk: "no", third.pk: "yes"},
        "Les Ateliers du Canal": {first.pk: "if_needed", second.pk: "yes", third.pk: "yes"},
        "Médiation 99": {first.pk: "no", second.pk: "yes", third.pk: "yes"},
    }
    for name, answers in said.items():
        actions.answer_poll(
            poll,
            organisation=story.organisations[name],
            answers=answers,
            actor=fresh(story.association(name)["user"]),
            at=at + datetime.timedelta(hours=3),
        )
