"""The charter's rows that could leak: drafts, remarks between associations, who asked to sign."""

import datetime

from django.utils import timezone

from maillage.charters import actions
from maillage.charters.models import BorderChange, RegisterEntry
from tests.factories import charters

from .wall_rows import EVERYBODY, LeakRow

PROMOTERS = frozenset({"bruno", "elsa"})
SPACE = frozenset({"amina", "bruno", "elsa"})


def _place(request):
    return {
        "promoter": request.getfixturevalue("jardins"),
        "actor": request.getfixturevalue("elsa"),
        "territory": request.getfixturevalue("tilleuls"),
    }


def national_draft(request):
    return charters.national(publish=False)


def national_text(request):
    return charters.national()


def draft_of_an_adaptation(request):
    return charters.adaptation_draft(**_place(request))


def open_draft_of_an_adaptation(request):
    return charters.adaptation_draft(**_place(request), opened=True)


def adopted_adaptation(request):
    return charters.adopted(**_place(request))


def article_of(make):
    def article(request):
        return make(request).articles.first()

    article.__name__ = f"article_of_{make.__name__}"
    return article


def adaptation_of(make):
    def adaptation(request):
        return make(request).adaptation

    adaptation.__name__ = f"line_of_{make.__name__}"
    return adaptation


def remark(request):
    draft = charters.adaptation_draft(**_place(request), opened=True)
    return actions.make_remark(
        draft,
        organisation=request.getfixturevalue("entraide"),
        text="Entre nous : la mairie ne tiendra pas parole.",
        author=request.getfixturevalue("amina"),
        at=timezone.now(),
    )


def remark_after_adoption(request):
    made = remark(request)
    version = made.version
    actions.answer_remark(made, answer="Nous verrons.", actor=request.getfixturevalue("elsa"), at=timezone.now())
    actions.adopt_adaptation(
        version,
        adopted_on=timezone.localdate(),
        adopted_by="réunion",
        signatures_needed=2,
        review_on=timezone.localdate().replace(year=timezone.localdate().year + 1, day=1),
        actor=request.getfixturevalue("elsa"),
        at=timezone.now(),
    )
    return made


def signature_request(request):
    return charters.request_for(
        charters.national(), organisation=request.getfixturevalue("entraide"), email="amina@exemple.org"
    )


def listed_signature(request):
    return charters.signed(organisation=request.getfixturevalue("entraide"), email="amina@exemple.org")


def concealed_signature(request):
    return charters.signed(
        organisation=request.getfixturevalue("entraide"), email="amina@exemple.org", is_listed=False
    )


def register_entry(request):
    concealed_signature(request)
    return RegisterEntry.objects.get()


def idea(request):
    return actions.propose_adaptation(
        name="Une idée entre nous",
        territories=[request.getfixturevalue("tilleuls")],
        organisation=request.getfixturevalue("jardins"),
        words="La mairie ne doit pas le savoir encore.",
        actor=request.getfixturevalue("elsa"),
        at=timezone.now(),
    )


def event_of_an_idea(request):
    return idea(request).events.get()


def event_of_an_adopted_adaptation(request):
    adaptation = charters.adopted(**_place(request)).adaptation
    day = timezone.localdate() + datetime.timedelta(days=200)
    actions.review_adaptation(
        adaptation,
        outcome="goes_on",
        words="Tout va.",
        next_review_on=day,
        actor=request.getfixturevalue("elsa"),
        at=timezone.now(),
    )
    return adaptation.events.get()


def national_change(request):
    draft = charters.adaptation_draft(**_place(request))
    charters.national(articles=[*charters.ARTICLES[:2], {**charters.ARTICLES[2], "text": "Autrement."}])
    actions.bring_national_changes(draft, actor=request.getfixturevalue("elsa"), at=timezone.now())
    return draft.national_changes.get()


def gathering(request):
    return charters.on_paper(actor=request.getfixturevalue("elsa"), organisation=request.getfixturevalue("entraide"))


def border_change(request):
    former = request.getfixturevalue("tilleuls")
    return BorderChange.objects.create(
        former=former, organisation=request.getfixturevalue("entraide"), noticed_at=timezone.now()
    )


ROWS = {
    "charters.BorderChange": [
        LeakRow(border_change, frozenset({"amina", "elsa"}), "what its coordination decides, and whom it concerns"),
    ],
    "charters.AdaptationEvent": [
        LeakRow(event_of_an_idea, SPACE, "an idea stays between the territory's associations"),
        LeakRow(event_of_an_adopted_adaptation, EVERYBODY, "the life of an adopted adaptation is public"),
    ],
    "charters.NationalChange": [LeakRow(national_change, PROMOTERS, "as the draft it is decided for")],
    "charters.Gathering": [LeakRow(gathering, frozenset({"elsa"}), "a signed sheet: names, hand-written signatures")],
    "charters.CharterVersion": [
        LeakRow(national_draft, frozenset({"gael"}), "a national draft is the editors' alone"),
        LeakRow(national_text, EVERYBODY, "a published text is public"),
        LeakRow(draft_of_an_adaptation, PROMOTERS, "before it is opened, a draft is its promoters'"),
        LeakRow(open_draft_of_an_adaptation, SPACE, "open to remarks: between the territory's associations"),
        LeakRow(adopted_adaptation, EVERYBODY, "an adopted text is public"),
    ],
    "charters.Article": [
        LeakRow(article_of(national_draft), frozenset({"gael"}), "as its version"),
        LeakRow(article_of(open_draft_of_an_adaptation), SPACE, "as its version"),
        LeakRow(article_of(adopted_adaptation), EVERYBODY, "as its version"),
    ],
    "charters.TerritorialAdaptation": [
        LeakRow(idea, SPACE, "an idea stays between the territory's associations"),
        LeakRow(adaptation_of(draft_of_an_adaptation), PROMOTERS, "its very existence is its promoters'"),
        LeakRow(adaptation_of(open_draft_of_an_adaptation), SPACE, "as its version"),
        LeakRow(adaptation_of(adopted_adaptation), EVERYBODY, "as its version"),
    ],
    "charters.Remark": [
        LeakRow(remark, SPACE, "what associations write to each other"),
        LeakRow(remark_after_adoption, SPACE, "the adopted text is public; the remarks stay between associations"),
    ],
    "charters.SignatureRequest": [LeakRow(signature_request, frozenset(), "only the link opens a request")],
    "charters.Signature": [
        LeakRow(listed_signature, EVERYBODY, "a signature is public"),
        LeakRow(concealed_signature, frozenset({"amina", "elsa"}), "its organisation chose not to be listed"),
    ],
    "charters.RegisterEntry": [LeakRow(register_entry, EVERYBODY, "the register is public and names no person")],
}
