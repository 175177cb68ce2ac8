"""What is written in groups, texts, cooperations, loans and look backs is on no address of anybody else's."""

import datetime
import itertools

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from maillage.agreements.models import Agreement, Attachment, ChangeRequest, Clause
from maillage.cooperations.models import Contribution, Finding, JournalEntry
from maillage.evaluation.models import LookBack
from maillage.events.models import DateChange, Event, ImportedFeed
from maillage.groups.models import ActionPoint, AgendaItem, Decision, Meeting, ResidentSeat, Statement
from maillage.participation.models import HeardNeed, ResidentVoice
from maillage.resources.models import Loan, Need
from tests.architecture.test_access import routes

from .scene import build_scene
from .test_side_doors import words_of

pytestmark = pytest.mark.django_db
OURS = (
    "agreements:",
    "alerts:",
    "groups:",
    "drafting:",
    "cooperations:",
    "resources:",
    "evaluation:",
    "events:",
    "participation:",
    "dashboard:",
    "directory:",
    "digest:",
)
INSIDE = {"amina", "bruno", "elsa"}
SEEN_BY = {
    "motcompterendu": INSIDE,
    "motaction": INSIDE,
    "motsiege": INSIDE,
    "motproposition": INSIDE,
    "motobjection": INSIDE,
    "motjournal": INSIDE,
    "motapport": INSIDE,
    "motfrein": INSIDE,
    "motmessagedepret": INSIDE,
    "motbesoin": INSIDE,
    "motregard": {"amina"},
    "motagenda": INSIDE,
    "motconvention": {"amina", "bruno"},
    "motalerte": {"amina", "elsa"},
    "motparole": {"elsa"},
    "motpartage": INSIDE,
    "motentendu": INSIDE,
    "motdate": INSIDE,
    "motcalendrier": {"amina", "elsa"},
}
MOST_A_ROUTE = 26


def mark(scene):
    """Writes each word in a row of the subject, whoever it belongs to in the scene."""
    ResidentVoice.objects.update(words="Dire motparole.")
    ResidentVoice.objects.exclude(shared_at=None).update(shared_words="Dire motpartage.")
    HeardNeed.objects.filter(released_at=None).update(wording="motentendu")
    AgendaItem.objects.update(notes="Dire motcompterendu.")
    ActionPoint.objects.update(wording="Faire motaction")
    ResidentSeat.objects.update(name="motsiege")
    Decision.objects.update(title="motproposition", proposal="motproposition", search_text="motproposition")
    Statement.objects.update(text="Non : motobjection.")
    JournalEntry.objects.update(text="Écrire motjournal.", shared_at=None)
    Contribution.objects.update(words="motapport")
    Finding.objects.update(words="motfrein")
    Loan.objects.update(message="motmessagedepret", out_state="motmessagedepret")
    Need.objects.update(title="motbesoin", words="motbesoin")
    Agreement.objects.update(title="motconvention", end_words="motconvention")
    Clause.objects.update(text="motconvention")
    ChangeRequest.objects.update(words="motconvention")
    Attachment.objects.update(title="motconvention")
    Event.objects.update(title="motagenda", description="motagenda", place="motagenda", cancel_words="motagenda")
    DateChange.objects.update(words="motdate")
    ImportedFeed.objects.update(name="motcalendrier", fault="motcalendrier")
    LookBack.objects.filter(organisation=scene["entraide"]).update(change="motregard", need="motregard")


def candidates(scene):
    """What stands in the addresses of these subjects: rows of the scene, the ones that hold the words first."""
    days = [*Meeting.objects.order_by("date").values_list("date", flat=True), datetime.date(2026, 1, 1)]
    numbers = [
        *(scene[name].pk for name in ("consent", "objected", "noted", "vote", "poll", "point", "item", "entry")),
        *(scene[name].pk for name in ("statement", "reading", "own_part", "milestone", "photo", "slot")),
    ]
    return {
        "slug": [
            *(scene[name].slug for name in ("group", "cooperation", "told", "looked_at", "entraide", "tilleuls")),
        ],
        "date": days,
        "uuid": [
            *(scene[name].uuid for name in ("room", "need", "asked", "running", "closed", "to_show", "entraide")),
            *(scene[name].uuid for name in ("alert", "voice", "shared_voice", "voiced_need")),
            *(scene[name].uuid for name in ("agreement_draft", "agreement_to_sign", "agreement_signed")),
            *(scene[name].uuid for name in ("event", "series", "cancelled_event", "feed")),
            *(scene[name].uuid for name in ("loan_asked", "loan_accepted", "loan_out", "loan_back")),
        ],
        "pk": numbers,
        "statement": [scene["statement"].pk],
        "number": [1, 2, 3],
        "year": [days[-2].year],
        "code": [scene["tilleuls"].slug],
        "day": [scene["series"].starts_on],
        "token": ["0" * 32],
        "link": ["faux"],
        "key": ["avec"],
        "attachment": [scene["attachment"].uuid],
    }


def addresses(scene):
    known = candidates(scene)
    for name, pattern in routes(get_resolver().url_patterns):
        if not name.startswith(OURS):
            continue
        keys = list(pattern.converters)
        values = itertools.product(*(known.get(key, [1]) for key in keys))
        for found in itertools.islice(values, MOST_A_ROUTE * max(1, len(keys))):
            try:
                yield name, reverse(name, kwargs=dict(zip(keys, found, strict=True)))
            except NoReverseMatch:
                continue
    for word in SEEN_BY:
        for page in ("recherche/", "annuaire/", "cooperations/", "ressources/", "cooperations/cooperations.csv"):
            yield "search", f"/{page}?q={word}"


@pytest.mark.parametrize("persona", ["djibril", "fatou", "hugo", "chloe", "amina"])
def test_a_word_that_is_not_theirs_is_nowhere(request, persona):
    scene, client, found, tried = build_scene(request), Client(), [], 0
    mark(scene)
    if scene[persona].is_authenticated:
        client.force_login(scene[persona])
    hidden = [word for word, seen_by in SEEN_BY.items() if persona not in seen_by]
    met = set()
    for name, address in addresses(scene):
        answer = client.get(address)
        if answer.status_code == 404:
            continue
        tried += 1
        # Read whatever it is: a file is closed once it was read.
        content = words_of(answer).lower()
        content = "" if "pdf" in answer.get("Content-Type", "") else content
        if "q=" in address:
            found += [f"{word}: {address}" for word in hidden if f">{word}" in content]
            continue
        found += [f"{word}: {name} {address}" for word in hidden if word in content]
        met |= {word for word in SEEN_BY if word in content}
    assert not found, "\n".join(found)
    if persona == "amina":
        # The same walk, by somebody who is inside, meets them: the walk passes where the words are.
        theirs = {word for word, seen_by in SEEN_BY.items() if persona in seen_by}
        assert met == theirs, theirs - met
    assert tried > 20
