"""Groups and who takes part in them: organisations (one voice each), residents' seats, invited public partners."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


class GroupQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """That a group exists, and who is in it: those who are inside, the associations of its territory (all of them
        for a national group), and the public partners that it invited.
        """
        reader = reader_of(user)
        if not user.is_authenticated:
            return self.none()
        if reader.is_public_partner:
            return self.filter(pk__in=_inviting(reader))
        seen = Q(pk__in=Group.objects.inside(user).values("pk"))
        if reader.space_territory_ids:
            seen |= Q(territory_id__in=reader.space_territory_ids)
        if reader.association_ids:
            seen |= Q(territory=None)
        return self.filter(seen)

    def inside(self, user):
        """Those whose affairs this person may read: a member organisation's people, residents who hold a seat, the
        coordinators of the territory. Never a public partner.
        """
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.none()
        seats = ResidentSeat.objects.filter(user=user, until=None)
        within = Q(pk__in=seats.values("group"))
        if reader.association_ids:
            members = GroupMember.objects.filter(organisation_id__in=reader.association_ids, until=None)
            within |= Q(pk__in=members.values("group"))
        if reader.coordinated_territory_ids:
            within |= Q(territory_id__in=reader.coordinated_territory_ids)
        return self.filter(within)

    def inviting(self, user):
        """Those that invited a public body this person works for: what they shared may be read, nothing else."""
        return self.filter(pk__in=_inviting(reader_of(user)))

    def active(self):
        return self.filter(closed_at=None)


def _inviting(reader):
    return PartnerInvitation.objects.filter(organisation_id__in=reader.organisation_ids, until=None).values("group")


class Group(models.Model):
    """A working group or a coordination body (in French, an instance, a collective): it meets, decides, follows up.

    Life: active → closed. A group without territory is national.
    """

    class Kind(models.TextChoices):
        WORKING_GROUP = "working_group", _("groupe de travail")
        COORDINATION_BODY = "coordination_body", _("collectif ou coordination d’un territoire")
        NEIGHBOURHOOD_TABLE = "neighbourhood_table", _("table de quartier")

    class DecisionRule(models.TextChoices):
        CONSENT = "consent", _("par consentement : personne n’a d’objection qui tienne")
        VOTE = "vote", _("par vote : une organisation, une voix")
        NOTED = "noted", _("au fil des échanges, notées au compte rendu")

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind, default=Kind.COORDINATION_BODY)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("territoire")
    )
    founding_text = models.TextField(_("pourquoi ce groupe existe, et ses règles"), max_length=8000, blank=True)
    decision_rule = models.CharField(
        _("comment le groupe décide"), max_length=10, choices=DecisionRule, default=DecisionRule.CONSENT
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum : organisations qui doivent s’exprimer pour qu’un vote compte"), default=0
    )
    silence_is_consent = models.BooleanField(
        _("le silence vaut accord : sans objection au dernier jour, une proposition est adoptée"), default=False
    )
    created_at = models.DateTimeField(_("créé le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    closing_words = models.CharField(_("pourquoi il s’arrête"), max_length=300, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("groups:group", kwargs={"slug": self.slug})

    @property
    def is_active(self):
        return self.closed_at is None


class OfGroupQuerySet(AudienceQuerySet):
    """Rows that belong to a group: read by those inside."""

    group = "group"
    """The path from the row to its group."""
    shared = ""
    """The path to the moment when the row was shared with the public partners that the group invited; "" if never."""

    def visible_to(self, user):
        seen = Q(**{f"{self.group}__in": Group.objects.inside(user).values("pk")})
        if self.shared and user.is_authenticated:
            seen |= Q(
                **{f"{self.group}__in": Group.objects.inviting(user).values("pk"), f"{self.shared}__isnull": False}
            )
        return self.filter(seen)


class GroupMemberQuerySet(OfGroupQuerySet):
    def visible_to(self, user):
        """Who is in a group is told to whoever may know that it exists."""
        return self.filter(group__in=Group.objects.visible_to(user).values("pk"))

    def standing(self):
        return self.filter(until=None)


class GroupMember(models.Model):
    """An organisation of a group: one voice, however many people come. Left: kept, with its date."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="group_memberships")
    facilitates = models.BooleanField(_("anime le groupe"), default=False)
    host_order = models.PositiveSmallIntegerField(_("rang pour accueillir"), default=0)
    """In the rota of hosts: 1 first; 0 for an organisation that cannot host."""
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre d’un groupe")
        verbose_name_plural = _("membres d’un groupe")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(until=None),
                name="group_member_once",
                violation_error_message=_("Cette organisation fait déjà partie du groupe."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} — {self.group}"


class ResidentSeatQuerySet(OfGroupQuerySet):
    def standing(self):
        return self.filter(until=None)


class ResidentSeat(models.Model):
    """A seat for a resident. ``name`` is what they wish to be called; with an account they read and speak as well."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    name = models.CharField(_("comment cette personne souhaite être appelée"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="resident_seats"
    )
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = ResidentSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("siège d’habitant·e")
        verbose_name_plural = _("sièges d’habitant·es")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(until=None, user__isnull=False), name="resident_seat_once"
            )
        ]

    def __str__(self):
        return self.name or str(_("siège d’habitant·e"))


class PartnerInvitationQuerySet(OfGroupQuerySet):
    def visible_to(self, user):
        """Inside, and the invited public body itself."""
        mine = Q(organisation_id__in=reader_of(user).organisation_ids)
        return self.filter(mine | Q(group__in=Group.objects.inside(user).values("pk")))

    def standing(self):
        return self.filter(until=None)


class PartnerInvitation(models.Model):
    """A public partner that a group invited: it sees that the group exists, and what the group shares. No voice."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="group_invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = PartnerInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("partenaire public invité")
        verbose_name_plural = _("partenaires publics invités")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(until=None),
                name="group_partner_once",
                violation_error_message=_("Ce partenaire est déjà invité."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.group}"


class JoinRequestQuerySet(OfGroupQuerySet):
    def visible_to(self, user):
        """Inside the group, and the organisation that asks."""
        mine = Q(organisation_id__in=reader_of(user).association_ids)
        return self.filter(mine | Q(group__in=Group.objects.inside(user).values("pk")))

    def waiting(self):
        return self.filter(settled_at=None)


class JoinRequest(models.Model):
    """An organisation asks to be part of a group. Asked → accepted | declined."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="join_requests")
    words = models.CharField(_("pourquoi"), max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("demandé le"))
    settled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)
    was_accepted = models.BooleanField(_("acceptée"), null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande à rejoindre un groupe")
        verbose_name_plural = _("demandes à rejoindre un groupe")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(settled_at=None),
                name="join_request_once",
                violation_error_message=_("La demande est déjà faite : l’animation du groupe va répondre."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.group}"
