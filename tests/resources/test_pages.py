"""Pages of what is lent: what visitors see of it, filters, the month, gestures refused in words, the sheet."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from maillage.resources.availability import moment, month_of, promised_times
from maillage.resources.models import Loan, Slot
from tests.factories.organisations import OrganisationFactory
from tests.factories.resources import NeedFactory, ResourceFactory, at_hour, day_in, loan_of

pytestmark = pytest.mark.django_db
LIST = "resources:resource-list"


def titles(client, **filters):
    return [one.title for one in client.get(reverse(LIST), filters).context["page"]]


@pytest.fixture
def salle(entraide, amina):
    return ResourceFactory(owner=entraide, title="La salle", is_public=True, conditions="Ménage fait.")


@pytest.fixture
def whole_day(salle, jardins):
    """A day when the room is promised from morning to evening."""
    day = day_in(5)
    hours = {"starts_at": moment(day, datetime.time(8)), "ends_at": moment(day, datetime.time(20))}
    loan_of(salle, jardins, state="accepted", **hours)
    return day


def test_filters(sign_in, amina, tilleuls, salle, whole_day, jardins):
    ResourceFactory(owner=jardins, kind="vehicle", title="Le minibus")
    client = sign_in(amina)
    assert titles(client) == ["La salle", "Le minibus"]
    assert titles(client, kind="vehicle") == ["Le minibus"]
    assert titles(client, territory=tilleuls.slug, mine="on") == ["La salle"]
    assert titles(client, free_on=whole_day.isoformat()) == ["Le minibus"]
    assert titles(client, kind="planet", free_on="\x00") == ["La salle", "Le minibus"]


@pytest.mark.parametrize("person", ["djibril", "fatou", "chloe", "hugo"])
def test_who_sees_it_because_it_is_public_learns_nothing_of_its_loans(
    request, sign_in, salle, whole_day, jardins, person
):
    client = sign_in(request.getfixturevalue(person))
    assert titles(client, free_on=whole_day.isoformat()) == ["La salle"], "the day tells nothing"
    page = client.get(salle.get_absolute_url(), {"mois": f"{whole_day:%Y-%m}"}).content.decode()
    assert "Ménage fait." in page
    for told in ("Les Jardins partagés", "promis", "Quand c’est libre", "Heures promises"):
        assert told not in page
    loan = Loan.objects.get()
    for name in ("loan", "loan-sheet"):
        assert client.get(reverse(f"resources:{name}", args=[loan.uuid])).status_code in (302, 404)


def test_the_month_says_what_is_free(salle, whole_day, jardins):
    Slot.objects.create(resource=salle, weekday=whole_day.weekday(), starts_at="08:00", ends_at="20:00")
    today = timezone.localdate()
    days = {
        day.date: day.state
        for first in {today.replace(day=1), whole_day.replace(day=1)}
        for week in month_of(salle, first, today=today)
        for day in week
        if day
    }
    assert days[whole_day] == "taken"
    assert days[whole_day + datetime.timedelta(days=1)] in ("closed", "free")
    starts, ends = moment(whole_day, datetime.time.min), moment(whole_day, datetime.time(23))
    assert [(a.hour, b.hour, left) for a, b, left in promised_times(salle, starts, ends)] == [(8, 20, 0)]


@pytest.mark.parametrize("month", ["2026-13", "1-1", "9999-12", "x", "0000-00", ""])
def test_a_month_that_is_none_shows_this_one(sign_in, amina, salle, month):
    page = sign_in(amina).get(salle.get_absolute_url(), {"mois": month})
    assert page.context["month"] == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_whatever_they_hold(
    sign_in, amina, entraide, jardins, tilleuls, rows, django_assert_num_queries
):
    for _ in range(rows):
        salle = ResourceFactory(owner=OrganisationFactory(territories=[tilleuls]))
        loan_of(salle, entraide)
        NeedFactory(organisation=jardins, territory=tilleuls)
    client = sign_in(amina)
    for name, most in ((LIST, 13), ("resources:loan-list", 5), ("resources:need-list", 8)):
        with django_assert_num_queries(most):
            client.get(reverse(name))


def test_hours_that_are_taken_are_told_beside_the_form(sign_in, bruno, salle, jardins):
    loan_of(salle, jardins, state="accepted")
    hours = {"starts_on": day_in(3), "starts_time": "14:00", "ends_on": day_in(3), "ends_time": "15:00"}
    page = sign_in(bruno).post(reverse("resources:ask", args=[salle.uuid]), {"borrower": jardins.pk, **hours})
    assert "déjà promis" in page.content.decode()
    hours = {**hours, "starts_on": day_in(-3), "starts_time": "14:00"}
    page = sign_in(bruno).post(reverse("resources:ask", args=[salle.uuid]), {"borrower": jardins.pk, **hours})
    assert "Ce moment est passé." in str(page.context["form"].errors["starts_on"])


def test_the_second_to_answer_reads_where_the_loan_is(sign_in, amina, salle, jardins):
    loan = loan_of(salle, jardins, state="accepted")
    page = sign_in(amina).post(reverse("resources:refuse", args=[loan.uuid]), {"words": "Non."})
    assert "ce geste ne s’applique plus" in page.content.decode().lower()
    loan.refresh_from_db()
    assert loan.state == "accepted"


def test_a_request_whose_hours_are_gone_says_so(sign_in, amina, salle, jardins):
    loans = [loan_of(salle, jardins), loan_of(salle, jardins, starts_at=at_hour(15))]
    sign_in(amina).post(reverse("resources:accept", args=[loans[0].uuid]))
    page = sign_in(amina).get(loans[1].get_absolute_url()).content.decode()
    assert "ne peut plus être acceptée" in page


@pytest.mark.parametrize("state", ["asked", "accepted", "out", "back", "closed"])
def test_the_sheet_of_a_loan_is_an_accessible_pdf(sign_in, bruno, amina, salle, jardins, state):
    salle.deposit = 50
    salle.title = "#set page(fill: red) *salle*"
    salle.save()
    loan = loan_of(salle, jardins, state=state)
    pdf = sign_in(bruno).get(reverse("resources:loan-sheet", args=[loan.uuid]))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in pdf.content
    root = PdfFileReader(io.BytesIO(pdf.content)).root
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")


def test_a_loan_of_ones_own_shows_no_gesture_but_cancelling(sign_in, amina, salle, entraide):
    loan = loan_of(salle, entraide)
    page = sign_in(amina).get(loan.get_absolute_url()).content.decode()
    assert "Annuler ce prêt" in page
    assert "C’est remis" not in page
