"""Signing on paper: the sheet to print, the scan that is kept, the lines that are entered from it."""

import datetime
import hashlib
import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from maillage.charters import actions, documents
from maillage.charters.models import Gathering, RegisterEntry, Signature
from maillage.charters.permissions import can_gather, can_gather_for
from maillage.organisations.models import Organisation, TerritoryRole
from tests.factories.charters import PDF_SHEET, adopted, national, on_paper, signed
from tests.harness.outcome import data_is_sound, told
from tests.harness.people import PERSONAS

from .test_documents import failures

pytestmark = pytest.mark.django_db

LINE = {"first_name": "Fanta", "last_name": "Exemple", "function": "trésorière", "involvement": "take_part"}


def image(kind, size=(20, 30)):
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, kind)
    return stream.getvalue()


def png_that_says(width, height):
    """A PNG of some bytes that says it is a picture of that size."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def upload(client, version, scan, name="feuille.pdf", **change):
    typed = {
        "version": version.pk,
        "place": "Fête du parc",
        "held_on": timezone.localdate(version.published_at).isoformat(),
    }
    typed["scan"] = SimpleUploadedFile(name, scan)
    return client.post(reverse("charters:gatherings"), {**typed, **change}, follow=True)


def kept_files():
    return [file for file in Path(settings.PRIVATE_ROOT).rglob("*") if file.is_file()]


@pytest.fixture
def gathering(elsa, now):
    return on_paper(actor=elsa, version=national(at=now), at=now)


def test_the_sheet_to_print_is_an_accessible_pdf(client, jardins, bruno, elsa, tilleuls):
    version = adopted(promoter=jardins, actor=elsa, territory=tilleuls)
    assert failures(documents.sheet_pdf(version)) == []
    for address in (reverse("charters:sheet"), reverse("charters:adaptation-sheet", args=[version.adaptation.slug])):
        response = client.get(address)
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")


def test_from_the_sheet_to_the_signature(sign_in, client, elsa, entraide, amina, now):
    elsa_types, version = sign_in(elsa), national(at=now)
    page = upload(elsa_types, version, PDF_SHEET)
    assert "La feuille est gardée" in page.content.decode()
    gathering = Gathering.objects.get()
    line = {**LINE, "organisation": entraide.pk, "email": "amina@exemple.org"}
    address = reverse("charters:gathering", args=[gathering.uuid])
    page = elsa_types.post(address, line, follow=True).content.decode()
    assert "La signature de « Entraide du Parc » est enregistrée" in page
    assert "1 ligne entrée" in page

    signature = Signature.objects.get()
    body = json.loads(RegisterEntry.objects.get().body)
    assert (body["channel"], body["sheet"]) == ("paper", hashlib.sha256(PDF_SHEET).hexdigest())
    assert told("signature_received") == ["amina"]
    proof = client.get(signature.get_absolute_url()).content.decode()
    assert "sur papier, à une rencontre" in proof
    assert body["sheet"] in proof
    assert "sur papier" in client.get(reverse("charters:signatories")).content.decode()
    assert data_is_sound()


def test_without_an_address_whoever_enters_vouches(sign_in, elsa, tilleuls, gathering):
    page = sign_in(elsa).post(
        reverse("charters:gathering", args=[gathering.uuid]),
        {**LINE, "new_name": "Collectif du hall 3", "territory": tilleuls.pk},
        follow=True,
    )
    assert "Collectif du hall 3" in page.content.decode()
    organisation = Organisation.objects.get(name="Collectif du hall 3")
    assert organisation.is_confirmed
    signature = Signature.objects.get()
    assert (signature.mandate, signature.signed_by, signature.entered_by) == (None, None, elsa)
    assert told("signature_received") == []
    assert data_is_sound()


def test_with_an_address_the_person_takes_care_of_the_newcomer(gathering, elsa, tilleuls, now):
    actions.sign_on_paper(
        gathering, actor=elsa, at=now, new_name="Hall 3", territories=[tilleuls], email="Fanta@exemple.org", **LINE
    )
    organisation = Organisation.objects.get(name="Hall 3")
    assert organisation.memberships.get().user.email == "fanta@exemple.org"
    assert not organisation.is_confirmed
    assert told("signature_received") == ["fanta"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"organisation": ""}, "Choisissez l’association, ou écrivez son nom."),
        ({"new_name": "Autre"}, "gardez l’un des deux"),
        ({"email": "intruse@exemple.org"}, "Demandez-leur de vous ajouter"),
        ({"function": ""}, "obligatoire"),
        ({"decided_on": "2999-01-01"}, "Cette date est à venir"),
        ({"organisation": "999999"}, "choix"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(sign_in, gathering, elsa, entraide, amina, change, sentence):
    typed = {**LINE, "organisation": entraide.pk, **change}
    page = sign_in(elsa).post(reverse("charters:gathering", args=[gathering.uuid]), typed).content.decode()
    assert sentence in page
    assert 'value="Fanta"' in page
    assert not Signature.objects.exists()


def test_who_has_signed_is_not_offered_nor_entered_again(sign_in, gathering, elsa, entraide, amina, now):
    signed(gathering.version, organisation=entraide, email="amina@exemple.org", at=now)
    page = sign_in(elsa).get(reverse("charters:gathering", args=[gathering.uuid])).content.decode()
    assert "Entraide du Parc" not in page
    with pytest.raises(actions.AlreadySigned):
        actions.sign_on_paper(gathering, organisation=entraide, actor=elsa, at=now, **LINE)


def test_the_neighbours_are_not_hers_to_enter(gathering, elsa, boxe, ailleurs, prefecture, now):
    for wanted in ({"organisation": boxe}, {"new_name": "Au loin", "territories": [ailleurs]}, {"new_name": "Nulle"}):
        with pytest.raises(PermissionDenied):
            actions.sign_on_paper(gathering, actor=elsa, at=now, **wanted, **LINE)
    with pytest.raises(actions.NotOpenForSignature):
        actions.sign_on_paper(gathering, organisation=prefecture, actor=elsa, at=now, **LINE)
    assert not Organisation.objects.filter(name__in=["Au loin", "Nulle"]).exists()


def test_what_has_ended_is_told_line_by_line(sign_in, elsa, entraide, amina, now):
    gathering = on_paper(actor=elsa, organisation=entraide, at=now)
    actions.close_organisation(entraide, actor=elsa, at=now, dissolved_on=timezone.localdate(now))
    page = sign_in(elsa).get(reverse("charters:gathering", args=[gathering.uuid])).content.decode()
    assert "caduque" in page
    assert "retirée" not in page


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_enter_sheets_and_open_them(request, sign_in, gathering, elsa, entraide, persona, now):
    somebody, reads = request.getfixturevalue(persona), sign_in(request.getfixturevalue(persona))
    may = persona == "elsa"
    assert can_gather(somebody) is can_gather_for(somebody, entraide) is may
    assert reads.get(reverse("charters:gatherings")).status_code == (
        200 if may else 302 if persona == "djibril" else 403
    )
    scan = reads.get(reverse("charters:gathering-scan", args=[gathering.uuid]))
    assert scan.status_code == (200 if may else 302 if persona == "djibril" else 404)
    if may:
        assert b"".join(scan.streaming_content) == PDF_SHEET
        assert scan.headers["Content-Disposition"].startswith("attachment;")
        return
    with pytest.raises(PermissionDenied):
        actions.record_gathering(
            national(), place="x", held_on=timezone.localdate(now), scan=PDF_SHEET, actor=somebody, at=now
        )


def test_a_sheet_has_no_address_under_media(client, sign_in, elsa, gathering):
    path = Path(gathering.scan.path)
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert path.stat().st_mode & 0o077 == 0, "for nobody else on the machine"
    for reads in (client, sign_in(elsa)):
        for guess in (f"/media/feuilles/{path.name}", f"/media/../private/feuilles/{path.name}", f"/{path.name}"):
            assert reads.get(guess).status_code == 404
    with pytest.raises(ValueError, match="URL"):
        _ = gathering.scan.url


def test_whoever_no_longer_coordinates_no_longer_opens_it(sign_in, elsa, gathering, now):
    TerritoryRole.objects.update(until=timezone.localdate(now))
    assert sign_in(elsa).get(reverse("charters:gathering-scan", args=[gathering.uuid])).status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_is_kept_as_it_is(sign_in, elsa, now, kind):
    page = upload(sign_in(elsa), national(at=now), image(kind), name="photo.pdf")
    assert "La feuille est gardée" in page.content.decode()
    gathering = Gathering.objects.get()
    assert gathering.scan_kind == {"PNG": "png", "JPEG": "jpg"}[kind], "known by its bytes, not by its name"
    assert Path(gathering.scan.path).read_bytes() == image(kind)


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "autre chose"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "autre chose"),
        (b"GIF89a" + b"\0" * 50, "autre chose"),
        (b"", "vide"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "Ce PDF est coupé"),
        (b"%PDF-" + b"\0" * 10_000_000, "dépasse 10 Mo"),
        (image("JPEG")[:-200], "abîmée"),
        (image("PNG")[:-30], "abîmée"),
        (b"\x89PNG\r\n\x1a\n" + b"rien", "abîmée"),
        (png_that_says(9000, 8000), "trop grande"),
        (png_that_says(12_000, 12_000), "trop grande"),
        (png_that_says(60_000, 60_000), "trop grande"),
    ],
    ids=[
        *("html", "svg", "gif", "empty", "cut-pdf", "heavy-pdf", "cut-jpeg", "cut-png", "no-png"),
        *("large", "larger", "bomb"),
    ],
)
def test_what_is_not_a_sheet_is_refused_in_words(sign_in, elsa, now, scan, sentence):
    before = len(kept_files())
    page = upload(sign_in(elsa), national(at=now), scan)
    assert sentence in page.content.decode()
    assert "Fête du parc" in page.content.decode()
    assert not Gathering.objects.exists()
    assert len(kept_files()) == before


@pytest.mark.parametrize(
    ("days", "sentence"), [(2, "Cette rencontre est à venir"), (-2, "Le texte n’était pas encore publié")]
)
def test_a_meeting_on_another_day_is_refused(sign_in, elsa, now, days, sentence):
    day = (now + datetime.timedelta(days=days)).date().isoformat()
    assert sentence in upload(sign_in(elsa), national(at=now), PDF_SHEET, held_on=day).content.decode()


def test_the_same_sheet_twice_is_refused_and_leaves_no_file(sign_in, elsa, gathering):
    before = len(kept_files())
    page = upload(sign_in(elsa), gathering.version, PDF_SHEET)
    assert "déjà enregistrée pour ce texte" in page.content.decode()
    assert Gathering.objects.count() == 1
    assert len(kept_files()) == before


def test_a_place_too_long_leaves_no_file(elsa, now):
    version, before = national(at=now), len(kept_files())
    with pytest.raises(ValidationError):
        actions.record_gathering(
            version, place="x" * 300, held_on=timezone.localdate(now), scan=PDF_SHEET, actor=elsa, at=now
        )
    assert len(kept_files()) == before
