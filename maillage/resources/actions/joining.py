"""What becomes of loans and needs when two organisations turn out to be one."""

from django.db import transaction

from maillage.organisations.models import Organisation

from ..models import HoursEntry, Loan, Match, Need, NeedAnswer, Resource


def follow_merges(*, at):
    """What belonged to organisations that were joined to another passes to that one. Returns how many rows moved.

    Called once a day: joining itself knows nothing of what stands above it. Done twice, it moves nothing more.
    """
    gone = Organisation.objects.filter(merged_into__isnull=False).select_related("merged_into")
    return sum(_move(one, one.merged_into) for one in gone)


@transaction.atomic
def _move(gone, kept):
    moved = Resource.objects.filter(owner=gone).update(owner=kept)
    moved += Loan.objects.filter(borrower=gone).update(borrower=kept)
    Loan.objects.filter(cancelled_for=gone).update(cancelled_for=kept)
    moved += Need.objects.filter(organisation=gone).update(organisation=kept)
    # One answer a need and association; and nobody answers itself.
    answered = list(NeedAnswer.objects.filter(organisation=kept).values_list("need", flat=True))
    answers = NeedAnswer.objects.filter(organisation=gone).exclude(need__in=answered)
    moved += answers.exclude(need__organisation=kept).update(organisation=kept)
    # Hours between the two stay where they are: they would be hours given to oneself.
    moved += HoursEntry.objects.filter(giver=gone).exclude(receiver=kept).update(giver=kept)
    moved += HoursEntry.objects.filter(receiver=gone).exclude(giver=kept).update(receiver=kept)
    Match.objects.filter(need__organisation=kept, resource__owner=kept).delete()
    return moved
