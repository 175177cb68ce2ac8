"""Organisations: who acts in the neighbourhoods."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.territories.folding import fold
from maillage.territories.models import Territory

from .. import identifiers
from ..audiences import AudienceQuerySet, reader_of


class OrganisationQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Published organisations for everybody; one's own, and those to confirm on one's territories, too."""
        reader = reader_of(user)
        seen = Q(claimed_at__isnull=False) | Q(confirmed_at__isnull=False)
        seen &= Q(archived_at=None)
        if reader.organisation_ids:
            seen |= Q(pk__in=reader.organisation_ids)
        return self.filter(seen)

    def listed(self):
        """Known by at least one person, and not archived."""
        return self.filter(Q(claimed_at__isnull=False) | Q(confirmed_at__isnull=False), archived_at=None)

    def waiting_for_confirmation(self):
        return self.filter(claimed_at__isnull=False, confirmed_at=None, archived_at=None)

    def associations(self):
        """Everybody but public partners: those who can sign."""
        return self.exclude(kind=Organisation.Kind.PUBLIC_PARTNER)

    def acting_in(self, territory):
        """Acting in ``territory``, or in a neighbourhood or commune that lies in it."""
        here = Territory.objects.within(territory)
        return self.filter(
            Exists(
                Organisation.territories.through.objects.filter(
                    organisation_id=OuterRef("pk"), territory_id__in=here.values("pk")
                )
            )
        )

    def unaffiliated(self, on):
        """Members of no network on the day ``on`` ('non fédérées')."""
        return self.associations().exclude(Exists(_memberships_in_force(on)))


def _memberships_in_force(on):
    from .networks import NetworkMembership

    return NetworkMembership.objects.in_force(on).filter(organisation=OuterRef("pk"))


class Organisation(models.Model):
    """An association, a collective, a network head or a public partner.

    It may have no official number at all; it then stands in the same lists as the others.
    Life: draft → claimed → confirmed by a peer or a coordinator → archived.
    """

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        SOCIAL_CENTRE = "social_centre", _("centre social")
        NEIGHBOURHOOD_BOARD = "regie", _("régie de quartier")
        YOUTH_CENTRE = "mjc", _("maison des jeunes et de la culture (MJC)")
        INFORMAL = "informal", _("collectif sans statut déclaré")
        NETWORK = "network", _("fédération, union ou tête de réseau")
        PUBLIC_PARTNER = "public_partner", _("partenaire public (État, ville, métropole…)")

    class LegalRegime(models.TextChoices):
        LAW_1901 = "1901", _("association loi 1901")
        LOCAL_LAW = "local_law", _("association de droit local (Alsace-Moselle)")
        NONE = "none", _("pas encore déclarée, ou collectif informel")
        OTHER = "other", _("autre statut")

    class Employer(models.TextChoices):
        NONE = "none", _("aucun salarié")
        UP_TO_TWO = "up_to_two", _("jusqu’à 2 équivalents temps plein")
        UP_TO_TEN = "up_to_ten", _("de 2 à 10 équivalents temps plein")
        MORE = "more", _("plus de 10 équivalents temps plein")
        UNKNOWN = "", _("non précisé")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    search_name = models.CharField(max_length=240, db_index=True, editable=False)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind, default=Kind.ASSOCIATION)
    legal_regime = models.CharField(_("statut"), max_length=12, choices=LegalRegime, default=LegalRegime.LAW_1901)
    rna = models.CharField(
        _("numéro RNA"),
        max_length=10,
        blank=True,
        validators=[identifiers.validate_rna],
        help_text=_(
            "Répertoire national des associations : W suivi de neuf caractères. Laissez vide si vous n’en avez pas."
        ),
    )
    siren = models.CharField(
        _("numéro SIREN"),
        max_length=9,
        blank=True,
        validators=[identifiers.validate_siren],
        help_text=_("Neuf chiffres. Laissez vide si vous n’en avez pas."),
    )
    siret = models.CharField(
        _("numéro SIRET"),
        max_length=14,
        blank=True,
        validators=[identifiers.validate_siret],
        help_text=_("Quatorze chiffres. Laissez vide si vous n’en avez pas."),
    )
    purpose = models.TextField(_("ce que nous faisons, en deux phrases"), max_length=600, blank=True)
    publics = models.CharField(
        _("pour qui"),
        max_length=200,
        blank=True,
        help_text=_("Par exemple : familles, jeunes de 11 à 17 ans, tout le monde."),
    )
    languages = models.CharField(
        _("langues parlées"),
        max_length=200,
        blank=True,
        help_text=_("Par exemple : français, arabe, langue des signes."),
    )
    opening_hours = models.CharField(
        _("quand venir"), max_length=300, blank=True, help_text=_("Par exemple : mardi et jeudi, de 14 h à 18 h.")
    )
    address = models.CharField(
        _("adresse où l’on vous trouve"),
        max_length=200,
        blank=True,
        help_text=_("Elle sera publiée. Laissez vide si c’est le domicile de quelqu’un."),
    )
    accessibility = models.CharField(
        _("accès aux personnes handicapées"),
        max_length=300,
        blank=True,
        help_text=_("Par exemple : plain-pied, ascenseur, boucle magnétique ; ou : trois marches, on vous aide."),
    )
    employer = models.CharField(_("emploi"), max_length=12, choices=Employer, blank=True, default="")
    website = models.URLField(_("site web"), blank=True)
    contact_function = models.CharField(
        _("qui contacter (une fonction plutôt qu’un nom)"),
        max_length=120,
        blank=True,
        help_text=_("Par exemple : la coordination, l’accueil, le bureau."),
    )
    contact_email = models.EmailField(
        _("adresse qui reçoit les messages"),
        blank=True,
        help_text=_("Jamais affichée. Vide : les messages vont aux personnes qui gèrent la fiche."),
    )
    seeks_partners = models.BooleanField(_("cherche des partenaires"), default=False)
    is_suggestible = models.BooleanField(_("peut être proposée comme partenaire"), default=True)
    seat = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seated_organisations",
        limit_choices_to={"kind": "commune"},
        verbose_name=_("commune du siège"),
    )
    territories = models.ManyToManyField(
        Territory, related_name="organisations", blank=True, verbose_name=_("territoires d’action")
    )

    created_at = models.DateTimeField(_("créée le"))
    claimed_at = models.DateTimeField(_("reconnue par l’un de ses membres le"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    refreshed_at = models.DateTimeField(_("relue le"), null=True, blank=True)
    """When somebody who manages it last said that its profile is right."""
    refresh_asked_at = models.DateTimeField(_("relecture demandée le"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archivée le"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissoute le"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("réunie à")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["search_name"]
        # Numbers are looked up by whoever searches; the constraints' own indexes leave out drafts and empty ones.
        indexes = [models.Index(fields=[number]) for number in ("rna", "siret", "siren")]
        constraints = [
            models.UniqueConstraint(
                fields=["rna"],
                name="organisation_rna_once",
                condition=~Q(rna="") & Q(archived_at=None, claimed_at__isnull=False),
                violation_error_message=_("Une organisation avec ce numéro RNA est déjà sur Maillage."),
            ),
            models.UniqueConstraint(
                fields=["siret"],
                name="organisation_siret_once",
                condition=~Q(siret="") & Q(archived_at=None, claimed_at__isnull=False),
                violation_error_message=_("Une organisation avec ce numéro SIRET est déjà sur Maillage."),
            ),
            models.CheckConstraint(
                name="organisation_confirmed_after_claimed",
                condition=Q(confirmed_at=None) | Q(claimed_at__isnull=False),
                violation_error_message=_("Une organisation est d’abord reconnue par l’un de ses membres."),
            ),
            models.CheckConstraint(
                name="organisation_gone_is_archived",
                condition=Q(dissolved_on=None, merged_into=None) | Q(archived_at__isnull=False),
            ),
            models.CheckConstraint(name="organisation_not_merged_into_itself", condition=~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="organisation_siret_of_its_siren",
                condition=Q(siren="") | Q(siret="") | Q(siret__startswith=F("siren")),
                violation_error_message=_("Les neuf premiers chiffres du SIRET doivent être ceux du SIREN."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_name = fold(f"{self.name} {self.acronym}")[:240]
        if not self.slug:
            self.slug = f"{slugify(self.name)[:60] or 'organisation'}-{self.uuid.hex[:6]}"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("directory:organisation", args=[self.slug])

    def clean(self):
        identifiers.validate_siret_of_siren(self.siret, self.siren)

    @property
    def is_public_partner(self):
        return self.kind == self.Kind.PUBLIC_PARTNER

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None and self.archived_at is None

    @property
    def is_draft(self):
        return self.claimed_at is None

    @property
    def read_at(self):
        """When somebody who manages it last said that its profile is right; None for a draft."""
        return self.refreshed_at or self.claimed_at

    def is_stale(self, on):
        """Whether nobody has read the profile again for `PROFILE_REFRESH_DAYS`, on the day ``on``."""
        if self.read_at is None:
            return False
        return timezone.localdate(self.read_at) < on - datetime.timedelta(days=settings.PROFILE_REFRESH_DAYS)

    @property
    def is_stale_today(self):
        return self.is_stale(timezone.localdate())


class Theme(models.TextChoices):
    """What an organisation works on. Short on purpose: a list that people can read."""

    SOLIDARITY = "solidarity", _("entraide et solidarité")
    YOUTH = "youth", _("enfance et jeunesse")
    SCHOOL = "school", _("accompagnement à la scolarité")
    CULTURE = "culture", _("culture et médias")
    SPORT = "sport", _("sport")
    EMPLOYMENT = "employment", _("emploi et insertion")
    RIGHTS = "rights", _("accès aux droits")
    DIGITAL = "digital", _("numérique")
    HEALTH = "health", _("santé et bien-être")
    ENVIRONMENT = "environment", _("environnement, jardins, alimentation")
    LIVING = "living", _("cadre de vie et logement")
    MEDIATION = "mediation", _("médiation sociale")
    EQUALITY = "equality", _("égalité et lutte contre les discriminations")
    CITIZENSHIP = "citizenship", _("citoyenneté et participation")


class OrganisationTheme(models.Model):
    """One theme of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="themes")
    theme = models.CharField(_("thème"), max_length=20, choices=Theme)

    class Meta:
        ordering = ["theme"]
        constraints = [models.UniqueConstraint(fields=["organisation", "theme"], name="organisation_theme_once")]

    def __str__(self):
        # Lists show hundreds of these: the enumeration is ten times quicker than get_theme_display.
        return str(Theme(self.theme).label)


class Exchange(models.Model):
    """One thing that an organisation can offer to the others, or that it seeks from them."""

    class Side(models.TextChoices):
        OFFER = "offer", _("propose")
        NEED = "need", _("cherche")

    class Kind(models.TextChoices):
        PREMISES = "premises", _("une salle, un local")
        EQUIPMENT = "equipment", _("du matériel")
        VEHICLE = "vehicle", _("un véhicule")
        SKILL = "skill", _("un savoir-faire, une formation")
        PEOPLE = "people", _("un coup de main, des bénévoles")
        OUTREACH = "outreach", _("un lien avec des habitantes et habitants")
        PROJECT = "project", _("un projet à mener ensemble")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="exchanges")
    side = models.CharField(_("sens"), max_length=5, choices=Side)
    kind = models.CharField(_("quoi"), max_length=12, choices=Kind)
    words = models.CharField(_("précisions"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("offre ou recherche")
        verbose_name_plural = _("offres et recherches")
        ordering = ["side", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "side", "kind"], name="exchange_once"),
        ]

    def __str__(self):
        return f"{self.get_side_display()} {self.get_kind_display()}"
