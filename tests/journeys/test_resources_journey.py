"""Borrowing and returning, on a phone."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from maillage.resources.models import Loan, Slot
from tests.factories.resources import (
    HoursEntryFactory,
    LedgerSwitchFactory,
    NeedFactory,
    ResourceFactory,
    day_in,
    loan_of,
)
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(entraide, amina):
    """What Amina's association lends."""
    return ResourceFactory(
        owner=entraide,
        title="La grande salle",
        description="Quatre-vingts personnes assises, une estrade, une cuisine.",
        conditions="Le ménage est fait au départ. L’attestation d’assurance est jointe.",
        place="12, allée des Tilleuls",
        accessibility="Plain-pied.",
        upkeep_fee=10,
        deposit=50,
        is_public=True,
    )


def test_borrow_and_return_on_a_phone(open_page, axe, hall, amina, bruno):
    phone = open_page(bruno)
    phone.goto("/ressources/")
    phone.get_by_role("link", name="La grande salle").click()
    axe(phone)
    phone.get_by_role("link", name="Demander à l’emprunter").click()
    day = day_in(1).isoformat()
    phone.get_by_label("À partir du").fill(day)
    phone.get_by_label("Heure du début").select_option("14:00")
    phone.get_by_label("Jusqu’au").fill(day)
    phone.get_by_label("Heure de la fin").select_option("18:00")
    phone.get_by_label("Pour quoi faire ?").fill("Le repas de quartier.")
    axe(phone)
    phone.get_by_role("button", name="Envoyer la demande").click()
    expect(phone.get_by_text("a reçu la demande et va répondre")).to_be_visible()
    loan = Loan.objects.get()

    lender = open_page(amina)
    lender.goto(f"/ressources/prets/{loan.uuid}/")
    axe(lender)
    lender.get_by_role("button", name="Accepter").click()
    lender.get_by_label("Dans quel état ?").fill("Propre, deux clés remises.")
    lender.get_by_label("La caution est reçue").check()
    axe(lender)
    lender.get_by_role("button", name="C’est remis").click()
    expect(lender.get_by_text("C’est remis. Bon usage.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("Propre, deux clés remises.")).to_be_visible()
    lender.get_by_label("Dans quel état revient-il ?").fill("Propre.")
    lender.get_by_label("La caution est rendue").check()
    axe(lender)
    lender.get_by_role("button", name="C’est rendu").click()
    expect(lender.get_by_text("Le retour est noté. Merci.")).to_be_visible()
    loan.refresh_from_db()
    assert loan.state == "closed"
    assert not is_wider_than_the_window(lender)
    assert not is_wider_than_the_window(phone)


@pytest.fixture
def life(hall, entraide, jardins, tilleuls, amina, bruno, elsa):
    """Loans, a need, hours: something on every page."""
    Slot.objects.create(resource=hall, weekday=1, starts_at=datetime.time(9), ends_at=datetime.time(22))
    chairs = ResourceFactory(owner=jardins, kind="equipment", title="Chaises pliantes", quantity=20)
    loan = loan_of(chairs, entraide, state="back", quantity=12)
    loan_of(chairs, entraide, state="accepted", quantity=8)
    need = NeedFactory(
        organisation=jardins, territory=tilleuls, title="Un minibus", kind="vehicle", from_on=day_in(9)
    )
    need.created_at -= datetime.timedelta(days=30)
    need.save()
    LedgerSwitchFactory(territory=tilleuls, on_since=timezone.now())
    HoursEntryFactory(territory=tilleuls, giver=entraide, receiver=jardins)
    return {"hall": hall, "chairs": chairs, "loan": loan, "need": need, "tilleuls": tilleuls}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
def test_these_pages_are_for_everybody(open_page, axe, life, amina, bruno, elsa, viewport):
    hall, chairs = life["hall"].uuid, life["chairs"].uuid
    seen = {
        None: ("/ressources/", f"/ressources/{hall}/"),
        amina: (
            "/ressources/",
            f"/ressources/{hall}/",
            f"/ressources/{hall}/modifier/",
            f"/ressources/{hall}/gerer/",
            f"/ressources/{hall}/retirer/",
            f"/ressources/{chairs}/",
            f"/ressources/{chairs}/demander/",
            "/ressources/proposer/",
            "/ressources/prets/",
            life["loan"].get_absolute_url(),
            "/ressources/besoins/",
            "/ressources/besoins/nouveau/",
            life["need"].get_absolute_url(),
            f"/ressources/heures/{life['tilleuls'].slug}/",
        ),
        bruno: (life["loan"].get_absolute_url(), f"{life['need'].get_absolute_url()}clore/"),
        elsa: ("/ressources/besoins/", f"/ressources/heures/{life['tilleuls'].slug}/"),
    }
    for person, addresses in seen.items():
        page = open_page(person, viewport=viewport)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.evaluate("document.querySelectorAll('details.plain').forEach((one) => { one.open = true })")
            axe(page)
            assert not is_wider_than_the_window(page), address
