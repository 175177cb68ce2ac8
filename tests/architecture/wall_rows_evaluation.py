"""Rows of look backs that could leak. A look back of Les Tilleuls; Entraide answers."""

from django.utils import timezone

from maillage.evaluation.models import CommitmentState, LookBack, Mention, NextStep, PaperCount, PrincipleAnswer
from tests.factories.charters import current_national
from tests.factories.evaluation import campaign_row

from .wall_rows import EVERYBODY, LeakRow

HERE = frozenset({"amina", "bruno", "elsa"})
OWN = frozenset({"amina"})
COORDINATION = frozenset({"elsa"})


def _get(request, name):
    return request.getfixturevalue(name)


def campaign(request, **fields):
    return campaign_row(_get(request, "tilleuls"), **fields)


def shared_campaign(request):
    return campaign(request, closed_at=timezone.now(), shared_at=timezone.now())


def published_campaign(request):
    return campaign(request, closed_at=timezone.now(), published_at=timezone.now())


def national_campaign(request):
    made = campaign_row(None)
    LookBack.objects.create(campaign=made, organisation=_get(request, "boxe"))
    return made


def look_back(request, **fields):
    return LookBack.objects.create(campaign=campaign(request), organisation=_get(request, "entraide"), **fields)


def finished(request):
    return look_back(request, finished_at=timezone.now())


def shared(request):
    return look_back(request, finished_at=timezone.now(), is_shared=True)


def shared_draft(request):
    return look_back(request, is_shared=True)


def _article():
    return current_national().articles.get(key="avec")


def answer(request):
    return PrincipleAnswer.objects.create(look_back=finished(request), article=_article(), state="done")


def mention(request):
    return Mention.objects.create(look_back=finished(request), side="brake", family="time")


def shared_mention(request):
    return Mention.objects.create(look_back=shared(request), side="brake", family="time")


def commitment(request):
    return CommitmentState.objects.create(
        organisation=_get(request, "entraide"),
        article=_article(),
        year=2026,
        state="done",
        changed_at=timezone.now(),
    )


def count(request):
    return PaperCount.objects.create(
        campaign=published_campaign(request), audience="residents", question="together", answer="no", number=2
    )


def step(request):
    return NextStep.objects.create(campaign=campaign(request, closed_at=timezone.now()), text="Se voir")


def step_of_a_shared_one(request):
    return NextStep.objects.create(campaign=shared_campaign(request), text="Se voir")


def adopted_step(request):
    made = published_campaign(request)
    made.adopted_on = timezone.localdate()
    made.save()
    return NextStep.objects.create(campaign=made, text="Se voir")


ROWS = {
    "evaluation.Campaign": [
        LeakRow(campaign, HERE, "a look back stays between the associations of its territory"),
        LeakRow(shared_campaign, HERE | {"fatou"}, "until it is shared with partners", of_the_partner=True),
        LeakRow(published_campaign, EVERYBODY, "or published"),
        LeakRow(national_campaign, frozenset({"gael", "hugo"}), "a national one: editors, and who is asked"),
    ],
    "evaluation.LookBack": [
        LeakRow(look_back, OWN, "one answers for oneself"),
        LeakRow(finished, OWN, "the coordinator does not read it"),
        LeakRow(shared, OWN | COORDINATION, "unless it is shared"),
        LeakRow(shared_draft, OWN, "and finished"),
    ],
    "evaluation.PrincipleAnswer": [LeakRow(answer, OWN, "as the look back")],
    "evaluation.Mention": [
        LeakRow(mention, OWN, "as the look back"),
        LeakRow(shared_mention, OWN | COORDINATION, "as the look back"),
    ],
    "evaluation.CommitmentState": [LeakRow(commitment, OWN, "an organisation's own affair")],
    "evaluation.PaperCount": [LeakRow(count, COORDINATION, "everybody else reads the synthesis")],
    "evaluation.NextStep": [
        LeakRow(step, HERE, "between associations"),
        LeakRow(step_of_a_shared_one, HERE, "and so until the list is adopted"),
        LeakRow(adopted_step, EVERYBODY, "then as the synthesis"),
    ],
}
