"""Proposing a cooperation, saying what it is, moving it from stage to stage, publishing it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation

from .. import emails
from ..models import Cooperation, CooperationTheme, Partner, StageChange
from ..permissions import can_lead, can_take_part

Stage = Cooperation.Stage
NEXT = {
    Stage.IDEA: (Stage.ACQUAINTED,),
    Stage.ACQUAINTED: (Stage.AGREED,),
    Stage.AGREED: (Stage.UNDER_WAY,),
    Stage.UNDER_WAY: (Stage.ASSESSED,),
    Stage.ASSESSED: (Stage.RENEWED, Stage.ENDED),
    Stage.RENEWED: (Stage.ASSESSED,),
}
"""Where a cooperation goes from each stage; it may stop at any moment as well."""
EDITABLE = (
    *("title", "aim", "needs", "form", "depth", "residents", "starts_on", "ends_on"),
    *("results_obtained", "results_expected"),
)


@transaction.atomic
def propose_cooperation(*, organisation, territories, themes=(), actor, at, **fields):
    """An idea, that the associations of ``territories`` may join. ``organisation`` leads it. Returns it."""
    if organisation.pk not in reader_of(actor).association_ids:
        raise PermissionDenied
    cooperation = Cooperation(
        slug=_slug(fields["title"]), created_at=at, **{name: fields[name] for name in EDITABLE if name in fields}
    )
    cooperation.full_clean(exclude=["slug", "territories"])
    cooperation.save()
    cooperation.territories.set(territories)
    _keep_themes(cooperation, themes)
    cooperation.partners.create(
        organisation=organisation,
        role=Partner.Role.LEAD,
        state=Partner.State.ACCEPTED,
        since=at,
        settled_at=at,
    )
    cooperation.stage_changes.create(stage=Stage.IDEA, decided_by=actor, at=at)
    record("cooperations.propose", cooperation, actor=actor, at=at)
    return cooperation


def _slug(title):
    slug = slugify(title)[:60] or "cooperation"
    taken = slug == "nouvelle" or Cooperation.objects.filter(slug=slug).exists()
    return f"{slug}-{get_random_string(5, 'abcdefghijkmnpqrstuvwxyz23456789')}" if taken else slug


def _keep_themes(cooperation, themes):
    cooperation.themes.exclude(theme__in=themes).delete()
    known = set(cooperation.themes.values_list("theme", flat=True))
    CooperationTheme.objects.bulk_create(
        CooperationTheme(cooperation=cooperation, theme=theme)
        for theme in dict.fromkeys(themes)
        if theme not in known
    )


def locked(cooperation, actor, may=can_lead):
    """Its row, locked; PermissionDenied where ``actor`` may not."""
    cooperation = Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    if not may(actor, cooperation):
        raise PermissionDenied
    return cooperation


@transaction.atomic
def edit_cooperation(cooperation, *, actor, at, territories=None, themes=None, **fields):
    """Any partner that takes part keeps its description up to date."""
    cooperation = locked(cooperation, actor, can_take_part)
    for name in EDITABLE:
        if name in fields:
            setattr(cooperation, name, fields[name])
    cooperation.full_clean(exclude=["territories"])
    cooperation.save()
    if territories is not None:
        cooperation.territories.set(territories)
    if themes is not None:
        _keep_themes(cooperation, themes)
    record("cooperations.edit", cooperation, actor=actor, at=at)
    return cooperation


@transaction.atomic
def move_stage(cooperation, *, stage, words="", is_private=True, actor, at):
    """Go to ``stage``. The lead does, in the name of all; each partner is told.

    Two partners at least before one gets acquainted; an aim, and the residents' place, before one agrees; a look
    back opened before one assesses. To stop asks for the reason, which its partners alone read unless they say it.
    """
    cooperation = locked(cooperation, actor)
    if stage != Stage.STOPPED and stage not in NEXT.get(cooperation.stage, ()):
        raise ValidationError(_("On ne passe pas à cette étape depuis celle où vous êtes."))
    associations = cooperation.partners.accepted().exclude(organisation__kind=Organisation.Kind.PUBLIC_PARTNER)
    if stage in {Stage.ACQUAINTED, Stage.AGREED} and associations.count() < 2:
        raise ValidationError(_("Pour faire connaissance il faut être deux : invitez une autre association."))
    if stage == Stage.AGREED and not cooperation.residents:
        raise ValidationError(_("Dites d’abord, honnêtement, quelle place ont les habitantes et les habitants."))
    renewed = cooperation.stage_changes.filter(stage=Stage.RENEWED).order_by("at").last()
    reviews = cooperation.reviews.filter(opened_at__gte=renewed.at) if renewed else cooperation.reviews
    if stage == Stage.ASSESSED and not reviews.exists():
        raise ValidationError(_("Ouvrez d’abord un regard sur la coopération : c’est lui qui fait le bilan."))
    if stage == Stage.STOPPED and not words.strip():
        raise ValidationError({"words": _("Dites pourquoi : cela sert à apprendre, et reste entre partenaires.")})
    cooperation.stage = stage
    cooperation.save(update_fields=["stage"])
    change = StageChange(
        cooperation=cooperation,
        stage=stage,
        words=words.strip(),
        is_private=is_private,
        decided_by=actor,
        at=at,
    )
    change.full_clean(exclude=["cooperation", "decided_by"])
    change.save()
    record("cooperations.move_stage", cooperation, actor=actor, at=at, stage=str(stage))
    emails.moved(change, at=at)
    return cooperation


@transaction.atomic
def publish_cooperation(cooperation, *, published, actor, at):
    """Show it to everybody, or stop showing it: title, aim, partners, stage, results; never what is inside."""
    cooperation = locked(cooperation, actor)
    if published and cooperation.stage == Stage.IDEA:
        raise ValidationError(_("Une idée se partage entre associations. Elle se publie quand on est au moins deux."))
    if bool(cooperation.published_at) is not published:
        cooperation.published_at = at if published else None
        cooperation.save(update_fields=["published_at"])
        record("cooperations.publish" if published else "cooperations.unpublish", cooperation, actor=actor, at=at)
    return cooperation
