"""Offering: what is told, photos drawn again, weekly hours, the secret calendar, withdrawing."""

import datetime
import io

import pytest
import vobject
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from maillage.organisations.models import Exchange
from maillage.resources import actions
from maillage.resources.models import Resource
from maillage.ui.photos import NotAPhoto
from tests.factories.resources import ResourceFactory, loan_of

pytestmark = pytest.mark.django_db


def picture(kind="JPEG", size=(40, 30), **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture
def salle(entraide, amina):
    return ResourceFactory(owner=entraide, title="La grande salle", is_public=True)


def test_a_line_of_the_profile_is_told_in_full(sign_in, amina, entraide, tilleuls):
    line = Exchange.objects.create(organisation=entraide, side="offer", kind="vehicle", words="Un minibus")
    client = sign_in(amina)
    page = client.get(reverse("resources:offer"))
    assert f"?fiche={line.pk}" in page.content.decode()
    form = client.get(reverse("resources:offer"), {"fiche": line.pk}).context["form"]
    assert (form["kind"].value(), form["title"].value()) == ("vehicle", "Un minibus")
    client.post(
        reverse("resources:offer"),
        {
            **{"owner": entraide.pk, "kind": "vehicle", "title": "Un minibus", "quantity": 1},
            **{"territories": [tilleuls.pk], "audience": "territory", "upkeep_fee": "12.50"},
        },
    )
    made = Resource.objects.get()
    assert (made.owner, made.upkeep_fee, list(made.territories.all())) == (entraide, 12.5, [tilleuls])


def test_the_line_of_somebody_else_fills_nothing(sign_in, amina, jardins):
    line = Exchange.objects.create(organisation=jardins, side="offer", kind="vehicle", words="Un minibus")
    assert sign_in(amina).get(reverse("resources:offer"), {"fiche": line.pk}).context["form"].initial == {}


def test_nobody_offers_for_a_territory_where_they_do_not_act(amina, entraide, ailleurs, now):
    with pytest.raises(ValidationError):
        actions.offer_resource(
            owner=entraide, territories=[ailleurs], actor=amina, at=now, kind="room", title="Salle"
        )


@pytest.mark.parametrize("person", ["bruno", "elsa", "fatou", "chloe"])
def test_nobody_offers_for_another(request, entraide, tilleuls, now, person):
    actor = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        actions.offer_resource(
            owner=entraide, territories=[tilleuls], actor=actor, at=now, kind="room", title="Salle"
        )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_again_without_what_the_camera_wrote(sign_in, salle, amina, djibril, kind):
    exif = Image.Exif()
    exif[0x010F] = "Un appareil"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (48.0, 50.0, 0.0)
    content = picture(kind, exif=exif.tobytes())
    assert b"Un appareil" in content
    sent = {"image": SimpleUploadedFile("x.jpg", content), "words": "La salle vide"}
    sign_in(amina).post(reverse("resources:add-photo", args=[salle.uuid]), sent)
    photo = salle.photos.get()
    answer = sign_in(djibril).get(reverse("resources:photo", args=[salle.uuid, photo.uuid]))
    served = b"".join(answer.streaming_content)
    shown = Image.open(io.BytesIO(served))
    assert (answer["Content-Type"], shown.format, shown.size) == ("image/jpeg", "JPEG", (30, 40)), "upright"
    assert not shown.getexif()
    assert b"Un appareil" not in served


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg/>", b"GIF89a", picture()[:60], b"\xff\xd8\xffnothing", b"RIFF0000WAVE"],
    ids=["empty", "svg", "gif", "cut", "false", "sound"],
)
def test_what_is_not_a_photo_is_refused(salle, amina, now, content):
    with pytest.raises(NotAPhoto):
        actions.add_photo(salle, image=content, words="Rien", actor=amina, at=now)
    assert not salle.photos.exists()


def test_an_image_of_too_many_pixels_is_not_drawn(salle, amina, now):
    with pytest.raises(NotAPhoto, match="trop grande"):
        actions.add_photo(salle, image=picture("PNG", (9000, 9000)), words="Rien", actor=amina, at=now)


def test_the_photo_of_what_is_not_public_is_not_served(sign_in, salle, amina, djibril, fatou, now):
    photo = actions.add_photo(salle, image=picture(), words="La salle", actor=amina, at=now)
    Resource.objects.update(is_public=False)
    for person in (djibril, fatou):
        assert sign_in(person).get(reverse("resources:photo", args=[salle.uuid, photo.uuid])).status_code == 404


def test_a_photo_removed_is_gone_from_the_disk(salle, amina, now, django_capture_on_commit_callbacks):
    photo = actions.add_photo(salle, image=picture(), words="La salle", actor=amina, at=now)
    storage, name = photo.image.storage, photo.image.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo, actor=amina, at=now)
    assert not storage.exists(name)


def test_the_calendar_is_read_by_a_client_and_its_address_changes(client, salle, jardins, bruno, amina, now):
    loan = loan_of(salle, jardins, state="accepted")
    loan_of(salle, jardins, starts_at=loan.ends_at, ends_at=loan.ends_at + datetime.timedelta(hours=1))
    address = reverse("resources:calendar", args=[salle.uuid, salle.calendar_token])
    feed = vobject.readOne(client.get(address).content.decode())
    [event] = feed.vevent_list
    assert (event.dtstart.value, event.dtend.value) == (loan.starts_at, loan.ends_at)
    assert event.summary.value == "La grande salle : Les Jardins partagés"
    actions.renew_calendar(salle, actor=amina, at=now)
    assert client.get(address).status_code == 404


def test_withdrawn_it_leaves_the_lists_and_its_loans_go_on(sign_in, salle, jardins, amina, bruno, now):
    loan = loan_of(salle, jardins, state="accepted")
    actions.withdraw_resource(salle, words="Vendue.", actor=amina, at=now)
    assert "La grande salle" not in sign_in(bruno).get(reverse("resources:resource-list")).content.decode()
    assert sign_in(bruno).get(salle.get_absolute_url()).status_code == 404
    assert "Vendue." in sign_in(amina).get(salle.get_absolute_url()).content.decode()
    assert actions.hand_out(loan, state_noted="Propre.", actor=amina, at=now).state == "out"
    with pytest.raises(PermissionDenied):
        actions.change_resource(salle, territories=[], actor=amina, at=now)
