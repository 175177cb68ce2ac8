"""The advocacy: stakes, proposals, what associations echo, where each proposal stands, appeals and their replies."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.cooperations.models.families import Brake
from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.territories.models import Territory


class Addressee(models.TextChoices):
    """The three groups that the paper speaks to (Educavox, February 2021)."""

    NATIONAL = "national", _("les pouvoirs publics nationaux")
    TERRITORIAL = "territorial", _("les pouvoirs publics des territoires")
    ASSOCIATIONS = "associations", _("les associations elles-mêmes")


class PublicQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody."""
        return self.all()


class Stake(models.Model):
    """One of the four stakes, as public relays of the paper name them."""

    number = models.PositiveSmallIntegerField(_("numéro"), unique=True)
    name = models.CharField(_("enjeu"), max_length=160)
    told = models.TextField(_("de quoi il s’agit"), max_length=1000, blank=True)
    source_title = models.CharField(_("la source"), max_length=200)
    source_url = models.URLField(_("son adresse"), max_length=500)

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("enjeu")
        verbose_name_plural = _("enjeux")
        ordering = ["number"]

    def __str__(self):
        return self.name


class Proposal(models.Model):
    """One of the sixteen: an empty place until an editor has entered it from the paper, with its page."""

    number = models.PositiveSmallIntegerField(_("numéro"), unique=True)
    stake = models.ForeignKey(
        Stake, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("enjeu")
    )
    text = models.TextField(_("le texte du plaidoyer"), max_length=3000, blank=True)
    addressees = models.JSONField(_("à qui elle s’adresse"), default=list, blank=True)
    """Values of `Addressee`."""
    source_page = models.CharField(_("page du plaidoyer"), max_length=20, blank=True)
    entered_at = models.DateTimeField(_("entrée le"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="proposal_entered_with_its_page",
                condition=Q(text="", entered_at=None)
                | ~Q(text="") & ~Q(source_page="") & Q(entered_at__isnull=False),
            )
        ]

    def __str__(self):
        return gettext("Proposition %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("advocacy:proposal", args=[self.number])

    @property
    def addressee_labels(self):
        return [Addressee(one).label for one in self.addressees if one in Addressee.values]


class EchoQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody, as long as it stands; its association, always."""
        standing = Q(withdrawn_at=None, organisation__archived_at=None)
        return self.filter(standing | Q(organisation_id__in=reader_of(user).association_ids))

    def standing(self):
        return self.filter(withdrawn_at=None)


class Echo(models.Model):
    """An association says what a proposal means where it acts: its own case, in public."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="echoes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="echoes")
    words = models.TextField(_("ce que nous vivons"), max_length=1500)
    brake = models.CharField(_("le frein"), max_length=12, choices=Brake, blank=True)
    figure = models.CharField(_("un chiffre de chez vous"), max_length=200, blank=True)
    figure_source = models.CharField(_("d’où il vient, et sa date"), max_length=200, blank=True)
    cooperation = models.ForeignKey(
        Cooperation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("une coopération à vous"),
    )
    may_be_cited = models.BooleanField(_("peut être cité, avec notre nom, dans un courrier"), default=False)
    said_at = models.DateTimeField(_("dit le"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = EchoQuerySet.as_manager()

    class Meta:
        verbose_name = _("écho")
        verbose_name_plural = _("échos")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organisation"],
                condition=Q(withdrawn_at=None),
                name="echo_once",
                violation_error_message=_("Votre association a déjà un écho ici : modifiez-le."),
            ),
            models.CheckConstraint(
                name="echo_figure_has_a_source",
                condition=Q(figure="") | ~Q(figure_source=""),
                violation_error_message=_("Un chiffre a une source et une date."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.proposal}"


class ProposalState(models.Model):
    """Where a proposal stands on a territory, from a day on. Never overwritten: the next one follows."""

    class State(models.TextChoices):
        CARRIED = "carried", _("portée")
        DISCUSSED = "discussed", _("discutée")
        OBTAINED = "obtained", _("obtenue")
        REFUSED = "refused", _("refusée")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="states")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territoire"))
    state = models.CharField(_("où elle en est"), max_length=10, choices=State)
    on = models.DateField(_("depuis le"))
    words = models.CharField(_("en une phrase"), max_length=300)
    source_title = models.CharField(_("la source"), max_length=200)
    source_url = models.URLField(_("son adresse"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noté le"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("état d’une proposition")
        verbose_name_plural = _("états de propositions")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.proposal}, {self.territory}, {self.state}"


class AppealQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Once sent, everybody; before, the associations of its territory."""
        return self.filter(~Q(sent_on=None) | Q(territory_id__in=reader_of(user).space_territory_ids))


class Appeal(models.Model):
    """A letter to an addressee, prepared from the echoes of a territory: draft → sent → replied."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="appeals")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territoire"))
    addressee = models.CharField(_("à qui"), max_length=200)
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("la lettre"), max_length=6000)
    echoes = models.ManyToManyField(Echo, blank=True, related_name="appeals")
    written_at = models.DateTimeField(_("écrite le"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    channel = models.CharField(_("comment"), max_length=120, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("interpellation")
        verbose_name_plural = _("interpellations")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("advocacy:appeal", args=[self.uuid])


class ReplyQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        return self.filter(appeal__in=Appeal.objects.visible_to(user).values("pk"))


class Reply(models.Model):
    """What was answered to an appeal, and when."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="replies")
    on = models.DateField(_("reçue le"))
    sender = models.CharField(_("de qui"), max_length=200)
    text = models.TextField(_("ce qui est répondu"), max_length=4000)
    noted_at = models.DateTimeField(_("noté le"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse à une interpellation")
        verbose_name_plural = _("réponses à des interpellations")
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.sender}, {self.on}"
