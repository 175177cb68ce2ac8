"""The outbox: what is to be sent, what was sent, what could not be."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        """Waiting, and its moment has come."""
        return self.filter(sent_at=None, abandoned_at=None, next_attempt_at__lte=at)

    def waiting(self):
        return self.filter(sent_at=None, abandoned_at=None)


class Message(models.Model):
    """One e-mail to one address. It is written in the transaction of the action that causes it.

    Once it has left, its body and whom to answer are emptied: what it said belongs to its reader.
    """

    recipient = models.EmailField(_("destinataire"))
    reply_to = models.EmailField(_("répondre à"), blank=True, default="")
    subject = models.CharField(_("objet"), max_length=250)
    body = models.TextField(_("texte"), blank=True)
    kind = models.CharField(_("nouvelle"), max_length=80)
    attachment_builder = models.CharField(max_length=120, blank=True)
    attachment_arguments = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("écrit le"))
    next_attempt_at = models.DateTimeField(_("prochain essai le"), db_index=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    last_error = models.TextField(_("dernière erreur"), blank=True)
    sent_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    abandoned_at = models.DateTimeField(_("abandonné le"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(name="message_sent_or_abandoned", condition=Q(sent_at=None) | Q(abandoned_at=None))
        ]

    def __str__(self):
        return f"{self.kind} → {self.recipient}"

    @property
    def leaves_no_trace(self):
        """The row goes as soon as the message has left, or was given up: its address was promised to oblivion."""
        return self.kind in settings.MESSAGES_THAT_LEAVE_NO_TRACE
