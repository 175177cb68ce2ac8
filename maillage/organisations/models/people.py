"""People in organisations and territories: members, mandates, coordinators."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.territories.models import Territory

from ..audiences import AudienceQuerySet, reader_of
from .organisation import Organisation


class MembershipQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """The members of one's own organisations, and one's own memberships."""
        return self.filter(organisation_id__in=reader_of(user).organisation_ids)

    def standing(self):
        return self.filter(until=None)


class Membership(models.Model):
    """A person acts on Maillage in the name of an organisation."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("gère la fiche et les personnes")
        MEMBER = "member", _("participe")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=10, choices=Role, default=Role.MEMBER)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(until=None),
                name="membership_once",
                violation_error_message=_("Cette personne représente déjà cette organisation."),
            )
        ]

    def __str__(self):
        return f"{self.user} — {self.organisation}"


class MandateQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Inside the organisation, and by those who may confirm it: the coordinators of its territories."""
        reader = reader_of(user)
        mine = Q(organisation_id__in=reader.organisation_ids)
        if reader.coordinated_territory_ids:
            mine |= Q(
                organisation__in=Organisation.objects.filter(territories__in=reader.coordinated_territory_ids).values(
                    "pk"
                )
            )
        return self.filter(mine)

    def in_force(self, on):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), ended_at=None)

    def to_confirm(self):
        return self.filter(confirmed_at=None, ended_at=None)


class Mandate(models.Model):
    """A person may sign for an organisation: in which function, by which decision, until when.

    Until a second member or a coordinator confirms it, it is declared only ('mandat à confirmer').
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mandates")
    function = models.CharField(_("fonction"), max_length=120)
    decided_on = models.DateField(_("date de la décision (bureau, conseil, assemblée)"), null=True, blank=True)
    ends_on = models.DateField(_("fin du mandat"), null=True, blank=True)
    declared_at = models.DateTimeField(_("déclaré le"))
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("fin rappelée le"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at=None),
                name="mandate_once",
                violation_error_message=_("Cette personne a déjà un mandat pour cette organisation."),
            ),
            models.CheckConstraint(
                name="mandate_not_confirmed_by_its_holder",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("user")),
                violation_error_message=_("Un mandat est confirmé par une autre personne que celle qui le porte."),
            ),
        ]

    def __str__(self):
        return f"{self.function} — {self.organisation}"

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    def is_in_force(self, on):
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= on)


class TerritoryRole(models.Model):
    """A person coordinates, or mediates on, a territory."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordonne")
        MEDIATOR = "mediator", _("médiation")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="territory_roles")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="roles")
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "territory", "role"], condition=Q(until=None), name="territory_role_once"
            )
        ]

    def __str__(self):
        return f"{self.user} — {self.territory}"
