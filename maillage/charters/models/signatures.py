"""Who stands by which text."""

import calendar
import datetime
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.organisations.audiences import AudienceQuerySet, reader_of
from maillage.organisations.models import Mandate, Organisation

from .gatherings import Gathering
from .texts import CharterVersion


class Involvement(models.TextChoices):
    """What the signatory is ready for. Known to the coordinators of its territories, never published."""

    SIGN_ONLY = "sign_only", _("signer, pour le moment")
    TAKE_PART = "take_part", _("participer aux rencontres et aux projets")
    HOST = "host", _("accueillir une rencontre dans nos locaux")
    ANIMATE = "animate", _("animer un groupe ou une rencontre")
    EVALUATE = "evaluate", _("participer à l’évaluation de la charte")


class Channel(models.TextChoices):
    """How the organisation signed; the register says it."""

    ONLINE = "online", _("en ligne")
    ASSISTED = "assisted", _("en ligne, avec l’aide d’une personne qui a saisi")
    PAPER = "paper", _("sur papier, à une rencontre")


class SignatureState(models.TextChoices):
    """Where a signature is in its life."""

    VALID = "valid", _("valable")
    TO_RENEW = "to_renew", _("à renouveler")
    DORMANT = "dormant", _("en sommeil")
    WITHDRAWN = "withdrawn", _("retirée")
    LAPSED = "lapsed", _("caduque")


RENEWAL_OPENS = datetime.timedelta(days=60)
"""How long before its date a signature may be renewed, and is shown as to be renewed."""


def next_renewal(at):
    """The day by which what is signed or renewed at the moment ``at`` is to be renewed (SIGNATURE_LASTS_MONTHS)."""
    day = timezone.localdate(at)
    months = day.year * 12 + day.month - 1 + settings.SIGNATURE_LASTS_MONTHS
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def new_token():
    """32 hexadecimal digits that nobody can guess (128 random bits)."""
    return secrets.token_hex(16)


class LapseReason(models.TextChoices):
    DISSOLVED = "dissolved", _("l’organisation n’existe plus")
    MERGED = "merged", _("l’organisation réunie avait déjà signé ce texte")


class SignatureRequestQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Nobody: only the link that was sent opens a request."""
        return self.none()


class SignatureRequest(models.Model):
    """A signature prepared on line, until the link sent by e-mail proves who asked. It signs nothing by itself."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="signature_requests")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="signature_requests")
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    function = models.CharField(_("fonction"), max_length=120)
    email = models.EmailField(_("adresse e-mail"))
    decided_on = models.DateField(_("date de la décision"), null=True, blank=True)
    involvement = models.CharField(max_length=12, choices=Involvement, default=Involvement.SIGN_ONLY)
    is_listed = models.BooleanField(default=True)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.ONLINE)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    """Who typed it for somebody else: a facilitator. Empty when one signs for oneself."""
    code_sha256 = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    token_sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, default="fr")
    requested_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    signature = models.OneToOneField(
        "charters.Signature", models.SET_NULL, null=True, blank=True, related_name="request"
    )

    objects = SignatureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de signature")
        verbose_name_plural = _("demandes de signature")

    def __str__(self):
        return f"{self.organisation} — {self.version}"

    def is_expired(self, at):
        return self.confirmed_at is None and at >= self.expires_at


def _later_signature():
    """For an outer signature: a standing one of its organisation, on a later version of the same line of texts."""
    line = Coalesce("version__adaptation_id", 0)
    return (
        Signature.objects.standing()
        .annotate(line=line)
        .filter(
            line=Coalesce(models.OuterRef("version__adaptation_id"), 0),
            organisation=models.OuterRef("organisation"),
            version__number__gt=models.OuterRef("version__number"),
        )
    )


def _later_version():
    return (
        CharterVersion.objects.current()
        .annotate(line=Coalesce("adaptation_id", 0))
        .filter(
            line=Coalesce(models.OuterRef("version__adaptation_id"), 0),
            number__gt=models.OuterRef("version__number"),
        )
    )


class SignatureQuerySet(AudienceQuerySet):
    def visible_to(self, user):
        """Everybody sees those whose organisation agreed to be listed; the organisation and the coordinators of
        its territories see it in any case.
        """
        reader = reader_of(user)
        seen = Q(is_listed=True)
        if reader.organisation_ids:
            seen |= Q(organisation_id__in=reader.organisation_ids)
        if reader.coordinated_territory_ids:
            seen |= Q(
                organisation__in=Organisation.objects.filter(territories__in=reader.coordinated_territory_ids).values(
                    "pk"
                )
            )
        return self.filter(seen)

    def standing(self):
        """Neither withdrawn nor lapsed; a dormant one stands."""
        return self.filter(withdrawn_at=None, lapsed_at=None)

    def active(self):
        """Standing, and heard of since its last date."""
        return self.standing().filter(dormant_at=None)

    def dormant(self):
        return self.standing().filter(dormant_at__isnull=False)

    def to_renew(self, on):
        """Standing, whose date has come near on the day ``on``, or is past."""
        return self.active().filter(renew_by__lte=on + RENEWAL_OPENS)

    def latest(self):
        """Without those whose organisation also stands by a later version of the same text."""
        return self.exclude(models.Exists(_later_signature()))

    def for_lists(self):
        """With what a list shows of them, and no more: half of a long list's time is spent making rows."""
        shown = (
            *("token", "organisation_name", "organisation_number", "channel"),
            *("signed_at", "withdrawn_at", "lapsed_at", "dormant_at", "renew_by"),
        )
        beside = (
            *("organisation__name", "organisation__slug", "mandate__confirmed_at"),
            *("version__title", "version__number", "version__adaptation__slug"),
        )
        return self.select_related("organisation", "version__adaptation", "mandate").only(*shown, *beside)

    def behind(self):
        """Standing by a version after which another was published, and not yet by a later one."""
        return self.standing().filter(models.Exists(_later_version())).latest()


class Signature(models.Model):
    """An organisation stands by one version of one text, through a person mandated or who says so.

    It points to that version for ever. Withdrawing dates it and leaves it in the history.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signatures")
    organisation_name = models.CharField(_("nom de l’organisation, à la signature"), max_length=200)
    organisation_number = models.CharField(_("son numéro, à la signature"), max_length=14, blank=True)
    mandate = models.ForeignKey(Mandate, models.SET_NULL, null=True, blank=True, related_name="signatures")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    signatory_name = models.CharField(_("signataire"), max_length=170, blank=True)
    signatory_function = models.CharField(_("fonction"), max_length=120, blank=True)
    signatory_salt = models.CharField(max_length=64, blank=True, editable=False)
    """Kept apart from the register: with it gone, the entry's hash says nothing of the person."""
    involvement = models.CharField(_("envie d’agir"), max_length=12, choices=Involvement)
    channel = models.CharField(_("canal"), max_length=8, choices=Channel, default=Channel.ONLINE)
    is_listed = models.BooleanField(_("visible dans la liste publique"), default=True)
    signed_at = models.DateTimeField(_("signée le"))
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("raison du retrait"), max_length=1000, blank=True)
    lapsed_at = models.DateTimeField(_("devenue caduque le"), null=True, blank=True)
    lapse_reason = models.CharField(_("pourquoi elle est caduque"), max_length=10, choices=LapseReason, blank=True)
    renew_by = models.DateField(_("à renouveler avant le"))
    renewed_at = models.DateTimeField(_("renouvelée le"), null=True, blank=True)
    dormant_at = models.DateTimeField(_("en sommeil depuis le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("renouvellement rappelé le"), null=True, blank=True)
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="signatures")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(
                name="signature_once_per_version",
                fields=["version", "organisation"],
                condition=Q(withdrawn_at=None, lapsed_at=None),
                violation_error_message=_("Cette organisation a déjà signé ce texte."),
            ),
            models.CheckConstraint(
                name="signature_withdrawn_after_signed",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("signed_at")),
            ),
            models.CheckConstraint(
                name="signature_lapsed_for_a_reason", condition=Q(lapsed_at=None) | ~Q(lapse_reason="")
            ),
            models.CheckConstraint(
                name="signature_on_paper_has_its_sheet",
                condition=~Q(channel="paper") | Q(gathering__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.organisation_name} — {self.version}"

    def save(self, *args, **kwargs):
        if self._state.adding and not self.organisation_name:
            self.organisation_name = self.organisation.name
            self.organisation_number = self.organisation.rna or self.organisation.siret
        if self.renew_by is None:
            self.renew_by = next_renewal(self.signed_at)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("charters:verify-signature", args=[self.token])

    @property
    def is_standing(self):
        return self.withdrawn_at is None and self.lapsed_at is None

    def state(self, on):
        """Where it is in its life on the day ``on``: a `SignatureState`."""
        if self.withdrawn_at:
            return SignatureState.WITHDRAWN
        if self.lapsed_at:
            return SignatureState.LAPSED
        if self.dormant_at:
            return SignatureState.DORMANT
        if self.renew_by <= on + RENEWAL_OPENS:
            return SignatureState.TO_RENEW
        return SignatureState.VALID

    @property
    def is_signatory_forgotten(self):
        """The person who signed was forgotten; the organisation still stands by the text."""
        return not self.signatory_salt

    @property
    def has_changed_name(self):
        """The organisation is called otherwise today than when it signed: pages say both."""
        return self.organisation_name != self.organisation.name

    @property
    def has_confirmed_mandate(self):
        return self.mandate is not None and self.mandate.is_confirmed
