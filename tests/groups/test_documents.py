"""The minutes and the list of presence, as printed pages: accessible, whatever was typed."""

import shutil
import subprocess

import pytest

from maillage.groups import actions
from maillage.groups.documents import minutes_pdf, presence_pdf
from tests.charters.test_documents import failures
from tests.factories.groups import ActionPointFactory, MeetingFactory, ResidentSeatFactory

pytestmark = pytest.mark.django_db
HOSTILE = '#import "/etc/passwd" <script>alert(1)</script> $x$ #{ 1 + 1 } \\ * _ `raw`'


def test_minutes_are_accessible_and_hostile_text_stays_text(group, entraide, amina):
    meeting = MeetingFactory(group=group, held=True, agenda=[HOSTILE, "La fête"], present=[entraide])
    meeting.agenda.update(notes=f"{HOSTILE}\n\nDeuxième ligne.")
    for item in meeting.agenda.all():
        ActionPointFactory(group=group, item=item, meeting=meeting, wording=HOSTILE)
    assert failures(minutes_pdf(meeting, user=amina)) == []


def test_empty_minutes_and_an_empty_list_are_accessible(group, amina):
    group.members.all().delete()
    meeting = MeetingFactory(group=group)
    assert failures(minutes_pdf(meeting, user=amina)) == []
    assert failures(presence_pdf(meeting)) == []


def test_the_list_to_print_is_accessible(group):
    ResidentSeatFactory(group=group, name=HOSTILE[:60])
    assert failures(presence_pdf(MeetingFactory(group=group, agenda=[HOSTILE]))) == []


def words_of(answer):
    return subprocess.run(
        ["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Debian's package poppler-utils reads the PDF")
def test_a_partner_reads_of_shared_minutes_what_the_page_shows(sign_in, group, amina, fatou, entraide, jardins, now):
    meeting = MeetingFactory(group=group, validated=True, agenda=["La fête"], present=[entraide])
    meeting.presences.create(seat=ResidentSeatFactory(group=group, name="Samir, bâtiment C"), was_present=True)
    meeting.presences.create(organisation=jardins, answer="excused")
    kept = {"title": "Face au bailleur", "text": "Ne rien dire encore."}
    actions.note_decision(group, meeting=meeting, **kept, actor=amina, at=now)
    told = actions.note_decision(group, title="La fête", text="Le 12 juin.", meeting=meeting, actor=amina, at=now)
    actions.share_decision(told, shared=True, actor=amina, at=now)
    actions.share_meeting(meeting, shared=True, actor=amina, at=now)
    url = meeting.get_absolute_url()
    page, printed = sign_in(fatou).get(url).text, words_of(sign_in(fatou).get(f"{url}compte-rendu.pdf"))
    for text in (page, printed):
        assert "La fête" in text
        assert "1 siège d’habitante ou d’habitant" in text
        for unsaid in ("bailleur", "Ne rien dire encore", "Samir", jardins.name):
            assert unsaid not in text
    mine = words_of(sign_in(amina).get(f"{url}compte-rendu.pdf"))
    assert "Ne rien dire encore" in mine
    assert "Samir, bâtiment C" in mine
