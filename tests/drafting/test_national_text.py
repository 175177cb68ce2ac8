"""The national text opened to a group by its editor, who is inside."""

import pytest
from django.core.exceptions import PermissionDenied

from maillage.charters.actions import draft_national_version
from maillage.drafting import actions
from maillage.drafting.queries import drafts_to_open
from tests.factories.charters import national
from tests.factories.drafting import amendment_to, group_of
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(jardins, entraide, gael):
    """A national group; the editor acts for Bruno's association."""
    MembershipFactory(user=gael, organisation=jardins)
    return group_of(entraide, jardins, territory=None, slug="national")


@pytest.fixture
def workshop(group, gael, now):
    national()
    draft = draft_national_version(actor=gael, at=now, title="La suivante")
    return actions.open_workshop(draft, group=group, actor=gael, at=now)


def test_the_national_words_change_without_a_reason_to_publish(workshop, amina, entraide, gael, now):
    amendment = amendment_to(workshop, actor=amina, organisation=entraide)
    actions.accept_amendment(amendment, actor=gael, at=now)
    article = workshop.version.articles.get(key="avec")
    assert (article.text, article.treatment, article.reason) == (amendment.text, "", "")


def test_a_national_article_goes(workshop, amina, entraide, gael, now):
    said = {"reason": "Il répète.", "organisation": entraide, "actor": amina, "at": now}
    amendment = actions.propose_amendment(workshop, kind="remove", article_key="avec", **said)
    actions.accept_amendment(amendment, actor=gael, at=now)
    assert not workshop.version.articles.filter(key="avec").exists()


def test_nobody_else_opens_it_nor_decides(workshop, group, bruno, amina, entraide, now):
    assert not drafts_to_open(bruno, group).exists()
    with pytest.raises(PermissionDenied):
        actions.open_workshop(workshop.version, group=group, actor=bruno, at=now)
    amendment = amendment_to(workshop, actor=amina, organisation=entraide)
    with pytest.raises(PermissionDenied):
        actions.accept_amendment(amendment, actor=bruno, at=now)


def test_an_editor_outside_the_group_reads_nothing(sign_in, workshop, gael, jardins):
    gael.memberships.all().delete()
    assert sign_in(gael).get(workshop.get_absolute_url()).status_code == 404
