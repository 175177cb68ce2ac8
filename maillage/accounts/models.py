"""People who sign in. What they may do comes from their organisations and territories, never from here."""

import uuid

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NOWHERE = "oubli.invalid"
"""The domain of the addresses that stand for nobody: `.invalid` never exists (RFC 2606 §2)."""


class UserManager(BaseUserManager):
    def create_user(self, email, **fields):
        """Somebody known by an e-mail address; the address is kept in lower case, no password is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email, **fields):
        fields.pop("password", None)
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractUser):
    """One person, known by an e-mail address. A person never signs: an organisation does, through a mandate."""

    username = None
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse e-mail"), unique=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    warned_at = models.DateTimeField(_("prévenue de l’oubli prochain le"), null=True, blank=True)
    """Of an account where nobody signs in any more: when its person was told that it will be forgotten."""
    forgotten_at = models.DateTimeField(_("oubliée le"), null=True, blank=True)
    """From then on the row says nothing of anybody: mandates and ended roles still point to it."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
            models.CheckConstraint(
                name="user_forgotten_says_nothing",
                condition=Q(forgotten_at=None)
                | Q(
                    first_name="",
                    last_name="",
                    email__endswith=f"@{NOWHERE}",
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        return gettext("personne oubliée") if self.forgotten_at else super().get_full_name()
