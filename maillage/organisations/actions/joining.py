"""Two rows that are one organisation become one; an organisation that is gone is archived."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import Distinction, Exchange, Mandate, Membership, Organisation, OrganisationTheme
from ..words import keep_words


class NotTheSame(ValidationError):
    """The two organisations cannot be one."""


def absorb(kept, gone, *, at):
    """Give ``kept`` the people, mandates, networks, themes, places, offers and needs of ``gone``, which is archived
    and leads to it.

    The half of a merge that belongs to organisations: `charters.actions.merge_organisations` checks who may, opens
    the transaction, moves the signatures and calls it. Raises NotTheSame.
    """
    if kept.pk == gone.pk or kept.archived_at or gone.archived_at:
        raise NotTheSame(_("Choisissez deux organisations différentes, qui ont cours toutes les deux."))
    if kept.is_public_partner != gone.is_public_partner:
        raise NotTheSame(_("Un partenaire public et une association ne peuvent pas être réunis."))
    _show_strangers_out(kept, gone, at)
    _move_people(kept, gone, at)
    known = set(kept.network_memberships.filter(until=None).values_list("network_id", flat=True))
    gone.network_memberships.filter(until=None, network_id__in=known).update(until=timezone.localdate(at))
    gone.network_memberships.update(organisation=kept)
    kept.territories.add(*gone.territories.all())
    OrganisationTheme.objects.bulk_create(
        (OrganisationTheme(organisation=kept, theme=row.theme) for row in gone.themes.all()), ignore_conflicts=True
    )
    Exchange.objects.bulk_create(
        (Exchange(organisation=kept, side=row.side, kind=row.kind, words=row.words) for row in gone.exchanges.all()),
        ignore_conflicts=True,
    )
    Organisation.objects.filter(merged_into=gone).update(merged_into=kept)
    gone.archived_at, gone.merged_into = at, kept
    gone.save(update_fields=["archived_at", "merged_into"])
    # After the archive: a number is free again for the one that stays.
    kept.rna, kept.seat = kept.rna or gone.rna, kept.seat or gone.seat
    if not (kept.siren or kept.siret):
        # Both or none: the SIRET of one is not of the SIREN of the other.
        kept.siren, kept.siret = gone.siren, gone.siret
    kept.confirmed_at = kept.confirmed_at or gone.confirmed_at
    kept.claimed_at = kept.claimed_at or gone.claimed_at
    kept.full_clean(exclude=["seat"])
    kept.save()
    keep_words([kept])
    _hand_over_rows_elsewhere(kept, gone, at)


OWN_RULES = {"organisations", "charters"}
"""Apps whose rows follow rules of their own: here, and in `charters.actions.merge_organisations`."""


def _hand_over_rows_elsewhere(kept, gone, at):
    """What other subjects hold of ``gone`` (its place in groups, its loans…) is ``kept``'s from now on.

    Where both had one and the database wants one alone, the row of ``gone`` stays with it, ended.
    """
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OWN_RULES:
            continue
        for field in model._meta.local_fields:
            if field.remote_field is None or field.remote_field.model is not Organisation:
                continue
            for pk in list(model._base_manager.filter(**{field.name: gone}).values_list("pk", flat=True)):
                _hand_over(model._base_manager.filter(pk=pk), field.name, kept, at)


def _hand_over(row, field, kept, at):
    try:
        with transaction.atomic():
            row.update(**{field: kept})
    except IntegrityError:
        # `kept` has its own. A place that lasts (a member of a group) ends: one organisation has one voice.
        if any(column.name == "until" for column in row.model._meta.concrete_fields):
            row.filter(until=None).update(until=timezone.localdate(at))


def _show_strangers_out(kept, gone, at):
    """Of two, where one alone is confirmed, the people of the other are not let in by the merge: nobody has said who
    they are. Those who manage the organisation may add them.
    """
    if kept.is_confirmed == gone.is_confirmed:
        return
    unknown = gone if kept.is_confirmed else kept
    unknown.memberships.standing().update(until=timezone.localdate(at))
    Mandate.objects.filter(organisation=unknown, ended_at=None).update(ended_at=at)


def _move_people(kept, gone, at):
    here = {m.user_id: m for m in kept.memberships.standing()}
    for membership in gone.memberships.standing():
        if membership.user_id not in here:
            Membership.objects.filter(pk=membership.pk).update(organisation=kept)
            continue
        if membership.role == Membership.Role.MANAGER:
            Membership.objects.filter(pk=here[membership.user_id].pk).update(role=Membership.Role.MANAGER)
        Membership.objects.filter(pk=membership.pk).update(until=timezone.localdate(at))
    _move_mandates(kept, gone, at)


def _move_mandates(kept, gone, at):
    """Who holds a mandate for each keeps the better one: in force before run out, confirmed before declared."""
    today = timezone.localdate(at)
    here = {mandate.user_id: mandate for mandate in kept.mandates.filter(ended_at=None)}

    def worth(mandate):
        return (mandate.ends_on is None or mandate.ends_on >= today, mandate.is_confirmed)

    for mandate in gone.mandates.filter(ended_at=None, user_id__in=here):
        other = here[mandate.user_id]
        ends = other if worth(mandate) > worth(other) else mandate
        Mandate.objects.filter(pk=ends.pk).update(ended_at=at)
    Mandate.objects.filter(organisation=gone).update(organisation=kept)


@transaction.atomic
def archive(organisation, *, actor, at, dissolved_on=None):
    """``organisation`` no longer acts: it leaves every list, its history stays. ``dissolved_on`` where it is gone.

    Whoever calls has checked that ``actor`` may.
    """
    organisation.archived_at, organisation.dissolved_on = at, dissolved_on
    organisation.save(update_fields=["archived_at", "dissolved_on"])
    record("organisations.archive", organisation, actor=actor, at=at)
    return organisation


@transaction.atomic
def say_distinct(one, other, *, actor, at):
    """Two organisations that look alike are not the same: they are no longer suggested. Saying it twice is harmless.

    Whoever calls has checked that ``actor`` may.
    """
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    distinction, _made = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"said_by": actor, "said_at": at}
    )
    record("organisations.say_distinct", first, actor=actor, at=at)
    return distinction
