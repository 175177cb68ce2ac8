"""Looking back on a cooperation: its partners' and residents' words; then its story, on the guide's grid."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..models import CaseStudyDraft, Cooperation, Partner, Review, ReviewAnswer, Side
from ..permissions import can_lead, mine_in
from .cooperations import locked

QUESTIONS = ("trust", "sharing", "load", "residents")
TOLD = (Cooperation.Stage.ASSESSED, Cooperation.Stage.RENEWED, Cooperation.Stage.ENDED)


class StoryHasChanged(ValidationError):
    """Somebody saved other words meanwhile; ``story`` is the row as it is now."""

    def __init__(self, story):
        super().__init__(_("Quelqu’un a écrit pendant ce temps. Relisez, puis enregistrez de nouveau."))
        self.story = story


@transaction.atomic
def open_review(cooperation, *, actor, at):
    """Ask each partner for its view; one at a time."""
    cooperation = locked(cooperation, actor)
    try:
        with transaction.atomic():
            review = Review.objects.create(cooperation=cooperation, opened_at=at)
    except IntegrityError as error:
        raise ValidationError(_("Un regard est déjà ouvert.")) from error
    record("cooperations.open_review", cooperation, actor=actor, at=at)
    emails.review_opened(review, at=at)
    return review


def _open(review):
    review = Review.objects.select_for_update(of=("self",)).select_related("cooperation").get(pk=review.pk)
    if review.closed_at:
        raise ValidationError(_("Ce regard est clos."))
    return review


@transaction.atomic
def answer_review(review, *, organisation, actor, at, words="", **answers):
    """In the name of ``organisation``, which takes part; may change until it is closed. Nobody else reads it."""
    review = _open(review)
    if not mine_in(actor, review.cooperation).filter(organisation=organisation).exists():
        raise PermissionDenied
    given = {name: answers[name] for name in QUESTIONS}
    answer, _made = ReviewAnswer.objects.update_or_create(
        review=review, organisation=organisation, defaults={**given, "words": words.strip()[:1500]}
    )
    record("cooperations.answer_review", review.cooperation, actor=actor, at=at)
    return answer


@transaction.atomic
def enter_resident_answer(review, *, actor, at, **answers):
    """One sheet that a resident filled on paper, without a name, entered by the lead."""
    review = _open(review)
    if not can_lead(actor, review.cooperation):
        raise PermissionDenied
    answer = ReviewAnswer.objects.create(review=review, **{name: answers[name] for name in QUESTIONS})
    record("cooperations.answer_review", review.cooperation, actor=actor, at=at)
    return answer


@transaction.atomic
def close_review(review, *, changes, actor, at):
    """Close it; ``changes``: what its partners change from now on. The lead may after the end as well."""
    review = _open(review)
    if not mine_in(actor, review.cooperation).filter(role=Partner.Role.LEAD).exists():
        raise PermissionDenied
    review.closed_at, review.changes = at, changes.strip()[:2000]
    review.save(update_fields=["closed_at", "changes"])
    record("cooperations.close_review", review.cooperation, actor=actor, at=at)
    return review


@transaction.atomic
def prepare_story(cooperation, *, actor, at):
    """From an assessed cooperation, in one gesture: a draft of its story on the guide's grid, to be written on.

    The same again gives the draft that is there. Nothing is published: every organisation named will be asked.
    """
    cooperation = Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    if not mine_in(actor, cooperation).exists():
        raise PermissionDenied
    if cooperation.stage not in TOLD:
        raise ValidationError(_("On raconte une coopération après son bilan."))
    found = CaseStudyDraft.objects.filter(cooperation=cooperation).first()
    if found:
        return found
    story = CaseStudyDraft.objects.create(cooperation=cooperation, prepared_at=at, **_told(cooperation))
    record("cooperations.prepare_story", cooperation, actor=actor, at=at)
    return story


def _told(cooperation):
    places = ", ".join(f"{place.name} ({place.vintage or place.code})" for place in cooperation.territories.all())
    partners = cooperation.partners.accepted().select_related("organisation").order_by("role", "pk")
    findings = list(cooperation.findings.all())
    return {
        "context": places,
        "partners": "\n".join(f"{one.organisation.name} ({one.get_role_display()})" for one in partners),
        "motivations": "\n\n".join(filter(None, [cooperation.aim, cooperation.needs])),
        "ways_of_working": "\n".join(filter(None, [cooperation.get_form_display(), cooperation.get_depth_display()])),
        "results_obtained": cooperation.results_obtained,
        "results_expected": cooperation.results_expected,
        "brakes": "\n".join(f"- {one.words}" for one in findings if one.side == Side.BRAKE),
        "levers": "\n".join(f"- {one.words}" for one in findings if one.side == Side.LEVER),
    }


@transaction.atomic
def edit_story(story, *, number, actor, at, **fields):
    """Write on the draft, over the text whose ``number`` the writer had before their eyes. Raises StoryHasChanged."""
    story = CaseStudyDraft.objects.select_for_update(of=("self",)).select_related("cooperation").get(pk=story.pk)
    if not mine_in(actor, story.cooperation).exists():
        raise PermissionDenied
    if number != story.number:
        raise StoryHasChanged(story)
    for name in CaseStudyDraft.FIELDS:
        if name in fields:
            setattr(story, name, fields[name])
    story.number += 1
    story.full_clean(exclude=["cooperation"])
    story.save()
    record("cooperations.edit_story", story.cooperation, actor=actor, at=at)
    return story
