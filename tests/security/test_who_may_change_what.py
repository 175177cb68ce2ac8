"""Each address that changes something × each persona: who is not in the table changes nothing at all."""

import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import Remark
from tests.architecture.test_access import is_refused, routes
from tests.factories.charters import ARTICLES, adaptation_draft, adopted, national, on_paper, request_for, signed
from tests.factories.organisations import MandateFactory, MembershipFactory, OrganisationFactory
from tests.harness.people import PERSONAS

from .test_reading_changes_nothing import checksum

pytestmark = pytest.mark.django_db

SIGNED_IN = frozenset(PERSONAS) - {"djibril"}
SPACE = frozenset({"amina", "bruno", "elsa", "hugo"})
PROMOTERS = frozenset({"bruno", "elsa"})
AMINA, ELSA, GAEL = frozenset({"amina"}), frozenset({"elsa"}), frozenset({"gael"})

MAY = {
    # route: (who may, the row that its address names, what is sent)
    "charters:open-adaptation": (SPACE, None, {}),
    "charters:propose-adaptation": (SPACE, None, {}),
    "charters:join-adaptation": (AMINA, "idea", {"organisation": "entraide"}),
    "charters:start-writing": (PROMOTERS, "idea", {}),
    "charters:review": (PROMOTERS, "adopted", {"outcome": "close", "words": "Fini."}),
    "charters:wake": (PROMOTERS, "adopted", {"words": "Debout."}),
    "charters:revise": (PROMOTERS, "adopted", {}),
    "charters:open-to-remarks": (PROMOTERS, "draft", {"until": "2031-01-01"}),
    "charters:adopt": (PROMOTERS, "draft", {}),
    "charters:workshop-new-article": (PROMOTERS, "draft", {"kind": "value", "title": "Un titre", "text": "Des mots"}),
    "charters:workshop-edit-article": (PROMOTERS, "draft", {"treatment": "kept"}),
    "charters:workshop-remove-article": (PROMOTERS, "draft", {}),
    "charters:workshop-plain-language": (PROMOTERS, "draft", {}),
    "charters:workshop-import": (PROMOTERS, "draft", {}),
    "charters:workshop-import-confirm": (PROMOTERS, "draft", {}),
    "charters:bring-changes": (PROMOTERS, "draft", {}),
    "charters:accept-all-changes": (PROMOTERS, "draft", {}),
    "charters:accept-change": (PROMOTERS, "draft", {}),
    "charters:keep-own-words": (PROMOTERS, "draft", {"reason": "Parce que."}),
    "charters:rewrite-change": (PROMOTERS, "draft", {"title": "T", "text": "U", "reason": "V"}),
    "charters:make-remark": (frozenset({"amina", "bruno", "elsa"}), "draft", {"text": "Un mot."}),
    "charters:answer-remark": (PROMOTERS, "draft", {"answer": "Oui."}),
    "charters:withdraw": (AMINA, "signature", {"reason": ""}),
    "charters:new-version": (AMINA, "signature", {}),
    "charters:renew-mine": (AMINA, "signature", {}),
    "charters:gatherings": (ELSA, None, {}),
    "charters:gathering": (
        ELSA,
        "gathering",
        {"new_name": "X", "first_name": "Y", "last_name": "Z", "function": "A"},
    ),
    "charters:help-sign": (ELSA, "helped", {"code": "000000"}),
    "charters:merge": (ELSA, "pair", {}),
    "charters:say-distinct": (ELSA, "pair", {}),
    "charters:close-organisation": (frozenset({"amina", "elsa"}), "entraide", {"is_sure": "on"}),
    "charters:start-national-draft": (GAEL, None, {}),
    "charters:name-national": (GAEL, None, {"title": "Un autre titre"}),
    "charters:publish-national": (GAEL, None, {}),
    "charters:national-new-article": (GAEL, None, {"kind": "value", "title": "Un titre", "text": "Des mots"}),
    "charters:national-edit-article": (GAEL, "national", {"kind": "value", "title": "Un titre", "text": "Des mots"}),
    "charters:national-remove-article": (GAEL, "national", {}),
    "charters:national-plain-language": (GAEL, "national", {}),
    "charters:national-import": (GAEL, None, {}),
    "charters:national-import-confirm": (GAEL, None, {}),
    "organisations:create": (SIGNED_IN, None, {}),
    "organisations:claim": (SIGNED_IN, "empty", {"function": "présidente"}),
    "organisations:edit": (AMINA, "entraide", {"name": "Autre nom"}),
    "organisations:members": (AMINA, "entraide", {"email": "quelqu-un@exemple.org", "role": "manager"}),
    "organisations:end-membership": (AMINA, "membership", {}),
    "organisations:hand-over": (
        frozenset({"amina", "elsa"}),
        "entraide",
        {"email": "x@exemple.org", "function": "y"},
    ),
    "organisations:my-mandate": (AMINA, "entraide", {"function": "trésorière"}),
    "organisations:confirm": (frozenset({"amina", "bruno", "elsa"}), "claimed", {}),
    "organisations:confirm-mandate": (ELSA, "mandate", {}),
    "privacy:forget": (SIGNED_IN, None, {}),
    "privacy:take-over": (frozenset(), "entraide", {}),
}
FOR_ANYBODY = {
    *("charters:sign-new-organisation", "charters:sign-particulars", "charters:signature-send-again"),
    *("charters:adaptation-sign-new-organisation", "charters:adaptation-sign-particulars"),
    *("charters:confirm-signature", "charters:renew", "charters:verify"),
    *("home:language", "ui:language", "language", "set_language"),
}
"""What is proved otherwise than by being signed in (a link, a code), or changes nothing: tests/security has each."""
OF_ONESELF = ("account_", "mfa_", "openid_connect", "socialaccount_", "demo:")
"""A person's own account; and the demo, which is not served elsewhere."""


@pytest.fixture
def town(entraide, amina, jardins, bruno, elsa, tilleuls, boxe, hugo, fatou, gael, ines, chloe):
    """A row for each address of the table, and what it is called there."""
    now = timezone.now()
    first = national(at=now - datetime.timedelta(days=9))
    signature = signed(first, organisation=entraide, email=amina.email, at=now - datetime.timedelta(days=8))
    text = adopted(promoter=jardins, actor=elsa, territory=tilleuls, name="Adoptée", at=now)
    draft = adaptation_draft(promoter=jardins, actor=elsa, territory=tilleuls, name="En projet", opened=True)
    remark = actions.make_remark(draft, organisation=entraide, text="Un mot.", author=amina, at=now)
    second = [{**ARTICLES[0], "text": "Autrement."}, *ARTICLES[1:]]
    national(articles=second, at=now)
    actions.bring_national_changes(draft, actor=elsa, at=now)
    gathering = on_paper(actor=elsa, organisation=OrganisationFactory(name="Sur papier", territories=[tilleuls]))
    helped = actions.help_sign(
        gathering.version,
        organisation=OrganisationFactory(name="Avec aide", territories=[tilleuls]),
        email="aidee@exemple.org",
        actor=elsa,
        at=now,
        first_name="A",
        last_name="B",
        function="C",
    )
    idea = actions.propose_adaptation(
        name="Une idée", territories=[tilleuls], organisation=jardins, words="Et si ?", actor=elsa, at=now
    )
    request_for(gathering.version, organisation=OrganisationFactory(), at=now)
    edited = national(publish=False, articles=[*second, {**ARTICLES[0], "key": "neuf", "title": "Neuf"}])
    claimed = OrganisationFactory(name="À confirmer", claimed=True, territories=[tilleuls])
    MembershipFactory(organisation=claimed, manager=True)
    rows = {
        "idea": {"slug": idea.slug},
        "adopted": {"slug": text.adaptation.slug},
        "draft": {"slug": draft.adaptation.slug, "key": "pourquoi", "pk": remark.pk},
        "national": {"key": "neuf"},
        "signature": {"token": signature.token},
        "gathering": {"uuid": gathering.uuid},
        "helped": {"uuid": helped.uuid},
        "pair": {"uuid": entraide.uuid, "other": jardins.uuid},
        "entraide": {"uuid": entraide.uuid},
        "empty": {"uuid": OrganisationFactory(name="Sans personne", territories=[tilleuls]).uuid},
        "membership": {"uuid": entraide.uuid, "pk": entraide.memberships.get().pk},
        "claimed": {"uuid": claimed.uuid},
        "mandate": {"uuid": claimed.uuid, "pk": MandateFactory(organisation=claimed).pk},
    }
    assert edited.articles.filter(key="neuf").exists()
    assert Remark.objects.unanswered().exists()
    return rows, {"entraide": str(entraide.uuid)}


def test_every_address_that_changes_something_is_in_the_table(sign_in, gael):
    client = sign_in(gael)
    served = set()
    for name, _pattern in routes(get_resolver().url_patterns):
        if name.startswith(OF_ONESELF) or name in FOR_ANYBODY or name in MAY:
            continue
        served.add(name)
    undeclared = set()
    for name in served:
        path = _any_address(name)
        if path and client.post(path).status_code != 405:
            undeclared.add(name)
    assert undeclared == set(), "say in MAY, or in FOR_ANYBODY, who may post there"


def _any_address(name):
    from tests.architecture.test_access import address

    try:
        return address(name)[0]
    except StopIteration:
        return None


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_is_not_in_the_table_changes_nothing(request, town, persona):
    rows, words = town
    somebody = request.getfixturevalue(persona)
    served = {name: pattern for name, pattern in routes(get_resolver().url_patterns)}
    assert set(MAY) <= set(served), set(MAY) - set(served)
    client = Client()
    if somebody.is_authenticated:
        client.force_login(somebody)
    before = checksum()
    for name, (allowed, row, sent) in MAY.items():
        wanted = {key: rows[row][key] for key in served[name].converters} if row else {}
        path = reverse(name, kwargs=wanted)
        sent = {key: words.get(value, value) for key, value in sent.items()}
        with transaction.atomic():
            answer = client.post(path, sent)
            assert answer.status_code < 500, path
            if persona in allowed:
                assert not is_refused(answer), f"{persona} may, and is refused at {path}: {answer.status_code}"
            else:
                assert is_refused(answer), f"{persona} may not, and reaches {path}: {answer.status_code}"
            transaction.set_rollback(persona in allowed)
        if persona not in allowed:
            assert checksum() == before, f"{persona} was refused at {path}, and something changed"
