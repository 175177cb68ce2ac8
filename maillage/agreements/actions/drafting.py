"""Writing an agreement together: its facts, articles, payments, parties, files."""

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.charters.scans import kind_of
from maillage.journal.actions import record

from .. import emails
from ..models import Agreement, Attachment, Clause, Instalment, Party
from ..permissions import can_edit, parties_for

FACTS = ("title", "starts_on", "ends_on", "notice_days")
SECONDMENT = ("post", "hours", "wages", "charges", "expenses", "billed", "rider_on", "consent_on")
TRANSFER = ("amount", "report_due_on")
MOST_PARTIES = 12
MOST_CLAUSES = 40
MOST_ATTACHMENTS = 10


class AlreadyChanged(ValidationError):
    """Somebody else changed the agreement since its page was opened."""


def check_facts(agreement):
    if agreement.ends_on and agreement.ends_on < agreement.starts_on:
        raise ValidationError({"ends_on": _("La fin vient après le début.")})
    if agreement.billed and agreement.billed > agreement.cost:
        raise ValidationError(
            {
                "billed": _(
                    "Salaires, charges et frais remboursés font %(cost)s € : on ne refacture jamais davantage, ni"
                    " frais de gestion ni forfait (code du travail, articles L. 8241-1 et L. 8241-2)."
                )
                % {"cost": agreement.cost}
            }
        )
    agreement.full_clean(validate_unique=False, validate_constraints=False)


def named(agreement, organisation, role, by, at):
    party = Party.objects.create(agreement=agreement, organisation=organisation, role=role, named_at=at)
    emails.party_named(party, by=by, at=at)
    return party


def edited_by(agreement, actor, edition=None):
    """The agreement's row, locked, of the ``edition`` that was read. Raises PermissionDenied, AlreadyChanged."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not can_edit(actor, agreement):
        raise PermissionDenied
    if edition is not None and agreement.edition != edition:
        raise AlreadyChanged(_("Quelqu’un l’a modifiée entre-temps : relisez avant d’enregistrer."))
    return agreement


def _edited(agreement, verb, actor, at):
    """Another edition: approvals of the one before do not count."""
    agreement.edition += 1
    agreement.changed_at = at
    agreement.save()
    record(verb, agreement, actor=actor, at=at)
    return agreement


@transaction.atomic
def change_agreement(agreement, *, edition, actor, at, **fields):
    """Change its facts: title, dates, notice; costs and dated pieces of a secondment; amount of a transfer."""
    agreement = edited_by(agreement, actor, edition)
    names = FACTS + (SECONDMENT if agreement.is_secondment else TRANSFER if agreement.is_transfer else ())
    for name in names:
        if name in fields:
            setattr(agreement, name, fields[name])
    check_facts(agreement)
    return _edited(agreement, "agreements.change", actor, at)


@transaction.atomic
def change_clauses(agreement, clauses, *, edition, actor, at):
    """Its articles in place of those that stood: ``clauses`` is a list of (title, text), in their order."""
    agreement = edited_by(agreement, actor, edition)
    if not clauses:
        raise ValidationError(_("Une convention a au moins un article."))
    if len(clauses) > MOST_CLAUSES:
        raise ValidationError(_("Quarante articles au plus."))
    rows = [
        Clause(agreement=agreement, position=number, title=title, text=text)
        for number, (title, text) in enumerate(clauses, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["agreement"])
    agreement.clauses.all().delete()
    Clause.objects.bulk_create(rows)
    return _edited(agreement, "agreements.change", actor, at)


@transaction.atomic
def change_instalments(agreement, instalments, *, edition, actor, at):
    """When a transfer is paid: ``instalments`` is a list of (day, euros). Their sum is checked at the end."""
    agreement = edited_by(agreement, actor, edition)
    if not agreement.is_transfer:
        raise ValidationError(_("Seul un reversement se paie par versements."))
    rows = [Instalment(agreement=agreement, due_on=day, amount=euros) for day, euros in instalments]
    for row in rows:
        row.full_clean(exclude=["agreement"])
    agreement.instalments.all().delete()
    Instalment.objects.bulk_create(rows)
    return _edited(agreement, "agreements.change", actor, at)


@transaction.atomic
def name_party(agreement, *, organisation, role, by, actor, at):
    """One more party, told by e-mail. ``by``: the organisation in whose name it is done."""
    agreement = edited_by(agreement, actor)
    if agreement.parties.filter(organisation=organisation).exists():
        raise ValidationError({"organisation": _("Cette organisation est déjà partie à la convention.")})
    if agreement.parties.count() >= MOST_PARTIES:
        raise ValidationError({"organisation": _("Douze parties au plus.")})
    named(agreement, organisation, role, by, at)
    return _edited(agreement, "agreements.name_party", actor, at)


@transaction.atomic
def remove_party(agreement, party, *, actor, at):
    """One party less; two stay at least."""
    agreement = edited_by(agreement, actor)
    if agreement.amends_id:
        raise ValidationError(_("Un avenant se convient avec toutes les parties de la convention."))
    if agreement.parties.count() <= 2:
        raise ValidationError(_("Il faut être deux : abandonnez plutôt la convention."))
    if party not in parties_for(actor, agreement):
        emails.party_removed(party, at=at)
    party.delete()
    return _edited(agreement, "agreements.remove_party", actor, at)


@transaction.atomic
def add_attachment(agreement, *, title, content, actor, at):
    """Join the file ``content`` (bytes; PDF, JPEG or PNG). Raises ValidationError where it is something else."""
    agreement = edited_by(agreement, actor)
    if agreement.attachments.count() >= MOST_ATTACHMENTS:
        raise ValidationError({"file": _("Dix pièces au plus : retirez-en une d’abord.")})
    try:
        extension = kind_of(content)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages}) from None
    attachment = Attachment(
        agreement=agreement,
        title=title,
        extension=extension,
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=at,
    )
    attachment.file.save("file", ContentFile(content), save=False)
    attachment.save()
    _edited(agreement, "agreements.change", actor, at)
    return attachment


@transaction.atomic
def remove_attachment(attachment, *, actor, at):
    agreement = edited_by(attachment.agreement, actor)
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    _edited(agreement, "agreements.change", actor, at)
    transaction.on_commit(lambda: storage.delete(name))
