"""The minutes and the list of presence, as printed pages: accessible, whatever was typed."""

import pytest

from maillage.groups.documents import minutes_pdf, presence_pdf
from tests.charters.test_documents import failures
from tests.factories.groups import ActionPointFactory, MeetingFactory, ResidentSeatFactory

pytestmark = pytest.mark.django_db
HOSTILE = '#import "/etc/passwd" <script>alert(1)</script> $x$ #{ 1 + 1 } \\ * _ `raw`'


def test_minutes_are_accessible_and_hostile_text_stays_text(group, entraide):
    meeting = MeetingFactory(group=group, held=True, agenda=[HOSTILE, "La fête"], present=[entraide])
    meeting.agenda.update(notes=f"{HOSTILE}\n\nDeuxième ligne.")
    for item in meeting.agenda.all():
        ActionPointFactory(group=group, item=item, meeting=meeting, wording=HOSTILE)
    assert failures(minutes_pdf(meeting)) == []


def test_empty_minutes_and_an_empty_list_are_accessible(group):
    group.members.all().delete()
    meeting = MeetingFactory(group=group)
    assert failures(minutes_pdf(meeting)) == []
    assert failures(presence_pdf(meeting)) == []


def test_the_list_to_print_is_accessible(group):
    ResidentSeatFactory(group=group, name=HOSTILE[:60])
    assert failures(presence_pdf(MeetingFactory(group=group, agenda=[HOSTILE]))) == []
