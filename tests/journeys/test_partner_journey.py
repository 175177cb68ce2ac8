"""A public partner walks through all that is published, and meets nothing of what associations keep to themselves."""

import re

import pytest
from django.utils import timezone

from maillage.charters import actions
from maillage.organisations import actions as organisation_actions
from maillage.organisations.models import Exchange
from tests.factories.charters import adaptation_draft, adopted, national, signed
from tests.factories.organisations import MandateFactory, OrganisationFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "passiflore"
"""A word that is nowhere else: it is written wherever a public partner may not read."""
MOST_PAGES = 120


@pytest.fixture
def town(tilleuls, entraide, amina, jardins, elsa, ines, federation):
    now = timezone.now()
    signed(national(at=now), organisation=entraide, email="amina@exemple.org", at=now)
    adopted(promoter=jardins, actor=elsa, territory=tilleuls, at=now, name="La charte aux Tilleuls")
    draft = adaptation_draft(
        promoter=jardins, actor=elsa, territory=tilleuls, at=now, opened=True, name=f"Projet {SECRET}"
    )
    actions.make_remark(draft, organisation=entraide, text=f"Remarque {SECRET}", author=amina, at=now)
    MandateFactory(organisation=entraide, function=f"Fonction {SECRET}")
    OrganisationFactory(name=f"Brouillon {SECRET}", draft=True, territories=[tilleuls])
    entraide.contact_email = f"{SECRET}@exemple.org"
    entraide.save()
    Exchange.objects.create(organisation=entraide, side="offer", kind="premises", words="une salle claire")
    organisation_actions.read_member_list(
        federation, content=f"Nom\nMembre {SECRET}\n".encode(), file_name="membres.csv", actor=ines, at=now
    )


FILE = re.compile(r"\.(csv|epub|ics|ndjson|geojson|json|pdf|zip|pem)|/api/|format=")
NOT_FOLLOWED = re.compile(r"/deconnexion|/demo/|/langue/")


def test_a_public_partner_sees_what_is_published_and_nothing_else(open_page, axe, fatou, town, tilleuls):
    page = open_page(fatou)
    waiting = ["/", "/espace/", f"/territoires/{tilleuls.slug}/", "/annuaire/", "/donnees/", "/recherche/?q=charte"]
    seen, read = set(), ""
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or NOT_FOLLOWED.search(address):
            continue
        seen.add(address)
        if FILE.search(address):
            content = page.request.get(address).body().decode(errors="replace")
        else:
            page.goto(address)
            content = page.content()
            links = page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
            waiting += [link for link in links if "#" not in link]
        assert SECRET not in content, address
        read += content
    assert len(seen) > 40
    for published in ("Entraide du Parc", "une salle claire", "La charte aux Tilleuls"):
        assert published in read
    # Looked for by its name, it is not there either.
    for address in ("/annuaire/", "/recherche/", "/organisations/trouver/", "/charte/signataires/"):
        page.goto(f"{address}?q={SECRET}")
        assert not re.search(f"(Brouillon|Projet|Remarque|Membre) {SECRET}", page.inner_text("main")), address
    page.goto(f"/territoires/{tilleuls.slug}/")
    axe(page)
