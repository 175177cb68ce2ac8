"""From the idea to the story: what partners do, and who reads it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.cooperations import actions
from maillage.cooperations.models import Cooperation
from maillage.cooperations.queries import news_for, waiting_for
from maillage.messaging.models import Message
from tests.factories.cooperations import CooperationFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
SCALE = {"trust": "fully", "sharing": "rather", "load": "little", "residents": "no"}


@pytest.fixture
def cooperation(entraide, jardins, tilleuls, amina, bruno):
    return CooperationFactory(title="Le jardin du C", partners=[entraide, jardins], territories=[tilleuls])


def test_an_idea_becomes_a_cooperation_on_the_pages(sign_in, amina, bruno, entraide, jardins, tilleuls):
    lead, other = sign_in(amina), sign_in(bruno)
    sent = {
        "title": "Le jardin du C",
        "aim": "Cultiver ensemble.",
        "organisation": entraide.pk,
        "territories": [tilleuls.slug],
        "form": "project",
        "residents": "co_build",
        "themes": ["environment"],
    }
    lead.post(reverse("cooperations:propose"), sent)
    made = Cooperation.objects.get()
    where = {"slug": made.slug}
    assert "Le jardin du C" in other.get(reverse("cooperations:cooperation-list")).text
    stage = reverse("cooperations:move-stage", kwargs=where)
    assert "il faut être deux" in lead.post(stage, {"stage": "acquainted"}).text
    other.post(
        reverse("cooperations:ask", kwargs=where), {"organisation": jardins.pk, "words": "Nous avons des outils."}
    )
    assert Message.objects.filter(kind="asked", recipient=amina.email).exists()
    asking = made.partners.get(organisation=jardins)
    lead.post(reverse("cooperations:answer", kwargs={**where, "pk": asking.pk}), {"accept": "yes"})
    for step in ("acquainted", "agreed", "under_way"):
        lead.post(stage, {"stage": step, "words": ""})
    made.refresh_from_db()
    assert made.stage == "under_way"
    assert "ouvrez d’abord un regard" in lead.post(stage, {"stage": "assessed"}).text.lower()
    assert "aria-current" in other.get(made.get_absolute_url()).text


def test_a_resident_reads_what_is_published_and_nothing_of_the_inside(client, cooperation, amina, entraide, now):
    secret = "Ce que nous n’écrivons pas dehors."
    actions.write_entry(cooperation, organisation=entraide, text=secret, actor=amina, at=now)
    actions.add_finding(cooperation, side="brake", family="trust", words=secret, actor=amina, at=now)
    assert client.get(cooperation.get_absolute_url()).status_code == 404
    actions.publish_cooperation(cooperation, published=True, actor=amina, at=now)
    page = client.get(cooperation.get_absolute_url()).text
    assert cooperation.aim in page
    assert secret not in page
    assert cooperation.title in b"".join(client.get(reverse("cooperations:csv")).streaming_content).decode()
    actions.publish_cooperation(cooperation, published=False, actor=amina, at=now)
    assert cooperation.title not in b"".join(client.get(reverse("cooperations:csv")).streaming_content).decode()


def test_an_idea_is_not_published(cooperation, amina, now):
    Cooperation.objects.update(stage="idea")
    with pytest.raises(ValidationError, match="au moins deux"):
        actions.publish_cooperation(cooperation, published=True, actor=amina, at=now)


def test_why_it_stopped_stays_between_partners(sign_in, client, cooperation, amina, bruno, now):
    actions.publish_cooperation(cooperation, published=True, actor=amina, at=now)
    page = sign_in(amina)
    url = reverse("cooperations:move-stage", args=[cooperation.slug])
    assert "Dites pourquoi" in page.post(url, {"stage": "stopped", "words": ""}).text
    page.post(url, {"stage": "stopped", "words": "Nous ne nous entendions plus."})
    assert "Nous ne nous entendions plus." in sign_in(bruno).get(cooperation.get_absolute_url()).text
    shown = client.get(cooperation.get_absolute_url()).text
    assert "arrêtée" in shown
    assert "Nous ne nous entendions plus." not in shown


def test_a_public_partner_reads_only_shared_pages(sign_in, cooperation, amina, fatou, prefecture, entraide, now):
    partner = actions.invite_partner(cooperation, organisation=prefecture, words="", actor=amina, at=now)
    page = sign_in(fatou)
    assert "est invitée à y prendre part" in page.get(cooperation.get_absolute_url()).text
    page.post(reverse("cooperations:answer", args=[cooperation.slug, partner.pk]), {"accept": "yes"})
    hidden = actions.write_entry(cooperation, organisation=entraide, text="Entre nous.", actor=amina, at=now)
    shown = actions.write_entry(cooperation, organisation=entraide, text="Pour tous.", actor=amina, at=now)
    actions.share_entry(shown, shared=True, actor=amina, at=now)
    journal = page.get(reverse("cooperations:journal", args=[cooperation.slug])).text
    assert shown.text in journal
    assert hidden.text not in journal
    assert "apports" not in page.get(cooperation.get_absolute_url()).text
    with pytest.raises(PermissionDenied):
        actions.write_entry(cooperation, organisation=prefecture, text="Moi aussi", actor=fatou, at=now)


def test_nobody_accepts_in_the_name_of_another(cooperation, amina, bruno, now):
    invited = actions.invite_partner(cooperation, organisation=OrganisationFactory(), words="", actor=amina, at=now)
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(invited, accept=True, actor=bruno, at=now)


def test_the_lead_does_not_leave_before_passing_it_on(cooperation, amina, bruno, now):
    lead, second = cooperation.partners.get(role="lead"), cooperation.partners.get(role="partner")
    with pytest.raises(ValidationError, match="Confiez d’abord"):
        actions.leave(lead, words="", actor=amina, at=now)
    actions.pass_lead(second, actor=amina, at=now)
    assert actions.leave(lead, words="", actor=amina, at=now).state == "left"
    with pytest.raises(PermissionDenied):
        actions.publish_cooperation(cooperation, published=True, actor=amina, at=now)
    assert actions.publish_cooperation(cooperation, published=True, actor=bruno, at=now).published_at


def test_one_place_an_organisation(cooperation, amina, jardins, now):
    with pytest.raises(actions.AlreadyThere):
        actions.invite_partner(cooperation, organisation=jardins, words="", actor=amina, at=now)


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"MZ\x90", b"\x89PNG\r\n\x1a\nabc"])
def test_a_file_that_is_not_what_it_says_is_refused(sign_in, cooperation, amina, entraide, content):
    file = SimpleUploadedFile("photo.png", content, content_type="image/png")
    url = reverse("cooperations:journal", args=[cooperation.slug])
    answer = sign_in(amina).post(url, {"organisation": entraide.pk, "text": "Vu.", "alt": "Le jardin", "file": file})
    assert answer.status_code == 200
    assert "field__error" in answer.text
    assert not cooperation.journal.exists()


def test_a_photo_is_read_by_those_who_read_its_page(sign_in, client, cooperation, amina, hugo, entraide, now):
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(stream, "PNG")
    with pytest.raises(ValidationError, match="ce que l’on voit"):
        actions.write_entry(
            cooperation, organisation=entraide, text="Vu.", content=stream.getvalue(), actor=amina, at=now
        )
    entry = actions.write_entry(
        cooperation,
        organisation=entraide,
        text="Vu.",
        content=stream.getvalue(),
        alt="Le jardin",
        actor=amina,
        at=now,
    )
    url = reverse("cooperations:entry-file", args=[cooperation.slug, entry.uuid])
    read = sign_in(amina).get(url)
    assert b"".join(read.streaming_content).startswith(b"\xff\xd8\xff")
    assert sign_in(hugo).get(url).status_code == 404


def test_a_photo_keeps_nothing_of_where_it_was_taken(cooperation, amina, entraide, now):
    import io

    from PIL import Image

    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Un téléphone"
    Image.new("RGB", (8, 8), "green").save(stream, "JPEG", exif=exif)
    entry = actions.write_entry(
        cooperation, organisation=entraide, text="Vu.", content=stream.getvalue(), alt="Vert", actor=amina, at=now
    )
    with entry.file.open("rb") as kept, Image.open(kept) as image:
        assert dict(image.getexif()) == {}


def test_a_public_partner_alone_does_not_make_two(entraide, prefecture, amina, now):
    made = CooperationFactory(partners=[entraide, prefecture], stage="idea")
    with pytest.raises(ValidationError, match="il faut être deux"):
        actions.move_stage(made, stage="acquainted", actor=amina, at=now)


def test_what_waits_and_what_is_new(
    cooperation, amina, bruno, hugo, fatou, entraide, now, django_assert_max_num_queries
):
    today = timezone.localdate(now)
    actions.add_milestone(cooperation, title="Semer", due_on=today, actor=amina, at=now)
    actions.open_review(cooperation, actor=amina, at=now)
    for number in range(3):
        other = CooperationFactory(title=f"Autre {number}", partners=[entraide])
        actions.invite_partner(
            other, organisation=cooperation.partners.last().organisation, words="", actor=amina, at=now
        )
    with django_assert_max_num_queries(8):
        lines = waiting_for(type(bruno).objects.get(pk=bruno.pk), today=today)
    assert sorted(str(line.what) for line in lines) == [
        "Date à tenir",
        *["Invitation à coopérer"] * 3,
        "Votre regard sur la coopération",
    ]
    assert waiting_for(fatou, today=today) == []
    since, until = now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)
    actions.move_stage(cooperation, stage="assessed", actor=amina, at=now)
    assert cooperation.title in {line.title for line in news_for(bruno, since=since, until=until)}
    assert news_for(hugo, since=since, until=until) == []
    assert news_for(fatou, since=since, until=until) == []


def test_the_list_costs_the_same_for_one_and_three(client, entraide, tilleuls):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("cooperations:cooperation-list"))
        return len(queries)

    CooperationFactory(published=True, partners=[entraide], territories=[tilleuls])
    once = cost()
    for _ in range(2):
        CooperationFactory(published=True, partners=[entraide], territories=[tilleuls])
    assert cost() == once


def test_the_list_is_narrowed(client, entraide, tilleuls):
    CooperationFactory(title="Fête d’été", published=True, partners=[entraide], territories=[tilleuls])
    CooperationFactory(title="Cantine", stage="agreed", published=True, partners=[entraide])
    url = reverse("cooperations:cooperation-list")
    found = client.get(url, {"q": "fete ETE"}).text
    assert "Fête d’été" in found
    assert "Cantine" not in found
    assert "Fête" not in client.get(url, {"stage": "agreed"}).text
    assert "Cantine" not in client.get(url, {"territory": tilleuls.slug}).text
    assert "Aucune coopération ne répond" in client.get(url, {"q": "rien"}).text


def test_no_mail_crosses_the_wall(cooperation, amina, bruno, fatou, prefecture, now):
    from maillage.organisations.models import Membership

    Membership.objects.filter(user=fatou).update(role="manager")
    cooperation.partners.create(organisation=prefecture, state="accepted", since=now)
    MembershipFactory(user=bruno, organisation=prefecture, manager=True)
    actions.move_stage(cooperation, stage="stopped", words="À cause de la préfecture.", actor=amina, at=now)
    assert [message.recipient for message in Message.objects.all()] == [amina.email]
