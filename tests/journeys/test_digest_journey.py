"""My space, what one receives, first steps, the coordinator's desk: on a phone and on a desk."""

import datetime
import os
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from maillage.digest import actions
from maillage.messaging.links import stop_link
from maillage.messaging.models import Message
from maillage.organisations.models import Exchange, OrganisationTheme
from tests.factories.charters import adaptation_draft, national, signed
from tests.factories.groups import ActionPointFactory, GroupFactory, MeetingFactory
from tests.factories.organisations import OrganisationFactory
from tests.harness.journeys import is_wider_than_the_window

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DAY = datetime.timedelta(days=1)
VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])


@pytest.fixture
def life(tilleuls, entraide, jardins, amina, bruno, elsa):
    """A neighbourhood where something waits for everybody."""
    now = timezone.now()
    today = timezone.localdate(now)
    version = national(at=now - 5 * DAY)
    signed(version, organisation=entraide, email=amina.email, involvement="host", at=now - 3 * DAY)
    for number in range(8):
        other = OrganisationFactory(
            name=f"Association {number}", territories=[tilleuls], confirmed_at=now - number * DAY
        )
        OrganisationTheme.objects.create(organisation=other, theme="youth")
    signed(version, organisation=jardins, email=bruno.email, at=now - DAY)
    OrganisationTheme.objects.create(organisation=entraide, theme="youth")
    Exchange.objects.create(organisation=jardins, side="need", kind="premises", words="Une salle le mercredi")
    adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, opened=True, at=now - 2 * DAY)
    OrganisationFactory(name="Les Nouveaux", claimed=True, territories=[tilleuls])
    group = GroupFactory(
        name="Le collectif des Tilleuls", territory=tilleuls, members=[jardins], created_at=now - 2 * DAY
    )
    MeetingFactory(group=group, invited=True, date=today + 4 * DAY)
    ActionPointFactory(group=group, organisation=jardins, wording="Réserver la salle", due_on=today - DAY)
    actions.send_first_steps(at=now)
    return group


def look(page, axe, name, viewport):
    """What axe and the width of the window say; a picture, where a folder is given for it."""
    axe(page)
    assert not is_wider_than_the_window(page), page.url
    if folder := os.environ.get("MAILLAGE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{viewport['width']}.png", full_page=True)


@VIEWPORTS
def test_my_space_in_one_page(open_page, axe, life, bruno, chloe, viewport):
    page = open_page(bruno, viewport=viewport)
    page.goto("/espace/")
    expect(page.get_by_role("heading", name="La date est passée")).to_be_visible()
    look(page, axe, "space", viewport)
    page.get_by_role("link", name="Réunion : venez-vous").click()
    page.wait_for_url(re.compile("/groupes/"))
    page.goto("/espace/lettre/")
    look(page, axe, "choices", viewport)
    page.get_by_label("la vie de la charte").uncheck()
    page.get_by_label("Jour de la lettre").select_option(label="vendredi")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est noté.").wait_for()
    assert not page.get_by_label("la vie de la charte").is_checked()
    nobody = open_page(chloe, viewport=viewport)
    nobody.goto("/espace/")
    look(nobody, axe, "space-empty", viewport)


@VIEWPORTS
def test_a_message_is_stopped_without_signing_in(open_page, axe, bruno, viewport):
    page = open_page(viewport=viewport)
    page.goto(reverse("digest:stop", args=[stop_link(bruno.email, "texts")]))
    look(page, axe, "stop", viewport)
    page.get_by_role("button", name="Ne plus les recevoir").click()
    page.get_by_role("heading", name="C’est fait").wait_for()
    look(page, axe, "stopped", viewport)
    page.get_by_role("button", name="Les recevoir de nouveau").click()
    page.get_by_role("heading", name="Vous les recevrez de nouveau").wait_for()


@VIEWPORTS
def test_amina_finds_three_first_things(open_page, axe, life, amina, viewport):
    page = open_page(amina, viewport=viewport)
    page.goto("/espace/premiers-pas/")
    expect(page.get_by_text("Une salle le mercredi")).to_be_visible()
    look(page, axe, "first-steps", viewport)
    page.get_by_role("link", name="Le collectif des Tilleuls").click()
    page.get_by_role("heading", name="Le collectif des Tilleuls").wait_for()


@VIEWPORTS
def test_elsa_looks_after_everybody_and_passes_on(open_page, axe, life, elsa, tilleuls, viewport):
    page = open_page(elsa, viewport=viewport)
    page.goto("/espace/")
    look(page, axe, "space-elsa", viewport)
    page.get_by_role("link", name="Mon bureau de coordination").click()
    look(page, axe, "desk", viewport)
    page.get_by_role("button", name="J’ai contacté Entraide du Parc").click()
    page.get_by_text("Entraide du Parc » n’attend plus.").wait_for()
    page.get_by_role("link", name="Tout ce que la prochaine coordination reçoit").click()
    page.get_by_label("Adresse e-mail de la personne").fill("suite@exemple.org")
    page.get_by_label("Un mot pour elle").fill("À toi de jouer.")
    page.get_by_role("button", name="Proposer la coordination").click()
    page.get_by_text("Un message part.").wait_for()
    look(page, axe, "hand-over", viewport)
    body = Message.objects.get(recipient="suite@exemple.org").body
    visitor = open_page(viewport=viewport)
    visitor.goto(re.search(r"(/espace/coordination/accepter/\S+)", body)[1])
    look(visitor, axe, "accept", viewport)
    visitor.get_by_role("button", name="J’accepte de coordonner").click()
    visitor.get_by_role("heading", name="Vous coordonnez Les Tilleuls").wait_for()
    page.goto("/espace/")
    assert "Mon bureau de coordination" not in page.content(), "it is no longer hers"
