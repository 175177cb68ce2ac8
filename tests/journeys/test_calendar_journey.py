"""The shared calendar: announcing on a phone, reading without an account, following at a desk."""

import pytest
from django.urls import reverse

from maillage.events.models import Event
from tests.factories.events import EventFactory
from tests.factories.resources import day_in
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_announce_on_a_phone_and_meet_another_date(open_page, axe, amina, entraide, jardins, tilleuls):
    EventFactory(organiser=jardins, title="Le tournoi", starts_on=day_in(6), place="La halle")
    phone = open_page(amina)
    phone.goto("/agenda/")
    phone.get_by_role("link", name="Annoncer quelque chose").click()
    axe(phone)
    phone.get_by_label("Quoi ?").fill("Le bal")
    phone.get_by_label("Quel jour ?").fill(day_in(6).isoformat())
    phone.get_by_label("De", exact=True).fill("19:00")
    phone.get_by_label("À", exact=True).fill("22:00")
    phone.get_by_label("Où ?").fill("la halle")
    phone.get_by_text("Répétition, prix, inscription").click()
    phone.get_by_label("Cela se répète").select_option("WEEKLY")
    phone.get_by_label("Jusqu’au").fill(day_in(20).isoformat())
    phone.get_by_role("button", name="Annoncer", exact=True).click()
    phone.get_by_text("d’autres dates se rencontrent").wait_for()
    assert "Le tournoi" in phone.content()
    assert phone.get_by_label("Quoi ?").input_value() == "Le bal"
    axe(phone)
    phone.get_by_role("button", name="Garder mes dates et annoncer").click()
    phone.get_by_text("C’est annoncé.").wait_for()
    axe(phone)
    assert Event.objects.get(title="Le bal").occurrences.count() == 3
    phone.get_by_role("link", name="changer").nth(1).click()
    phone.get_by_label("n’a pas lieu").check()
    phone.get_by_label("Pourquoi ?").fill("Férié.")
    phone.get_by_role("button", name="Changer cette date").click()
    phone.get_by_text("Férié.").wait_for()


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_without_an_account_everything_is_read(open_page, axe, entraide, tilleuls, window):
    event = EventFactory(organiser=entraide, title="Le bal", repeats="WEEKLY", repeats_until=day_in(40))
    EventFactory(organiser=entraide, title="Le secret", audience="space")
    page = open_page(viewport=window)
    page.goto("/agenda/")
    axe(page)
    assert "Le secret" not in page.content()
    page.goto(reverse("events:month", args=[tilleuls.slug]) + f"?mois={event.starts_on:%Y-%m}")
    axe(page)
    assert not is_wider_than_the_window(page)
    page.get_by_role("link", name="Le bal").first.click()
    axe(page)
    assert not is_wider_than_the_window(page)
    file = page.request.get(page.get_by_role("link", name="Ajouter à mon agenda").get_attribute("href"))
    assert b"BEGIN:VEVENT" in file.body()


def test_my_own_address(open_page, axe, amina, entraide):
    page = open_page(amina, viewport=DESK)
    page.goto("/agenda/abonnements/")
    page.get_by_role("button", name="Créer mon adresse").click()
    page.get_by_text("/agenda/cle/").first.wait_for()
    axe(page)
    page.get_by_role("button", name="Ne plus en avoir").click()
    page.get_by_role("button", name="Créer mon adresse").wait_for()
