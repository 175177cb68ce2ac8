"""The outbox: what is to be sent, what was sent, what could not be."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .kinds import Category


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        """Waiting, and its moment has come."""
        return self.filter(sent_at=None, abandoned_at=None, next_attempt_at__lte=at)

    def waiting(self):
        return self.filter(sent_at=None, abandoned_at=None)


class Message(models.Model):
    """One e-mail to one address. It is written in the transaction of the action that causes it.

    Once it has left, its body, its links and whom to answer are emptied: what it said belongs to its reader.
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
    stop_url = models.CharField(max_length=400, blank=True, default="")
    """Where one click stops this kind of message (RFC 8058); empty for those that nobody may refuse."""
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


class Refusal(models.Model):
    """An address that wants no more messages of one category, until it says otherwise: then the row goes.

    An address rather than a person: somebody who was helped to sign, or left, has no account.
    """

    CATEGORIES = [(category.value, category.label) for category in Category if category != Category.DUTY]

    address = models.EmailField(_("adresse"))
    category = models.CharField(_("ce qui n’est plus envoyé"), max_length=20, choices=CATEGORIES)
    since = models.DateTimeField(_("depuis le"))

    class Meta:
        verbose_name = _("refus de messages")
        verbose_name_plural = _("refus de messages")
        constraints = [
            models.UniqueConstraint(Lower("address"), "category", name="mail_refused_once"),
            models.CheckConstraint(name="mail_of_duty_never_refused", condition=~Q(category="duty")),
        ]

    def __str__(self):
        return f"{self.address} ∌ {self.category}"
