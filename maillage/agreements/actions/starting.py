"""Starting an agreement: from a model, or from an agreement that it amends or follows."""

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of

from ..models import Agreement, Clause, Instalment, Party
from ..permissions import parties_for
from ..text import models_of_text
from .drafting import MOST_PARTIES, check_facts, named

TAKEN_UP = ("notice_days", "post", "hours", "wages", "charges", "expenses", "billed")
"""What the next agreement takes from the former. The rider and the consent are asked for anew."""


@transaction.atomic
def start_agreement(*, organisation, title, starts_on, actor, at, kind=None, others=(), side="starts", **fields):
    """An association drafts an agreement with ``others`` (organisations), from the model of its ``kind``; the others
    are told. ``side``: "starts", it provides or leads; "named", it uses or receives.

    ``fields``: ``ends_on``, ``cooperation``; ``amends`` or ``renews``, an agreement that ``organisation`` is a party
    to: its kind, its text and the roles stay, and an amendment is with all its parties.
    """
    if organisation.pk not in reader_of(actor).association_ids:
        raise PermissionDenied
    _check_cooperation(fields.get("cooperation"), actor)
    if source := fields.get("amends") or fields.get("renews"):
        kind = source.kind
        _check_source(source, organisation, actor, at, amended=bool(fields.get("amends")))
        fields |= {name: getattr(source, name) for name in TAKEN_UP}
    if amended := fields.get("amends"):
        others = [party.organisation for party in _standing(amended) if party.organisation_id != organisation.pk]
        fields["amount"], fields["report_due_on"] = amended.amount, amended.report_due_on
    _check_others(organisation, others, side)
    agreement = Agreement(
        kind=kind,
        title=title,
        starts_on=starts_on,
        created_at=at,
        created_by=actor,
        changed_at=at,
        nonce=secrets.token_hex(32),
        **fields,
    )
    check_facts(agreement)
    agreement.save()
    roles = _roles(agreement, organisation, others, side)
    Party.objects.create(agreement=agreement, organisation=organisation, role=roles[organisation.pk], named_at=at)
    _write(agreement, source)
    record("agreements.start", agreement, actor=actor, at=at)
    for other in others:
        named(agreement, other, roles[other.pk], organisation, at)
    return agreement


def _check_cooperation(cooperation, actor):
    if cooperation and not Cooperation.objects.visible_to(actor).filter(pk=cooperation.pk).exists():
        raise PermissionDenied


def _check_source(source, organisation, actor, at, *, amended):
    if source.state != Agreement.State.SIGNED or not any(
        party.organisation_id == organisation.pk for party in parties_for(actor, source)
    ):
        raise PermissionDenied
    last = source.last_day()
    if amended and last and last < timezone.localdate(at):
        raise ValidationError(_("Cette convention est terminée : renouvelez-la plutôt."))


def _standing(source):
    return source.parties.filter(organisation__archived_at=None).select_related("organisation")


def _check_others(organisation, others, side):
    if not others:
        raise ValidationError({"others": _("Dites avec qui.")})
    if len(others) >= MOST_PARTIES or organisation in others:
        raise ValidationError({"others": _("Choisissez d’autres organisations, onze au plus.")})
    if side == "named" and len(others) > 1:
        raise ValidationError(
            {"others": _("Nommez d’abord qui vous prête ou vous reverse ; les autres ensuite, avec leur rôle.")}
        )


def _roles(agreement, organisation, others, side):
    """{organisation: role}: as they were in the agreement that this one follows; else those of its model."""
    model, source = models_of_text()[agreement.kind], agreement.amends or agreement.renews
    other_side = "named" if side == "starts" else "starts"
    former = dict(source.parties.values_list("organisation", "role")) if source else {}
    roles = {other.pk: model[other_side] for other in others} | {organisation.pk: model[side]}
    return roles | former


def _write(agreement, source):
    """The articles, and for an amendment the payments that are still to come."""
    clauses = list(source.clauses.values("title", "text")) if source else models_of_text()[agreement.kind]["clauses"]
    Clause.objects.bulk_create(
        Clause(agreement=agreement, position=number, **clause) for number, clause in enumerate(clauses, start=1)
    )
    if agreement.amends:
        Instalment.objects.bulk_create(
            Instalment(agreement=agreement, due_on=day, amount=euros)
            for day, euros in source.instalments.values_list("due_on", "amount")
        )
