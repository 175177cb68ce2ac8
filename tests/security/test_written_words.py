"""What people type, outside pages: in the PDFs, the tables for spreadsheets, the e-mails."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from maillage.charters.documents import certificate_pdf, charter_pdf, sheet_pdf
from maillage.charters.models import Signature
from maillage.messaging.models import Message
from maillage.territories.models import Territory

from .hostile import typed_fields, write_everywhere
from .scene import build_scene

pytestmark = pytest.mark.django_db
TYPST = '#panic("x") #include "/etc/passwd" $x*_`<a>@b\\ ]) }'
FORMULA = "=HYPERLINK(1)\t+1\r\n@SUM(1)"


def test_the_fields_that_people_type_are_known():
    names = {f"{model._meta.label_lower}.{field.name}" for model, field in typed_fields()}
    assert {
        "organisations.organisation.name",
        "organisations.organisation.purpose",
        "organisations.organisation.publics",
        "organisations.organisation.languages",
        "organisations.organisation.opening_hours",
        "organisations.organisation.address",
        "organisations.organisation.accessibility",
        "organisations.organisation.contact_function",
        "organisations.exchange.words",
        "organisations.mandate.function",
        "charters.article.text",
        "charters.article.reason",
        "charters.remark.text",
        "charters.remark.answer",
        "charters.adaptationevent.reason",
        "charters.gathering.place",
        "charters.signature.withdrawal_reason",
        "charters.signature.signatory_function",
        "charters.territorialadaptation.name",
        "charters.charterversion.adopted_by",
        "accounts.user.first_name",
    } <= names


def test_a_pdf_prints_what_would_be_code(request):
    scene = build_scene(request)
    write_everywhere(TYPST)
    for name in ("second", "adopted", "brought"):
        version = type(scene[name]).objects.get(pk=scene[name].pk)
        assert charter_pdf(version).startswith(b"%PDF")
    assert sheet_pdf(type(scene["second"]).objects.get(pk=scene["second"].pk)).startswith(b"%PDF")
    assert certificate_pdf(Signature.objects.select_related("organisation", "version").first()).startswith(b"%PDF")


def test_no_cell_of_any_table_is_a_formula(request):
    build_scene(request)
    write_everywhere(FORMULA)
    place = Territory.objects.filter(departement__isnull=False).first()
    tables = ["/charte/signataires.csv", *map(reverse, ("directory:coverage-csv", "directory:organisation-list-csv"))]
    if place:
        tables.append(reverse("directory:coverage-departement-csv", args=[place.departement.slug]))
    for table in tables:
        answer = Client().get(table)
        assert answer.status_code == 200, table
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = text.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r"}], table


def test_no_subject_has_two_lines(request):
    scene = build_scene(request)
    write_everywhere("Les Amis\r\nBcc: tiers@exemple.org\r\n\r\n")
    Message.objects.all().delete()
    for persona, name in (
        ("amina", "organisations:hand-over"),
        ("elsa", "charters:merge"),
        ("fatou", "directory:write"),
    ):
        from .doors import DOORS

        client = Client()
        client.force_login(scene[persona])
        door = DOORS[name]
        client.post(reverse(name, kwargs=door.where(scene)), door.data(scene))
    assert Message.objects.count() >= 1
    for message in Message.objects.all():
        assert "\n" not in message.subject
        assert "\r" not in message.subject
        assert "tiers@exemple.org" not in message.recipient
