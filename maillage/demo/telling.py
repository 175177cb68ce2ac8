"""What associations of the town tell of what they did: four case studies published, one waiting, one refused."""

import datetime
import tomllib
from pathlib import Path

from django.utils import timezone

from maillage.cooperations.actions import prepare_story
from maillage.cooperations.models import Cooperation
from maillage.editorial import actions
from maillage.editorial.fields import framed
from maillage.editorial.models import (
    CaseFinding,
    CaseName,
    CasesSection,
    CaseStudy,
    CaseTerritory,
    NewsPage,
    NewsSection,
)
from maillage.editorial.models.pages import NewsTerritory, section
from maillage.organisations.queries import managers_of

from .lasting import fresh


def tell_stories(story):
    """Each case of `stories.toml`: from its cooperation, or written by the editor; asked, answered, published."""
    told = tomllib.loads((Path(__file__).parent / "stories.toml").read_text())
    for row in told["cases"]:
        _tell(story, row)
    for row in told["news"]:
        _announce(story, row)
    shown = CaseStudy.objects.get(title=told["cases"][0]["title"])
    story.say("Quatre pratiques racontées, chaque organisation nommée d’accord", shown)
    story.say("… une attend un accord, une autre a été refusée : elles ne paraissent pas", "editorial:case-list")
    story.say("… et le guide, qui les rassemble, s’emporte en PDF accessible", "editorial:guide")


def _tell(story, row):
    gael = fresh(story.people["gael"])
    at = datetime.datetime.combine(row["at"], datetime.time(9), datetime.UTC)
    if source := row.get("cooperation"):
        lead = fresh(story.association(row["names"][0])["user"])
        draft = prepare_story(Cooperation.objects.get(title=source), actor=lead, at=at)
        case = CaseStudy.objects.get(pk=actions.tell_cooperation(draft, actor=lead, at=at).pk)
        case = case.get_latest_revision_as_object()
    else:
        case = CaseStudy(title=row["title"], slug=actions.free_slug(row["title"]), live=False, owner=gael)
        case.names = [CaseName(organisation=story.organisations[name]) for name in row["names"]]
        case.places = [CaseTerritory(territory=story.places[code]) for code in row["places"]]
    _write(case, row)
    if case.pk:
        case.save()
    else:
        section(CasesSection).add_child(instance=case)
    case.save_revision(user=gael)
    case = CaseStudy.objects.get(pk=case.pk)
    for assent in actions.ask_assents(case, actor=gael, at=at):
        _answer(row, assent, at + datetime.timedelta(days=2))
    if row["end"] == "published":
        case = actions.publish_case(case, actor=gael, at=at + datetime.timedelta(days=3))
        _date(CaseStudy, case, at + datetime.timedelta(days=3))


def _write(case, row):
    for name, words in row["words"].items():
        setattr(case, name, words.strip())
    case.title, case.themes, case.forms = row["title"], framed(row["themes"]), framed(row["forms"])
    case.findings = [CaseFinding(side=side, family=family, words=words) for side, family, words in row["findings"]]


def _answer(row, assent, at):
    """Everybody agrees, but the last named where the row says otherwise."""
    is_last = assent.name == row["names"][-1]
    if row["end"] == "waiting" and is_last:
        return
    agrees = not (row["end"] == "refused" and is_last)
    # Some were handed over in the story: who manages today answers.
    user = managers_of(assent.organisation).first()
    words = "" if agrees else row["why"]
    actions.answer_assent(assent, agrees=agrees, words=words, fingerprint=assent.fingerprint, actor=user, at=at)


def _announce(story, row):
    page = NewsPage(title=row["title"], slug=row["slug"], summary=row["summary"], live=False)
    page.places = [NewsTerritory(territory=story.places[code]) for code in row["places"]]
    section(NewsSection).add_child(instance=page)
    page.save_revision().publish()
    _date(NewsPage, page, datetime.datetime.combine(row["at"], datetime.time(9), datetime.UTC))


def _date(model, page, at):
    """The story's own moment, where Wagtail notes the clock's."""
    model.objects.filter(pk=page.pk).update(
        first_published_at=at, last_published_at=at, review_on=timezone.localdate(at) + actions.REVIEW_AFTER
    )
