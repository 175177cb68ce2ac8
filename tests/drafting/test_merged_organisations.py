"""Two rows that are one organisation: what they said of texts is said by the one that remains."""

import pytest

from maillage.charters.actions import merge_organisations
from maillage.drafting import actions
from maillage.drafting.models import Stance
from tests.factories.drafting import amendment_to, group_of, workshop_of
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_its_words_and_one_stance(jardins, entraide, bruno, amina, elsa, tilleuls, now):
    twin = OrganisationFactory(name="Entraide du parc", territories=[tilleuls])
    group = group_of(entraide, twin, territory=tilleuls, facilitator=jardins)
    workshop = workshop_of(group, promoter=jardins, actor=bruno, territory=tilleuls)
    said = amendment_to(workshop, actor=bruno, organisation=jardins)
    theirs = amendment_to(workshop, actor=amina, organisation=entraide)
    actions.take_stance(said, kind="support", organisation=entraide, actor=amina, at=now)
    Stance.objects.create(amendment=said, organisation=twin, kind="object", words="Non.", said_at=now)
    merge_organisations(twin, entraide, actor=elsa, at=now)
    theirs.refresh_from_db()
    assert theirs.organisation == twin
    assert said.stances.filter(organisation=twin).count() == 1
