"""What somebody may not see is on no address that answers them, in no file, search or message: by a unique word."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from maillage.charters import actions
from maillage.charters.models import Article, CharterVersion, Signature, TerritorialAdaptation
from maillage.messaging.models import Message
from maillage.organisations.models import Mandate, Organisation
from tests.architecture.test_access import PLAUSIBLE, routes
from tests.factories.charters import on_paper, signed
from tests.factories.organisations import OrganisationFactory

from .scene import build_scene

pytestmark = pytest.mark.django_db
SPACE, PROMOTERS = {"amina", "bruno", "elsa"}, {"bruno", "elsa"}
SEEN_BY = {
    "motbrouillon": PROMOTERS,
    "motouvert": SPACE,
    "motidee": SPACE,
    "motremarque": SPACE,
    "motdecision": PROMOTERS,
    "motnational": {"gael"},
    "motlieu": {"elsa"},
    "motorganisation": set(),
    "motfonction": {"amina", "elsa"},
    "motsignataire": PROMOTERS,
    "motretrait": PROMOTERS,
    "motdemande": set(),
}
"""Each word stands in one kind of row, that only these personas may read."""
LOOKED_AT_AS = ("djibril", "fatou", "hugo", "gael", "ines", "amina", "bruno")
MADE_SLOWLY = ("pdf", "sheet", "certificate")
HOLD_A_SECRET_LINK = {
    # Whoever has the address has received it, or has just made what it shows: it cannot be guessed.
    "charters:adaptation-sign-particulars",
    "charters:confirm-signature",
    "charters:sign-particulars",
    "charters:signature-sent",
}


def mark(scene, now):
    """Writes each word where it must not be found."""

    def adapted(name, word):
        version = scene[name]
        TerritorialAdaptation.objects.filter(pk=version.adaptation_id).update(name=f"{name} {word}")
        CharterVersion.objects.filter(pk=version.pk).update(title=f"{name} {word}")
        Article.objects.filter(version=version, key="avec").update(text=f"Texte {word}.", plain_language=word)

    adapted("to_bring", "motbrouillon")
    adapted("open", "motouvert")
    TerritorialAdaptation.objects.filter(pk=scene["idea"].pk).update(name="Idée motidee")
    scene["idea"].events.update(reason="Pour motidee.")
    scene["remark"].text = "Dire motremarque."
    scene["remark"].save()
    actions.answer_remark(scene["remark"], answer="Répondre motremarque.", actor=scene["elsa"], at=now)
    change = scene["brought"].national_changes.get(key="avec")
    actions.rewrite_change(
        change, title="Autre", text="motdecision", reason="motdecision", actor=scene["elsa"], at=now
    )
    Article.objects.filter(version=scene["draft"], key="avec").update(text="Texte motnational.")
    CharterVersion.objects.filter(pk=scene["draft"].pk).update(title="motnational")
    gathering = on_paper(actor=scene["elsa"], version=scene["second"], at=now, sheet=b"%PDF-1.7\n% 2\n%%EOF\n")
    gathering.place = "Salle motlieu"
    gathering.save()
    scene["hidden"] = OrganisationFactory(name="Cachée", draft=True, territories=[scene["tilleuls"]])
    Organisation.objects.filter(pk=scene["hidden"].pk).update(name="motorganisation", search_name="motorganisation")
    Mandate.objects.filter(organisation=scene["entraide"]).update(function="motfonction")
    scene["unlisted"] = signed(
        scene["second"],
        organisation=scene["jardins"],
        email="bruno@exemple.org",
        is_listed=False,
        first_name="motsignataire",
        function="motsignataire",
    )
    actions.withdraw_signature(
        Signature.objects.get(version=scene["adopted"]), actor=scene["bruno"], at=now, reason="motretrait"
    )
    scene["request"].first_name = scene["request"].function = "motdemande"
    scene["request"].email = "motdemande@exemple.org"
    scene["request"].save()


def candidates(scene):
    """What stands in addresses, by its name: rows that the words are in, and neighbours."""
    organisations = [scene[name] for name in ("entraide", "jardins", "hidden")]
    texts = [scene[name].adaptation.slug for name in ("to_bring", "open", "brought", "adopted")]
    return {
        "slug": [*texts, scene["idea"].slug, *(organisation.slug for organisation in organisations)],
        "uuid": [*(o.uuid for o in organisations), scene["gathering"].uuid, scene["amina"].uuid, scene["bruno"].uuid],
        "other": [scene["one"].uuid],
        "token": [scene["unlisted"].token, scene["national_signature"].token, scene["confirm_token"]],
        "link": [scene["renewal_link"]],
        "code": [scene["tilleuls"].slug],
        "key": ["avec"],
        "number": [1, 2, 3],
        "before": [1, 2],
        "after": [2, 3],
        "pk": [scene["mandate"].pk, scene["remark"].pk],
    }


def addresses(scene):
    known = candidates(scene)
    for name, pattern in routes(get_resolver().url_patterns):
        if name in HOLD_A_SECRET_LINK or name.startswith(("mfa_", "openid", "demo:", "account_", "ui:")):
            continue
        keys = list(pattern.converters)
        for turn in range(max([len(known.get(key, PLAUSIBLE)) for key in keys] or [1])):
            values = {key: (known.get(key, PLAUSIBLE) * 8)[turn] for key in keys}
            try:
                yield name, reverse(name, kwargs=values)
            except NoReverseMatch:
                continue
    for word in SEEN_BY:
        for page in ("recherche/", "annuaire/", "charte/signataires/", "charte/signer/", "charte/signataires.csv"):
            yield "search", f"/{page}?q={word}"
    for page in (
        "",
        "reports/site-history/",
        "messages/",
        "networks/",
        "pages/",
        "reports/locked/",
        "api/main/pages/",
    ):
        yield "back office", f"/gestion/{page}"
    for slug in known["slug"][:3]:
        yield "a version by its number", f"/charte/adaptations/{slug}/?version=1"
        yield "a version by its number", f"/charte/adaptations/{slug}/differences/?version=1"


def words_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


@pytest.mark.parametrize("persona", LOOKED_AT_AS)
def test_a_word_that_is_not_theirs_is_nowhere(request, persona, now):
    scene, client, found, tried = build_scene(request), Client(), [], 0
    mark(scene, now)
    somebody = scene[persona]
    if somebody.is_authenticated:
        client.force_login(somebody)
    hidden = [word for word, seen_by in SEEN_BY.items() if persona not in seen_by]
    for name, address in addresses(scene):
        if any(slow in name for slow in MADE_SLOWLY) and "gathering" not in name:
            continue
        answer = client.get(address)
        tried += 1
        content = words_of(answer).replace(f"?q={address.partition('?q=')[2]}", "").lower()
        found += [f"{word}: {name} {address}" for word in hidden if word in content and f"q={word}" not in address]
        if "q=" in address:
            found += [f"{word}: {address}" for word in hidden if f">{word}" in content]
    assert not found, "\n".join(found)
    assert tried > 150


@pytest.mark.parametrize("persona", ["djibril", "fatou", "hugo", "chloe", "gael"])
def test_no_pdf_of_a_text_that_is_not_theirs(request, persona, now):
    scene, client = build_scene(request), Client()
    if scene[persona].is_authenticated:
        client.force_login(scene[persona])
    for name in ("open", "to_bring", "brought", "ready"):
        for page in ("charte.pdf", "feuille.pdf", "charte.pdf?version=1", "signer/", "differences/", "atelier/"):
            address = f"/charte/adaptations/{scene[name].adaptation.slug}/{page}"
            assert client.get(address).status_code in {302, 403, 404}, address
    assert client.get("/charte/versions/3/").status_code == (200 if persona == "gael" else 404)


def test_no_message_carries_a_word_to_somebody_who_may_not_read_it(request, now):
    scene = build_scene(request)
    mark(scene, now)
    people = {
        scene[name].email: name for name in ("amina", "bruno", "chloe", "elsa", "fatou", "gael", "ines", "hugo")
    }
    told = {people[m.recipient] for m in Message.objects.all() if m.recipient in people}
    assert told <= SPACE, "an e-mail to somebody who has no part in it"
    for message in Message.objects.filter(recipient__in=people):
        text = f"{message.subject} {message.body}".lower()
        for word, seen_by in SEEN_BY.items():
            assert word not in text or people[message.recipient] in seen_by, (message.kind, message.recipient, word)
