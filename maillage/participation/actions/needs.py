"""The collective groups voices into a need, words it, and decides to show it to all."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from ..models import HeardNeed, ResidentVoice
from ..permissions import can_coordinate, can_group


@transaction.atomic
def group_voices(voices, *, territory, actor, at, wording="", need=None):
    """``voices``, shared on ``territory``, say the same: they go into ``need``, or into a new one that ``wording``
    tells. Returns the need.
    """
    if not can_group(actor, territory.pk):
        raise PermissionDenied
    keys = [voice.pk for voice in voices]
    rows = list(
        ResidentVoice.objects.select_for_update().shared().filter(pk__in=keys, territory=territory, need=None)
    )
    if not rows or len(rows) != len(keys):
        raise ValidationError(_("Choisissez des paroles partagées, qui ne sont pas déjà dans un besoin."))
    if need is None:
        need = _open(territory, wording, rows, actor, at)
    else:
        need = locked(need)
        if need.territory_id != territory.pk or need.closed_at:
            raise ValidationError(_("Ce besoin est clos, ou d’un autre quartier."))
        need.since = min(need.since, _oldest(rows))
        need.save(update_fields=["since"])
    ResidentVoice.objects.filter(pk__in=keys).update(need=need)
    record("participation.group_voices", need, actor=actor, at=at)
    return need


def _open(territory, wording, rows, actor, at):
    if not wording.strip():
        raise ValidationError({"wording": _("Dites le besoin en une phrase.")})
    need = HeardNeed(
        territory=territory,
        wording=wording.strip(),
        subject=rows[0].subject,
        since=_oldest(rows),
        opened_at=at,
        opened_by=actor,
    )
    need.full_clean(validate_constraints=False)
    need.save()
    return need


def _oldest(rows):
    return min(timezone.localdate(row.heard_at) for row in rows)


@transaction.atomic
def ungroup_voice(voice, *, actor, at):
    """This voice says something else: it leaves its need. A need that was shown keeps its answer."""
    if not can_group(actor, voice.territory_id):
        raise PermissionDenied
    voice = ResidentVoice.objects.select_for_update(of=("self",)).select_related("need").get(pk=voice.pk)
    if voice.need is None:
        return voice
    need, voice.need = voice.need, None
    voice.save(update_fields=["need"])
    record("participation.ungroup_voice", need, actor=actor, at=at)
    return voice


@transaction.atomic
def reword_need(need, *, wording, subject, actor, at):
    if not can_group(actor, need.territory_id):
        raise PermissionDenied
    need = locked(need)
    if need.released_at and not can_coordinate(actor, need):
        raise PermissionDenied
    need.wording, need.subject = wording.strip(), subject
    need.full_clean(validate_constraints=False)
    need.save(update_fields=["wording", "subject"])
    record("participation.reword_need", need, actor=actor, at=at)
    return need


@transaction.atomic
def show_need(need, *, release_words, actor, at):
    """Everybody reads the need, its answer, and the voices whose residents agreed; public partners among them.
    ``release_words``: the collective's decision, when and by whom.
    """
    if not can_coordinate(actor, need):
        raise PermissionDenied
    need = locked(need)
    if not release_words.strip():
        raise ValidationError({"release_words": _("Dites quand et comment le collectif l’a décidé.")})
    need.release_words = release_words.strip()
    need.released_at = need.released_at or at
    need.full_clean(validate_constraints=False)
    need.save(update_fields=["release_words", "released_at"])
    record("participation.show_need", need, actor=actor, at=at)
    return need


@transaction.atomic
def hide_need(need, *, actor, at):
    """Between associations again. What was read was read: the history keeps both."""
    if not can_coordinate(actor, need):
        raise PermissionDenied
    need = locked(need)
    need.release_words, need.released_at = "", None
    need.save(update_fields=["release_words", "released_at"])
    record("participation.hide_need", need, actor=actor, at=at)
    return need


def locked(need):
    return HeardNeed.objects.select_for_update().get(pk=need.pk)
