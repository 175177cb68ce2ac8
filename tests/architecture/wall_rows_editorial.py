"""Rows of case studies, news and the guide that could leak. Entraide is named in a draft, and was asked."""

from django.utils import timezone

from maillage.editorial.models import CaseReading, CasesSection, Comment, Guide, GuideChapter, NewsSection, SavedPage
from maillage.editorial.models.pages import section
from tests.factories.editorial import agree_to_all, case_study, news

from .wall_rows import EVERYBODY, LeakRow

EDITOR = frozenset({"gael"})
NAMED = EDITOR | {"amina"}


def _get(request, name):
    return request.getfixturevalue(name)


def draft(request, **fields):
    case = case_study(
        names=[_get(request, "entraide")],
        territories=[_get(request, "tilleuls")],
        findings=[("brake", "trust", "La confiance.")],
        **fields,
    )
    agree_to_all(case, state="asked")
    return case


def draft_of_the_prefecture(request):
    case = case_study(names=[_get(request, "prefecture")], territories=[_get(request, "tilleuls")])
    agree_to_all(case, state="asked")
    return case


def draft_by_bruno(request):
    return case_study(owner=_get(request, "bruno"))


def published(request):
    return case_study(territories=[_get(request, "tilleuls")], findings=[("lever", "trust", "Oui.")], live=True)


def assent(request):
    return draft(request).assents.get()


def assent_of_the_prefecture(request):
    return draft_of_the_prefecture(request).assents.get()


def reading(request):
    case = draft(request)
    return CaseReading.objects.create(case=case, fingerprint="0" * 64, read_at=timezone.now())


def chapter_draft(request):
    chapter = GuideChapter(title="À venir", slug="a-venir", live=False)
    section(Guide).add_child(instance=chapter)
    return chapter


def kept(request):
    return SavedPage.objects.create(user=_get(request, "chloe"), page=published(request), saved_at=timezone.now())


def comment(request, state="waiting"):
    return Comment.objects.create(
        page=published(request),
        author=_get(request, "chloe"),
        name="C.",
        text="Non.",
        state=state,
        written_at=timezone.now(),
    )


ROWS = {
    "editorial.CaseStudy": [
        LeakRow(draft, NAMED, "its editors, and who is named: never the rest of the territory"),
        LeakRow(draft_of_the_prefecture, EDITOR, "even a public partner that it names"),
        LeakRow(draft_by_bruno, EDITOR | {"bruno"}, "and who wrote it"),
        LeakRow(published, EVERYBODY, "published"),
    ],
    "editorial.CaseName": [LeakRow(lambda request: draft(request).names.get(), NAMED, "as the case")],
    "editorial.CaseTerritory": [LeakRow(lambda request: draft(request).places.get(), NAMED, "as the case")],
    "editorial.CaseFinding": [
        LeakRow(lambda request: draft(request).findings.get(), NAMED, "as the case"),
        LeakRow(lambda request: published(request).findings.get(), EVERYBODY, "published with it"),
    ],
    "editorial.Assent": [
        LeakRow(assent, NAMED, "of one's own organisation, and the editors"),
        LeakRow(assent_of_the_prefecture, EDITOR | {"fatou"}, "what it was asked itself", of_the_partner=True),
    ],
    "editorial.CaseReading": [LeakRow(reading, EDITOR, "moderation is the editors' affair")],
    "editorial.Guide": [LeakRow(lambda request: section(Guide), EVERYBODY, "published")],
    "editorial.CasesSection": [LeakRow(lambda request: section(CasesSection), EVERYBODY, "published")],
    "editorial.NewsSection": [LeakRow(lambda request: section(NewsSection), EVERYBODY, "published")],
    "editorial.GuideChapter": [LeakRow(chapter_draft, EDITOR, "a draft of the editors")],
    "editorial.NewsPage": [
        LeakRow(lambda request: news(live=False), EDITOR, "a draft of the editors"),
        LeakRow(lambda request: news(), EVERYBODY, "published"),
    ],
    "editorial.NewsTerritory": [
        LeakRow(
            lambda request: news(territories=[_get(request, "tilleuls")], live=False).places.get(),
            EDITOR,
            "as the news",
        ),
    ],
    "editorial.SavedPage": [LeakRow(kept, frozenset({"chloe"}), "what one reads is one's own affair")],
    "editorial.Comment": [
        LeakRow(comment, EDITOR | {"chloe"}, "not read by anybody yet"),
        LeakRow(lambda request: comment(request, "shown"), EVERYBODY, "let through"),
    ],
}
