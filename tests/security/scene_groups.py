"""A group of Les Tilleuls, in every state that a door needs: Entraide animates it, Les Jardins are in it."""

import datetime

from django.utils import timezone

from maillage.groups import actions
from maillage.groups.models import Decision, MinutesReading, Presence
from tests.factories.groups import (
    ActionPointFactory,
    DatePollFactory,
    GroupFactory,
    JoinRequestFactory,
    MeetingFactory,
    ResidentSeatFactory,
)
from tests.factories.organisations import OrganisationFactory


def add_to(scene):
    here, entraide, jardins = scene["tilleuls"], scene["entraide"], scene["jardins"]
    group = scene["group"] = GroupFactory(
        territory=here, members=[entraide, jardins, scene["one"]], partners=[scene["prefecture"]]
    )
    scene["quiet_group"] = GroupFactory(territory=here, members=[entraide, jardins])
    scene["open_group"] = GroupFactory(territory=here, members=[scene["one"]])
    scene["third_member"] = group.members.get(organisation=scene["one"])
    scene["seat"] = ResidentSeatFactory(group=group)
    scene["city"] = OrganisationFactory(name="Ville", public_partner=True, territories=[here])
    scene["join_request"] = JoinRequestFactory(group=group, organisation=scene["other"])
    meeting = scene["meeting"] = MeetingFactory(group=group, agenda=["Un point", "Un autre"])
    today = scene["meeting_today"] = MeetingFactory(group=group, today=True, agenda=["La fête"], present=[entraide])
    scene["item"], scene["item_today"] = meeting.agenda.first(), today.agenda.first()
    held = scene["meeting_held"] = MeetingFactory(group=group, held=True, present=[entraide, jardins])
    held.minutes_due_on = timezone.localdate() - datetime.timedelta(days=1)
    held.save()
    asked = scene["meeting_asked"] = MeetingFactory(
        group=group, held=True, date=timezone.localdate() - datetime.timedelta(days=40)
    )
    scene["reading"] = MinutesReading.objects.create(
        meeting=asked, organisation=jardins, said_by=scene["bruno"], said_at=scene["now"], correction="Non."
    )
    scene["meeting_validated"] = MeetingFactory(
        group=group, validated=True, date=timezone.localdate() - datetime.timedelta(days=70)
    )
    Presence.objects.create(meeting=scene["meeting_validated"], organisation=entraide, was_present=True)
    scene["point"] = ActionPointFactory(group=group, organisation=entraide)
    scene["closed_point"] = ActionPointFactory(group=group, organisation=entraide, done_at=scene["now"])
    scene["poll"] = DatePollFactory(group=group)
    _decisions(scene, group)


def _decisions(scene, group):
    def asked(**fields):
        day = timezone.localdate() + datetime.timedelta(days=9)
        given = {"title": "Un local", "proposal": "Louer.", "closes_on": day, "actor": scene["amina"]}
        return actions.open_decision(group, at=scene["now"], **{**given, **fields})

    scene["consent"], scene["vote"] = asked(kind="consent"), asked(kind="vote", is_secret=True)
    objected = scene["objected"] = asked(kind="consent")
    Decision.objects.filter(pk=objected.pk).update(stage="objections")
    scene["statement"] = actions.speak(
        objected, organisation=scene["entraide"], text="Trop cher.", actor=scene["amina"], at=scene["now"]
    )
    asking = scene["objections_asked"] = asked(kind="consent")
    Decision.objects.filter(pk=asking.pk).update(stage="objections")
    scene["noted"] = actions.note_decision(group, title="Noté", text="Oui.", actor=scene["amina"], at=scene["now"])
