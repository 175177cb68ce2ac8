"""What partners follow: contributions, dates, the journal, brakes and levers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.charters.scans import NotAScan, kind_of
from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of
from maillage.ui.photos import NotAPhoto, drawn_again

from ..models import Contribution, Finding, JournalEntry, Milestone
from ..permissions import can_lead, can_take_part, mine_in
from .cooperations import locked

MOST = 60
"""Rows of one kind that a cooperation holds: far more than people read."""


def _keep(row, rows):
    if rows.count() >= MOST:
        raise ValidationError(_("La liste est pleine : retirez d’abord ce qui ne sert plus."))
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def add_contribution(partner, *, kind, amount, words, actor, at):
    """What an organisation brings, written by one of its people."""
    cooperation = locked(partner.cooperation, actor, can_take_part)
    if not mine_in(actor, cooperation).filter(pk=partner.pk).exists():
        raise PermissionDenied
    if amount is None and not words.strip():
        raise ValidationError({"words": _("Dites quoi, ou combien.")})
    row = Contribution(partner=partner, kind=kind, amount=amount, words=words.strip())
    _keep(row, partner.contributions)
    record("cooperations.contribute", cooperation, actor=actor, at=at)
    return row


@transaction.atomic
def remove_contribution(contribution, *, actor, at):
    cooperation = locked(contribution.partner.cooperation, actor, can_take_part)
    if contribution.partner.organisation_id not in reader_of(actor).association_ids:
        raise PermissionDenied
    contribution.delete()
    record("cooperations.contribute", cooperation, actor=actor, at=at)


@transaction.atomic
def add_milestone(cooperation, *, title, due_on, actor, at):
    cooperation = locked(cooperation, actor, can_take_part)
    row = _keep(Milestone(cooperation=cooperation, title=title.strip(), due_on=due_on), cooperation.milestones)
    record("cooperations.plan", cooperation, actor=actor, at=at)
    return row


@transaction.atomic
def keep_milestone(milestone, *, done, actor, at):
    """It is done, or not any more."""
    cooperation = locked(milestone.cooperation, actor, can_take_part)
    Milestone.objects.filter(pk=milestone.pk).update(done_at=at if done else None)
    record("cooperations.plan", cooperation, actor=actor, at=at)


@transaction.atomic
def write_entry(cooperation, *, organisation, text, actor, at, content=b"", alt=""):
    """A page of the journal, in the name of a partner; ``content``: the bytes of a photo or a PDF, described by
    ``alt``. Raises ValidationError for a file that is not one of them.
    """
    cooperation = locked(cooperation, actor, can_take_part)
    if not mine_in(actor, cooperation).filter(organisation=organisation).exists():
        raise PermissionDenied
    entry = JournalEntry(
        cooperation=cooperation,
        organisation=organisation,
        author=actor,
        written_at=at,
        text=text.strip(),
        alt=alt.strip() if content else "",
    )
    if content:
        content, entry.file_kind = _to_keep(content)
        if not entry.alt:
            raise ValidationError({"alt": _("Dites ce que l’on voit : pour qui ne voit pas l’image.")})
    entry.full_clean(exclude=["cooperation", "author", "file"], validate_constraints=False)
    if content:
        entry.file.save("page", ContentFile(content), save=False)
    entry.save()
    record("cooperations.write", cooperation, actor=actor, at=at)
    return entry


def _to_keep(content):
    """(bytes, kind) of a file: a PDF as it is, a photo drawn again without place nor camera."""
    try:
        if content.startswith(b"%PDF-"):
            return content, kind_of(content)
        return drawn_again(content)[0], "jpg"
    except (NotAScan, NotAPhoto) as refusal:
        raise ValidationError({"file": refusal.messages}) from refusal


@transaction.atomic
def share_entry(entry, *, shared, actor, at):
    """Show a page of the journal to the public partners that take part, or stop. Journaled."""
    cooperation = locked(entry.cooperation, actor, can_lead)
    if bool(entry.shared_at) is not shared:
        JournalEntry.objects.filter(pk=entry.pk).update(shared_at=at if shared else None)
        record("cooperations.share" if shared else "cooperations.unshare", cooperation, actor=actor, at=at)


@transaction.atomic
def add_finding(cooperation, *, side, family, words, actor, at):
    """A brake or a lever, in a sentence."""
    cooperation = locked(cooperation, actor, can_take_part)
    row = _keep(Finding(cooperation=cooperation, side=side, family=family, words=words.strip()), cooperation.findings)
    record("cooperations.learn", cooperation, actor=actor, at=at)
    return row


@transaction.atomic
def remove_finding(finding, *, actor, at):
    cooperation = locked(finding.cooperation, actor, can_take_part)
    finding.delete()
    record("cooperations.learn", cooperation, actor=actor, at=at)
