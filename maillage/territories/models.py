"""Territories: imported from official files, with their vintage; nobody edits them by hand."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .folding import fold

MOST_WORDS = 6


def _has_word(word, prefix=""):
    name = f"{prefix}search_name"
    # The first condition is redundant and cheap: it spares the two others on nearly every row.
    found = Q(**{f"{name}__contains": word}) & (
        Q(**{f"{name}__startswith": word}) | Q(**{f"{name}__contains": f" {word}"})
    )
    if word.isdigit():
        postcodes = f"{prefix}postcodes"
        found |= Q(**{f"{postcodes}__startswith": word}) | Q(**{f"{postcodes}__contains": f" {word}"})
    if any(character.isdigit() for character in word):
        found |= Q(**{f"{prefix}code__startswith": word.upper()})
    return found


def _in_commune_with(word):
    """Neighbourhoods of the communes that have ``word``: "empalot toulouse"."""
    links = Territory.communes.through.objects.filter(_has_word(word, "to_territory__"))
    return Q(pk__in=links.values("from_territory"))


class TerritoryQuerySet(models.QuerySet):
    def matching(self, text):
        """Those whose name, postcode or official code answers ``text``, accents and case ignored.

        Every word must be found: at the start of a word of the name, of a postcode, of the code, or, for a
        neighbourhood, in the name of its commune. Exact names first, then names that start so; neighbourhoods and
        communes before what holds them; the most populated first.
        """
        folded = fold(text)[:100]
        if not folded:
            return self.none()
        found = self
        for word in folded.split()[:MOST_WORDS]:
            found = found.filter(_has_word(word) | _in_commune_with(word))
        rank = Case(
            When(Q(search_name=folded) | Q(code=folded.upper()), then=0),
            When(search_name__startswith=folded, then=1),
            default=2,
        )
        place = Case(When(kind__in=[Territory.Kind.QPV, Territory.Kind.COMMUNE], then=0), default=1)
        return found.order_by(rank, place, F("population").desc(nulls_last=True), "search_name", "code")

    def priority_neighbourhoods(self):
        return self.filter(kind=Territory.Kind.QPV)

    def communes(self):
        return self.filter(kind=Territory.Kind.COMMUNE)

    def in_force(self, on):
        """Valid on the day ``on``."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gt=on))

    def within(self, territory):
        """What lies in ``territory``, itself included."""
        here = Q(pk=territory.pk)
        if territory.kind == Territory.Kind.COMMUNE:
            here |= Q(communes=territory) | Q(mother_commune=territory)
        elif territory.kind == Territory.Kind.EPCI:
            here |= Q(epci=territory)
        elif territory.kind == Territory.Kind.DEPARTEMENT:
            here |= Q(departement=territory)
        elif territory.kind == Territory.Kind.REGION:
            here |= Q(region=territory)
        # Only a commune is found through a table of links, where a place may come twice.
        return self.filter(here).distinct() if territory.kind == Territory.Kind.COMMUNE else self.filter(here)


class Territory(models.Model):
    """A place with an official code: a priority neighbourhood (QPV) of one vintage, a commune, an EPCI, a
    département, a région. Its code never changes hands: new borders with a new code are a new row, linked to
    the one before.
    """

    class Kind(models.TextChoices):
        QPV = "qpv", _("quartier prioritaire")
        COMMUNE = "commune", _("commune")
        EPCI = "epci", _("intercommunalité")
        DEPARTEMENT = "departement", _("département")
        REGION = "region", _("région")

    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    code = models.CharField(_("code officiel"), max_length=12)
    slug = models.SlugField(max_length=32, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    search_name = models.CharField(max_length=200, db_index=True, editable=False)
    vintage = models.PositiveSmallIntegerField(_("millésime"), null=True, blank=True)
    valid_from = models.DateField(_("en vigueur depuis le"), null=True, blank=True)
    valid_until = models.DateField(_("en vigueur jusqu’au"), null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True, verbose_name=_("remplace")
    )

    communes = models.ManyToManyField(
        "self", symmetrical=False, related_name="neighbourhoods", blank=True, verbose_name=_("communes")
    )
    mother_commune = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    epci = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    departement = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    region = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    postcodes = models.CharField(_("codes postaux"), max_length=400, blank=True)

    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_source = models.CharField(_("source de la population"), max_length=200, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="territory_code_once"),
            models.CheckConstraint(
                name="territory_qpv_has_a_vintage", condition=~Q(kind="qpv") | Q(vintage__isnull=False)
            ),
            models.CheckConstraint(
                name="territory_ends_after_it_starts",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "search_name"])]

    def __str__(self):
        return self.name

    @property
    def is_priority_neighbourhood(self):
        return self.kind == self.Kind.QPV


class Outline(models.Model):
    """The border of a territory, in WGS84 (longitude, latitude in degrees), and its drawing."""

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="outline", primary_key=True)
    geometry = models.BinaryField()
    """Well-known binary of a valid MultiPolygon."""
    drawing = models.TextField()
    """The `d` attribute of an SVG path, in a box of 1,000 by `drawing_height`, north up."""
    drawing_height = models.PositiveSmallIntegerField()
    area_m2 = models.PositiveBigIntegerField()
    was_repaired = models.BooleanField(default=False)
    imported_at = models.DateTimeField(default=timezone.now)
    """When this border was last written: what tells a process that its index is stale."""

    class Meta:
        verbose_name = _("contour")

    def __str__(self):
        return f"Contour : {self.territory_id}"
