"""The wall, from the API: words that stand only where the public must not look are looked for in every answer."""

import datetime

import pytest
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Signature, SignatureRequest
from maillage.organisations.models import Mandate, Organisation
from tests.api.conftest import ADDRESSES, LISTS
from tests.factories.accounts import UserFactory
from tests.factories.charters import adaptation_draft, adopted, on_paper, request_for, signed
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PUBLIC = "zqpublic"
EVERY_LINE = [f"/api/v1/{name}?limite=200" for name in LISTS]


class Words:
    """`hidden("a remark")` is a word that stands nowhere else; it remembers where it was put."""

    def __init__(self):
        self.where = {}

    def __call__(self, where):
        word = f"zqsecret{len(self.where):03d}z"
        self.where[word] = where
        return word


def test_nothing_from_behind_the_wall_is_in_the_api(tilleuls, jardins, entraide, elsa, amina, bruno, sign_in, fatou):
    hidden = Words()
    _organisations(hidden, tilleuls, jardins)
    _people(hidden, jardins)
    _drafts(hidden, {"promoter": jardins, "actor": elsa, "territory": tilleuls}, entraide, amina)
    _signatures(hidden, tilleuls, elsa)
    assert len(hidden.where) >= 25
    addresses = [*ADDRESSES, *EVERY_LINE]
    for client in (sign_in(fatou), sign_in(elsa)):
        found = {address: _content(client.get(address)).lower() for address in addresses}
        leaks = [f"{address}: {where}" for address, text in found.items() for where in _leaks(hidden, text)]
        assert leaks == []
        # The same search finds what is public: it is not blind.
        assert PUBLIC in found["/api/v1/organisations?limite=200"]
        assert PUBLIC in found["/api/v1/organisations?format=csv"]
        assert PUBLIC in found["/api/v1/articles?limite=200"]


def _content(answer):
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def _leaks(hidden, text):
    return [where for word, where in hidden.where.items() if word in text]


def _organisations(hidden, tilleuls, jardins):
    here = [tilleuls]
    OrganisationFactory(
        name=hidden("the name of a draft"), purpose=hidden("its purpose"), draft=True, territories=here
    )
    OrganisationFactory(name=hidden("the name of an archived organisation"), archived=True, territories=here)
    Organisation.objects.filter(pk=jardins.pk).update(
        purpose=PUBLIC,
        contact_email=f"{hidden('the address that receives messages')}@exemple.org",
        contact_function=hidden("whom to contact: a name is sometimes typed there"),
    )


def _people(hidden, jardins):
    person = UserFactory(
        email=f"{hidden('the address of a member')}@exemple.org",
        first_name=hidden("a first name"),
        last_name=hidden("a last name"),
    )
    MembershipFactory(user=person, organisation=jardins)
    MandateFactory(user=person, organisation=jardins, function=hidden("the function of a mandate"))


def _drafts(hidden, place, entraide, amina):
    now = timezone.now()
    public = adopted(**place, name=f"Adoptée {PUBLIC}", needed=1)
    draft = adaptation_draft(**place, name=hidden("the name of a draft adaptation"))
    actions.add_article(
        draft, actor=place["actor"], at=now, key="ici", kind="value", title=hidden("title"), text=hidden("its text")
    )
    opened = adaptation_draft(**place, opened=True, name=hidden("the name of an open adaptation"))
    remark = actions.make_remark(opened, organisation=entraide, text=hidden("a remark"), author=amina, at=now)
    actions.answer_remark(remark, answer=hidden("its answer"), actor=place["actor"], at=now)
    actions.propose_adaptation(
        name=hidden("the name of an idea"),
        territories=[place["territory"]],
        organisation=place["promoter"],
        words=hidden("the words of an idea"),
        actor=place["actor"],
        at=now,
    )
    revised = actions.revise_adaptation(public.adaptation, actor=place["actor"], at=now)
    actions.change_article(
        revised.articles.get(key="avec"),
        actor=place["actor"],
        at=now,
        treatment="adapted",
        text=hidden("the next text of a public adaptation"),
        reason=hidden("and why"),
    )
    actions.draft_national_version(
        actor=UserFactory(is_staff=True),
        at=now,
        title=hidden("the title of a national draft"),
        articles=[{"key": "x", "kind": "value", "title": "X", "text": hidden("its article")}],
    )
    public.articles.filter(key="avec").update(text=PUBLIC)


def _signatures(hidden, tilleuls, elsa):
    association = OrganisationFactory(name="Une association qui signe", territories=[tilleuls])
    listed = signed(
        organisation=association,
        email=f"{hidden('the address of a signatory')}@exemple.org",
        first_name=hidden("the first name of a signatory"),
        last_name=hidden("the last name of a signatory"),
        function=hidden("the function of a signatory"),
    )
    Signature.objects.filter(pk=listed.pk).update(
        withdrawn_at=timezone.now() + datetime.timedelta(seconds=1), withdrawal_reason=hidden("why it was withdrawn")
    )
    concealed = OrganisationFactory(name=hidden("an organisation not listed"), draft=True, territories=[tilleuls])
    signed(organisation=concealed, email="cachee@exemple.org", is_listed=False)
    Organisation.objects.filter(pk=concealed.pk).update(claimed_at=None, confirmed_at=None)
    request_for(
        listed.version,
        organisation=OrganisationFactory(draft=True),
        email=f"{hidden('the address of who asks to sign')}@exemple.org",
        first_name=hidden("the first name of who asks"),
        function=hidden("their function"),
    )
    gathering = on_paper(actor=elsa)
    type(gathering).objects.filter(pk=gathering.pk).update(place=hidden("where a sheet was signed"))
    assert SignatureRequest.objects.exists()
    assert Mandate.objects.exists()
