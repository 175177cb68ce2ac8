"""Keeping the directory of support true. Nothing is deleted: what stops, stops on a day, with its reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .models import Support, SupportReport
from .permissions import can_edit, can_edit_on, can_edit_schemes

MOST_REPORTS = 20


@transaction.atomic
def write_support(support, *, actor, at):
    """Adds ``support`` (filled in, perhaps not saved yet) or keeps its changes; it was checked today. Returns it."""
    if not can_edit_on(actor, support.territory) or (
        support.pk and not can_edit(actor, Support.objects.select_related("territory").get(pk=support.pk))
    ):
        raise PermissionDenied
    support.checked_on = timezone.localdate(at)
    support.full_clean()
    support.save()
    support.reports.filter(settled_at=None).update(settled_at=at)
    record("support.write", support, actor=actor, at=at)
    return support


@transaction.atomic
def check_support(support, *, actor, at):
    """Somebody looked at the source today: it is still true."""
    support = _edited(support, actor)
    support.checked_on = timezone.localdate(at)
    support.save(update_fields=["checked_on"])
    support.reports.filter(settled_at=None).update(settled_at=at)
    record("support.check", support, actor=actor, at=at)
    return support


@transaction.atomic
def end_support(support, *, end_words, actor, at):
    """It does not exist any more, or moved: shown no more, kept with the reason."""
    support = _edited(support, actor)
    if not end_words.strip():
        raise ValidationError({"end_words": _("Dites pourquoi.")})
    support.ended_on, support.end_words = timezone.localdate(at), end_words.strip()
    support.save(update_fields=["ended_on", "end_words"])
    support.reports.filter(settled_at=None).update(settled_at=at)
    record("support.end", support, actor=actor, at=at)
    return support


@transaction.atomic
def report_support(support, *, words, actor, at):
    """Somebody who is signed in says what is not true any more; who keeps it finds that on their page."""
    if not actor.is_authenticated:
        raise PermissionDenied
    if support.reports.filter(settled_at=None).count() >= MOST_REPORTS:
        raise ValidationError(_("D’autres l’ont déjà dit : quelqu’un va vérifier."))
    report = SupportReport(support=support, words=words.strip(), said_at=at, said_by=actor)
    report.full_clean(exclude=["said_by"])
    report.save()
    record("support.report", support, actor=actor, at=at)
    return report


@transaction.atomic
def write_scheme(scheme, *, actor, at):
    """Corrects what a scheme is; it was checked today."""
    if not can_edit_schemes(actor):
        raise PermissionDenied
    scheme.checked_on = timezone.localdate(at)
    scheme.full_clean()
    scheme.save()
    record("support.write_scheme", scheme, actor=actor, at=at)
    return scheme


def _edited(support, actor):
    support = Support.objects.select_for_update(of=("self",)).select_related("territory").get(pk=support.pk)
    if not can_edit(actor, support):
        raise PermissionDenied
    if support.ended_on:
        raise ValidationError(_("Cet appui n’existe plus."))
    return support
