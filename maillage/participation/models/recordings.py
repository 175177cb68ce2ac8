"""A voice note of a minute, until somebody has written it down."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.ui.storage import private_storage

from .voices import ResidentVoice

MOST_BYTES = 2_000_000
"""A minute of speech as a telephone records it weighs 0.3 to 1 MB."""


def _place(recording, _name):
    return f"participation/{uuid.uuid4()}"


class VoiceRecordingQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who writes it down. Everybody: where the resident agreed that their own voice be heard, once what they
        said is shown to all.
        """
        reader = reader_of(user)
        writes_down = reader.coordinated_territory_ids | reader.mediated_territory_ids
        shown = Q(
            may_be_heard=True,
            voice__may_be_shown=True,
            voice__shared_at__isnull=False,
            voice__need__released_at__isnull=False,
        )
        return self.filter(Q(voice__territory_id__in=writes_down) | shown)


class VoiceRecording(models.Model):
    """The sound of a voice. Deleted once written down, unless its resident agreed that it be heard by all."""

    voice = models.OneToOneField(ResidentVoice, models.CASCADE, related_name="recording", primary_key=True)
    file = models.FileField(_("la note vocale"), upload_to=_place, storage=private_storage, max_length=120)
    media_type = models.CharField(max_length=20)
    may_be_heard = models.BooleanField(_("peut être entendue par tout le monde"), default=False)

    objects = VoiceRecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("note vocale")
        verbose_name_plural = _("notes vocales")

    def __str__(self):
        return str(self.voice)
