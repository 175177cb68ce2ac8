"""A case study from a cooperation, a cooperation from a case study; those to be read again."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.actions import propose_cooperation
from maillage.cooperations.models import CaseStudyDraft, Side
from maillage.journal.actions import record

from ..fields import framed, split
from ..models import CaseFinding, CaseName, CasesSection, CaseStudy, CaseTerritory
from ..models.pages import section
from ..permissions import can_tell

REVIEW_AFTER = datetime.timedelta(days=2 * 365)
"""A published case is read again after two years."""


class AlreadyEdited(ValidationError):
    """Editors have taken the case over: its words are theirs to change."""


@transaction.atomic
def tell_cooperation(story, *, actor, at):
    """From the story of an assessed cooperation, in one gesture: a draft case study, that names every partner.
    Called again before anybody else wrote on it, brings the story's newer words. Returns the case.
    """
    story = CaseStudyDraft.objects.select_for_update(of=("self",)).select_related("cooperation").get(pk=story.pk)
    if not can_tell(actor, story.cooperation):
        raise PermissionDenied
    case = CaseStudy.objects.filter(cooperation=story.cooperation).first()
    if case is None:
        case = _started(story, actor)
    elif case.live or case.revisions.exclude(user=case.owner).exists() or case.assents.exists():
        raise AlreadyEdited(_("La rédaction s’occupe déjà de ce récit : écrivez-lui pour le changer."))
    else:
        case = case.get_latest_revision_as_object()
        _keep_words(case, story)
    case.save_revision(user=actor)
    record("editorial.tell", case, actor=actor, at=at)
    return case


def _started(story, actor):
    cooperation = story.cooperation
    case = CaseStudy(
        title=cooperation.title,
        slug=free_slug(cooperation.title),
        summary=cooperation.aim[:400],
        cooperation=cooperation,
        owner=actor,
        live=False,
        themes=framed([row.theme for row in cooperation.themes.all()]),
        forms=framed([cooperation.form]),
    )
    _keep_words(case, story)
    case.places = [CaseTerritory(territory=place) for place in cooperation.territories.all()]
    partners = cooperation.partners.accepted().select_related("organisation").order_by("role", "pk")
    case.names = [CaseName(organisation=one.organisation) for one in partners]
    case.findings = [
        CaseFinding(side=one.side, family=one.family, words=one.words) for one in cooperation.findings.all()
    ]
    # Two at once: the section's row is taken first, the place in the tree is counted from there.
    parent = CasesSection.objects.select_for_update(of=("self",)).get(pk=section(CasesSection).pk)
    return parent.add_child(instance=case)


def _keep_words(case, story):
    for name in CaseStudyDraft.FIELDS:
        setattr(case, name, getattr(story, name))


def free_slug(title):
    """An address under /pratiques/ that nobody has yet."""
    slug = slugify(title)[:60].strip("-") or "pratique"
    taken = slug in {"flux", "accords", "images"} or CaseStudy.objects.filter(slug=slug).exists()
    return f"{slug}-{get_random_string(5, 'abcdefghijkmnpqrstuvwxyz23456789')}" if taken else slug


@transaction.atomic
def copy_into_cooperation(case, *, organisation, territories, actor, at):
    """'We could do this here': an idea of a cooperation, with the case's needs, form and themes; its words say where
    it comes from. Returns the cooperation.
    """
    if not case.live:
        raise PermissionDenied
    forms = split(case.forms)
    cooperation = propose_cooperation(
        organisation=organisation,
        territories=territories,
        themes=split(case.themes),
        title=case.title[:140],
        aim=case.summary or case.motivations[:2000] or case.title,
        needs=case.motivations[:1500],
        form=forms[0] if forms else "project",
        actor=actor,
        at=at,
    )
    for one in case.findings.all():
        if one.side == Side.LEVER:
            cooperation.findings.create(side=one.side, family=one.family, words=one.words)
    record("editorial.copy", case, actor=actor, at=at)
    return cooperation


def follow_cases(*, at):
    """Each day: a published case without a day to be read again gets one, two years after its publication."""
    day = timezone.localdate(at)
    for case in CaseStudy.objects.live().filter(review_on=None, last_published_at__isnull=False)[:200]:
        review_on = timezone.localdate(case.last_published_at) + REVIEW_AFTER
        CaseStudy.objects.filter(pk=case.pk).update(review_on=max(review_on, day))
