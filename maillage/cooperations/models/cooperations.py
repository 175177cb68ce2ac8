"""A cooperation, its partners, the stages it went through."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.models.organisation import Theme
from maillage.territories.folding import fold
from maillage.territories.models import Territory


class CooperationQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """What its partners published, for everybody; the others for the associations of its territories, from the
        idea on, and for its partners. A public partner sees what is published, and those that it was invited to.
        """
        reader = reader_of(user)
        seen = Q(published_at__isnull=False)
        if reader.organisation_ids:
            mine = Partner.objects.standing().filter(organisation_id__in=reader.organisation_ids)
            seen |= Q(pk__in=mine.values("cooperation"))
        if reader.space_territory_ids:
            here = Cooperation.territories.through.objects.filter(territory_id__in=reader.space_territory_ids)
            seen |= Q(pk__in=here.values("cooperation"))
        return self.filter(seen)

    def inside(self, user):
        """Those whose journal, contributions and looks back this person may read: their associations' own, and for
        a coordinator those of her territories. Never a public partner, even one that takes part.
        """
        reader = reader_of(user)
        if not user.is_authenticated or reader.is_public_partner:
            return self.none()
        mine = Partner.objects.filter(organisation_id__in=reader.association_ids, state=Partner.State.ACCEPTED)
        within = Q(pk__in=mine.values("cooperation"))
        if reader.coordinated_territory_ids:
            here = Cooperation.territories.through.objects.filter(territory_id__in=reader.coordinated_territory_ids)
            within |= Q(pk__in=here.values("cooperation"))
        return self.filter(within)

    def published(self):
        return self.filter(published_at__isnull=False)

    def living(self):
        """Neither ended nor stopped."""
        return self.exclude(stage__in=[Cooperation.Stage.ENDED, Cooperation.Stage.STOPPED])

    def matching(self, words):
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Cooperation(models.Model):
    """Organisations that do something together.

    Idea → getting acquainted → agreed → under way → assessed → renewed | ended; or stopped, at any moment.
    """

    class Form(models.TextChoices):
        EXCHANGE = "exchange", _("échange d’informations ou de pratiques")
        PROJECT = "project", _("projet ponctuel")
        POOLING = "pooling", _("mutualisation (matériel, salle, poste…)")
        NETWORK = "network", _("réseau")
        PLACE = "place", _("lieu commun")
        VOICE = "voice", _("parole commune")
        APPLICATION = "application", _("réponse commune à un appel")

    class Depth(models.TextChoices):
        WITH = "with", _("faire avec : mettre des moyens en commun")
        TOGETHER = "together", _("faire ensemble : porter un projet à plusieurs")
        AS_ONE = "as_one", _("faire corps : s’engager dans la durée, avec une stratégie commune")

    class Residents(models.TextChoices):
        INFORMED = "informed", _("informés")
        CONSULTED = "consulted", _("consultés")
        CO_BUILD = "co_build", _("construisent avec nous")
        DECIDE = "decide", _("décident")

    class Stage(models.TextChoices):
        IDEA = "idea", _("idée")
        ACQUAINTED = "acquainted", _("faire connaissance")
        AGREED = "agreed", _("accord")
        UNDER_WAY = "under_way", _("en cours")
        ASSESSED = "assessed", _("bilan")
        RENEWED = "renewed", _("renouvelée")
        ENDED = "ended", _("terminée")
        STOPPED = "stopped", _("arrêtée")

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=140)
    aim = models.TextField(_("ce que nous voulons changer ensemble"), max_length=2000)
    needs = models.TextField(_("le besoin auquel cela répond"), max_length=1500, blank=True)
    form = models.CharField(_("forme"), max_length=12, choices=Form, default=Form.PROJECT)
    depth = models.CharField(_("profondeur"), max_length=10, choices=Depth, blank=True)
    residents = models.CharField(
        _("place des habitantes et des habitants"), max_length=10, choices=Residents, blank=True
    )
    stage = models.CharField(_("étape"), max_length=12, choices=Stage, default=Stage.IDEA)
    territories = models.ManyToManyField(Territory, related_name="cooperations", verbose_name=_("territoires"))
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    results_obtained = models.TextField(_("résultats obtenus"), max_length=4000, blank=True)
    results_expected = models.TextField(_("résultats attendus"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("proposée le"))
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("coopération")
        verbose_name_plural = _("coopérations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cooperation_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(
                name="cooperation_published_past_the_idea", condition=Q(published_at=None) | ~Q(stage="idea")
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search_text = fold(f"{self.title} {self.aim} {self.needs}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("cooperations:cooperation", kwargs={"slug": self.slug})

    @property
    def is_living(self):
        return self.stage not in {self.Stage.ENDED, self.Stage.STOPPED}


class OfCooperationQuerySet(AudienceQuerySet):
    """Rows of a cooperation that its partners, and the coordination, read."""

    cooperation = "cooperation"

    def visible_to(self, user):
        return self.filter(**{f"{self.cooperation}__in": Cooperation.objects.inside(user).values("pk")})


class OfVisibleQuerySet(AudienceQuerySet):
    """Rows that are read by whoever reads the cooperation."""

    def visible_to(self, user):
        return self.filter(cooperation__in=Cooperation.objects.visible_to(user).values("pk"))


class CooperationTheme(models.Model):
    """One theme of one cooperation."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="themes")
    theme = models.CharField(_("thème"), max_length=20, choices=Theme)

    objects = OfVisibleQuerySet.as_manager()

    class Meta:
        ordering = ["theme"]
        constraints = [models.UniqueConstraint(fields=["cooperation", "theme"], name="cooperation_theme_once")]

    def __str__(self):
        return self.get_theme_display()


class PartnerQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Who has agreed to take part, by whoever reads the cooperation; who was only asked, inside and by them."""
        reader = reader_of(user)
        seen = Q(state=Partner.State.ACCEPTED, cooperation__in=Cooperation.objects.visible_to(user).values("pk")) | Q(
            cooperation__in=Cooperation.objects.inside(user).values("pk")
        )
        if reader.organisation_ids:
            seen |= Q(organisation_id__in=reader.organisation_ids)
        return self.filter(seen)

    def accepted(self):
        return self.filter(state=Partner.State.ACCEPTED)

    def standing(self):
        """Taking part, invited, or asking to."""
        return self.filter(state__in=[Partner.State.ACCEPTED, Partner.State.INVITED, Partner.State.ASKING])


class Partner(models.Model):
    """An organisation in a cooperation. Invited, or asking → accepted | declined; accepted → left."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chef de file")
        PARTNER = "partner", _("partenaire")

    class State(models.TextChoices):
        INVITED = "invited", _("invitée")
        ASKING = "asking", _("demande à participer")
        ACCEPTED = "accepted", _("participe")
        DECLINED = "declined", _("a décliné")
        LEFT = "left", _("est partie")

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerships")
    role = models.CharField(_("rôle"), max_length=8, choices=Role, default=Role.PARTNER)
    state = models.CharField(_("état"), max_length=8, choices=State)
    words = models.CharField(_("en un mot"), max_length=500, blank=True)
    since = models.DateTimeField(_("depuis le"))
    settled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "organisation"],
                condition=Q(state__in=["invited", "asking", "accepted"]),
                name="partner_once",
                violation_error_message=_("Cette organisation est déjà invitée, ou participe déjà."),
            ),
            models.UniqueConstraint(
                fields=["cooperation"],
                condition=Q(state="accepted", role="lead"),
                name="partner_one_lead",
                violation_error_message=_("Il y a déjà un chef de file."),
            ),
            models.CheckConstraint(
                name="partner_lead_accepts", condition=~Q(role="lead") | ~Q(state__in=["invited", "asking"])
            ),
        ]

    def __str__(self):
        return f"{self.organisation} — {self.cooperation}"


class StageChangeQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Inside; elsewhere those whose words were not kept private, with the cooperation itself."""
        public = Q(is_private=False, cooperation__in=Cooperation.objects.visible_to(user).values("pk"))
        return self.filter(public | Q(cooperation__in=Cooperation.objects.inside(user).values("pk")))


class StageChange(models.Model):
    """When a cooperation went to a stage, and what was said. Why it stopped is private unless its partners say it."""

    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="stage_changes")
    stage = models.CharField(_("étape"), max_length=12, choices=Cooperation.Stage)
    words = models.CharField(_("en un mot"), max_length=1000, blank=True)
    is_private = models.BooleanField(_("entre partenaires seulement"), default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("le"))

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("étape d’une coopération")
        verbose_name_plural = _("étapes d’une coopération")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.cooperation} : {self.get_stage_display()}"
