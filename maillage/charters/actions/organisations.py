"""What happens to signatures when two organisations become one, or when one is gone."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.organisations import actions as organisation_actions
from maillage.organisations import emails as organisation_emails
from maillage.organisations.models import Organisation
from maillage.organisations.permissions import can_archive, can_merge

from ..models import AdaptationEvent, RegisterEntry, Remark, Signature, SignatureRequest
from ..models.signatures import LapseReason
from .register import append_to_register
from .renewals import lapse, lapse_signatures


@transaction.atomic
def merge_organisations(kept, gone, *, actor, at):
    """``gone`` and ``kept`` are one organisation: ``kept`` remains, with the people and signatures of both.

    Each signature keeps its text, its date and the name under which it was given; the register says that the
    joined organisation takes it over. Where both stood by one version, the first signature stays and the other
    lapses. The page of ``gone`` leads to ``kept``. Returns ``kept``. Raises NotTheSame.
    """
    if not can_merge(actor, kept, gone):
        raise PermissionDenied
    # In the order of their keys: two people who merge the same two at once wait for one another.
    locked = {
        o.pk: o for o in Organisation.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    kept, gone = locked[kept.pk], locked[gone.pk]
    organisation_actions.absorb(kept, gone, at=at)
    _one_standing_each(kept, gone, actor, at)
    for signature in Signature.objects.select_for_update().filter(organisation=gone).order_by("signed_at", "pk"):
        signature.organisation = kept
        signature.save(update_fields=["organisation"])
        append_to_register(RegisterEntry.Event.MERGED, signature, at=at)
    SignatureRequest.objects.filter(organisation=gone).update(organisation=kept)
    Remark.objects.filter(organisation=gone).update(organisation=kept)
    AdaptationEvent.objects.filter(organisation=gone).update(organisation=kept)
    for adaptation in gone.promoted_adaptations.all():
        adaptation.promoters.remove(gone)
        adaptation.promoters.add(kept)
    record("charters.merge", kept, actor=actor, at=at, gone=str(gone.uuid))
    organisation_emails.organisations_merged(kept, gone, at=at)
    return kept


def _one_standing_each(kept, gone, actor, at):
    """Of two standing signatures of one version, the later lapses: one standing signature a version."""
    for signature in Signature.objects.select_for_update().standing().filter(organisation=gone):
        twin = Signature.objects.standing().filter(organisation=kept, version=signature.version).first()
        if twin:
            later = max(signature, twin, key=lambda one: (one.signed_at, one.pk))
            lapse(later, reason=LapseReason.MERGED, actor=actor, at=at)


@transaction.atomic
def close_organisation(organisation, *, actor, at, dissolved_on=None):
    """``organisation`` leaves Maillage, or no longer exists (``dissolved_on``); it is archived.

    Dissolved, its signatures lapse, dated and kept in the history. Otherwise it has to withdraw them itself first:
    nobody withdraws in its place. Returns how many signatures lapsed.
    """
    if not can_archive(actor, organisation):
        raise PermissionDenied
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.archived_at:
        raise ValidationError(_("Cette organisation est archivée."))
    if dissolved_on is not None and dissolved_on > at.date():
        raise ValidationError(
            {"dissolved_on": _("Cette date est à venir : donnez celle d’une dissolution déjà décidée.")}
        )
    standing = Signature.objects.standing().filter(organisation=organisation)
    if dissolved_on is None and standing.exists():
        raise ValidationError(
            _("Cette organisation est signataire : retirez d’abord ses signatures, ou dites qu’elle est dissoute.")
        )
    lapsed = lapse_signatures(organisation, reason=LapseReason.DISSOLVED, actor=actor, at=at)
    organisation_actions.archive(organisation, actor=actor, at=at, dissolved_on=dissolved_on)
    return lapsed
