"""Rows of cooperations that could leak. Entraide leads one in Les Tilleuls."""

from maillage.cooperations.models import CaseStudyDraft, Contribution, Finding, ReviewAnswer
from tests.factories.cooperations import CooperationFactory
from tests.factories.organisations import OrganisationFactory

from .wall_rows import EVERYBODY, LeakRow

INSIDE = frozenset({"amina", "elsa"})
ON_THE_TERRITORY = frozenset({"amina", "bruno", "elsa"})


def _get(request, name):
    return request.getfixturevalue(name)


def cooperation(request, **fields):
    return CooperationFactory(partners=[_get(request, "entraide")], territories=[_get(request, "tilleuls")], **fields)


def published(request):
    return cooperation(request, published=True)


def with_the_prefecture(request):
    partners = [_get(request, "entraide"), _get(request, "prefecture")]
    return CooperationFactory(partners=partners, territories=[_get(request, "tilleuls")])


def elsewhere(request):
    return CooperationFactory(territories=[_get(request, "ailleurs")])


def theme(request):
    return cooperation(request).themes.create(theme="youth")


def partner(request):
    return cooperation(request).partners.get()


def partner_of_a_published_one(request):
    return published(request).partners.get()


def invited_partner(request):
    made = published(request)
    return made.partners.create(organisation=OrganisationFactory(), state="invited", since=made.created_at)


def invited_prefecture(request):
    made = cooperation(request)
    return made.partners.create(organisation=_get(request, "prefecture"), state="invited", since=made.created_at)


def why_it_stopped(request):
    made = published(request)
    return made.stage_changes.create(
        stage="stopped", words="Nous ne nous entendions plus.", is_private=True, at=made.created_at
    )


def told_stage(request):
    made = published(request)
    return made.stage_changes.create(stage="agreed", words="C’est dit.", at=made.created_at)


def contribution(request):
    return Contribution.objects.create(partner=partner_of_a_published_one(request), kind="euros", amount=500)


def milestone(request):
    return published(request).milestones.create(title="Semer", due_on="2026-03-01")


def entry(request):
    made = with_the_prefecture(request)
    return made.journal.create(text="Ce que nous pensons de la préfecture.", written_at=made.created_at)


def shared_entry(request):
    made = with_the_prefecture(request)
    return made.journal.create(text="Pour vous.", written_at=made.created_at, shared_at=made.created_at)


def finding(request):
    return Finding.objects.create(cooperation=published(request), side="brake", family="trust", words="La confiance.")


def review(request):
    made = published(request)
    return made.reviews.create(opened_at=made.created_at)


def review_answer(request):
    scale = {"trust": "no", "sharing": "no", "load": "no", "residents": "no"}
    return ReviewAnswer.objects.create(review=review(request), organisation=_get(request, "entraide"), **scale)


def story(request):
    made = published(request)
    return CaseStudyDraft.objects.create(cooperation=made, brakes="La confiance.", prepared_at=made.created_at)


ROWS = {
    "cooperations.Cooperation": [
        LeakRow(cooperation, ON_THE_TERRITORY, "between the associations of its territory"),
        LeakRow(published, EVERYBODY, "published by its partners"),
        LeakRow(
            with_the_prefecture,
            ON_THE_TERRITORY | {"fatou"},
            "a public body knows what it takes part in",
            of_the_partner=True,
        ),
        LeakRow(elsewhere, frozenset({"hugo"}), "there, and there alone"),
    ],
    "cooperations.CooperationTheme": [LeakRow(theme, ON_THE_TERRITORY, "as the cooperation itself")],
    "cooperations.Partner": [
        LeakRow(partner, ON_THE_TERRITORY, "who takes part, as the cooperation itself"),
        LeakRow(partner_of_a_published_one, EVERYBODY, "published with it"),
        LeakRow(invited_partner, INSIDE, "who was asked and has not answered is nobody else's affair"),
        LeakRow(invited_prefecture, INSIDE | {"fatou"}, "but the one who was asked", of_the_partner=True),
    ],
    "cooperations.StageChange": [
        LeakRow(why_it_stopped, INSIDE, "why it stopped is private, even where it was published"),
        LeakRow(told_stage, EVERYBODY, "what its partners chose to say"),
    ],
    "cooperations.Contribution": [LeakRow(contribution, INSIDE, "what each brings")],
    "cooperations.Milestone": [LeakRow(milestone, INSIDE, "what they plan")],
    "cooperations.JournalEntry": [
        LeakRow(entry, INSIDE, "the journal, even from a public partner that takes part"),
        LeakRow(shared_entry, INSIDE | {"fatou"}, "a page shared with it", of_the_partner=True),
    ],
    "cooperations.Finding": [LeakRow(finding, INSIDE, "what they learn")],
    "cooperations.Review": [LeakRow(review, INSIDE, "that they look back")],
    "cooperations.ReviewAnswer": [LeakRow(review_answer, frozenset({"amina"}), "one's own answer, and no other")],
    "cooperations.CaseStudyDraft": [LeakRow(story, INSIDE, "until every organisation named agrees")],
}
