"""What a group decides: by consent, by vote, or noted; and how it came to it."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Organisation
from maillage.territories.folding import fold

from .groups import Group, OfGroupQuerySet, ResidentSeat
from .meetings import AgendaItem, Meeting

TIME_TO_OBJECT = datetime.timedelta(days=3)
"""Silence adopts nothing unless objections were asked for that long before the last day."""


class DecisionQuerySet(OfGroupQuerySet):
    shared = "shared_at"

    def open(self):
        return self.filter(closed_at=None)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def with_replacement(self):
        """Each with `is_replaced`: another one, adopted, has taken its place."""
        adopted = Decision.objects.filter(replaces=OuterRef("pk"), outcome=Decision.Outcome.ADOPTED)
        return self.annotate(is_replaced=Exists(adopted))

    def matching(self, words):
        """Whose title or text holds each of ``words``, accents and capitals ignored."""
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Decision(models.Model):
    """A proposal and what became of it.

    By consent: clarifications → reactions → objections → decided. By vote: voting → decided. Noted: decided at once.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", _("par consentement")
        VOTE = "vote", _("par vote")
        NOTED = "noted", _("notée")

    class Stage(models.TextChoices):
        CLARIFICATIONS = "clarifications", _("questions de compréhension")
        REACTIONS = "reactions", _("réactions")
        OBJECTIONS = "objections", _("objections")
        VOTING = "voting", _("vote ouvert")
        DECIDED = "decided", _("décidée")

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adoptée")
        REJECTED = "rejected", _("rejetée")
        SET_ASIDE = "set_aside", _("laissée de côté")
        NO_QUORUM = "no_quorum", _("quorum non atteint")

    STEPS = (Stage.CLARIFICATIONS, Stage.REACTIONS, Stage.OBJECTIONS)

    group = models.ForeignKey(Group, models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    """The point of the agenda of ``meeting`` under which it was taken, if any."""
    proposer = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="group_proposals")
    proposer_seat = models.ForeignKey(ResidentSeat, models.SET_NULL, null=True, blank=True, related_name="proposals")
    """Who proposes: a member, a resident's seat or, neither given, the animation. They answer questions."""
    kind = models.CharField(_("façon de décider"), max_length=8, choices=Kind)
    stage = models.CharField(_("étape"), max_length=14, choices=Stage)
    title = models.CharField(_("sur quoi"), max_length=160)
    proposal = models.TextField(_("proposition"), max_length=6000)
    closes_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    silence_is_consent = models.BooleanField(_("le silence vaut accord"), default=False)
    """The group's rule, frozen when a consent opens."""
    is_secret = models.BooleanField(_("vote secret"), default=False)
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=0)
    """Frozen when the vote opens: the group's own may change meanwhile."""
    opened_at = models.DateTimeField(_("ouverte le"))
    stage_since = models.DateTimeField(_("à cette étape depuis"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("rappelée le"), null=True, blank=True)
    ended_told_at = models.DateTimeField(_("dernier jour passé, dit le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    outcome = models.CharField(_("issue"), max_length=10, choices=Outcome, blank=True)
    closing_words = models.TextField(_("ce qui est décidé, en clair"), max_length=2000, blank=True)
    shared_at = models.DateTimeField(_("partagée avec les partenaires invités le"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors", verbose_name=_("remplace")
    )
    """The former one goes out of force when this one is adopted, not before."""
    search_text = models.TextField(editable=False, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_closed_with_an_outcome",
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="decision_decided_when_closed",
                condition=Q(closed_at=None) & ~Q(stage="decided") | Q(closed_at__isnull=False, stage="decided"),
            ),
            models.CheckConstraint(name="decision_secret_vote", condition=Q(is_secret=False) | Q(kind="vote")),
            models.CheckConstraint(
                name="decision_shared_when_closed", condition=Q(shared_at=None) | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search_text = fold(f"{self.title} {self.proposal} {self.closing_words}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("groups:decision", kwargs={"slug": self.group.slug, "pk": self.pk})

    @property
    def is_open(self):
        return self.closed_at is None

    def is_past(self, on):
        """Open still, its last day gone by: nobody speaks any more, a vote is counted, a consent is to be decided."""
        return self.is_open and self.closes_on is not None and self.closes_on < on

    @property
    def silence_counts_from(self):
        """The last day on which objections must have been asked for silence to adopt; None where it never does."""
        if not self.silence_is_consent or self.closes_on is None:
            return None
        return self.closes_on - TIME_TO_OBJECT

    @property
    def next_step(self):
        """The stage of a consent that comes after this one; None where it may be decided."""
        steps = list(self.STEPS)
        if self.stage not in steps or self.stage == steps[-1]:
            return None
        return steps[steps.index(self.stage) + 1]


class OfDecisionQuerySet(OfGroupQuerySet):
    group = "decision__group"


class Proposal(models.Model):
    """A former wording of the proposal: what it said before an objection was integrated."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="former_proposals")
    text = models.TextField(max_length=6000)
    replaced_at = models.DateTimeField()

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rédaction précédente")
        verbose_name_plural = _("rédactions précédentes")
        ordering = ["replaced_at", "pk"]

    def __str__(self):
        return f"{self.decision}, {self.replaced_at:%Y-%m-%d}"


class Statement(models.Model):
    """What an organisation, or a resident's seat, says of a proposal. A clarification and an objection are answered:
    an objection is integrated or not, with the reason.
    """

    class Kind(models.TextChoices):
        CLARIFICATION = "clarification", _("question")
        REACTION = "reaction", _("réaction")
        OBJECTION = "objection", _("objection")
        NO_OBJECTION = "no_objection", _("pas d’objection")

    KIND_AT = {
        Decision.Stage.CLARIFICATIONS: Kind.CLARIFICATION,
        Decision.Stage.REACTIONS: Kind.REACTION,
        Decision.Stage.OBJECTIONS: Kind.OBJECTION,
    }
    """What is said at each stage."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="statements")
    kind = models.CharField(_("nature"), max_length=13, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="statements")
    seat = models.ForeignKey(ResidentSeat, models.CASCADE, null=True, blank=True, related_name="statements")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(_("dit le"))
    text = models.TextField(_("vos mots"), max_length=2000, blank=True)
    settled_at = models.DateTimeField(_("réglée le"), null=True, blank=True)
    was_integrated = models.BooleanField(_("intégrée"), null=True, blank=True)
    answer = models.TextField(_("réponse"), max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("prise de parole")
        verbose_name_plural = _("prises de parole")
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_of_one",
                condition=Q(organisation__isnull=False, seat=None) | Q(organisation=None, seat__isnull=False),
            ),
            models.CheckConstraint(name="statement_settled_with_words", condition=Q(settled_at=None) | ~Q(answer="")),
            models.CheckConstraint(name="statement_says_something", condition=~Q(text="") | Q(kind="no_objection")),
        ]

    def __str__(self):
        return f"{self.organisation or self.seat} : {self.text[:60]}"

    @property
    def is_waiting(self):
        """An objection stands until it is integrated, answered or withdrawn; a question until it is answered."""
        answered = {self.Kind.CLARIFICATION, self.Kind.OBJECTION}
        return self.kind in answered and self.settled_at is None and self.withdrawn_at is None


class VoteOption(models.Model):
    """One answer to a vote. ``secret_count``: of a secret vote, how many.

    No row says whose. Somebody who can read the database itself between two votes could still tell them apart:
    docs/features/groups.md says so to those who choose a secret vote.
    """

    class Meaning(models.TextChoices):
        FOR = "for", _("pour")
        AGAINST = "against", _("contre")
        ABSTENTION = "abstention", _("abstention")
        NAMED = "named", _("réponse donnée par ses mots")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField()
    meaning = models.CharField(max_length=10, choices=Meaning, default=Meaning.NAMED)
    words = models.CharField(_("réponse possible"), max_length=120, blank=True)
    secret_count = models.PositiveIntegerField(default=0)

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse possible")
        verbose_name_plural = _("réponses possibles")
        ordering = ["decision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="vote_option_order_once"),
            models.CheckConstraint(
                name="vote_option_named_has_words",
                condition=(Q(meaning="named") & ~Q(words="")) | (~Q(meaning="named") & Q(words="")),
            ),
        ]

    def __str__(self):
        return self.words or self.get_meaning_display()


class Vote(models.Model):
    """An organisation has voted: one voice, once. ``option`` is None in a secret vote: only a count grew.

    Its key is drawn at random, and it has no time: rows in their order would tell who voted when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="votes")
    option = models.ForeignKey(VoteOption, models.CASCADE, null=True, blank=True, related_name="votes")

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("voix")
        verbose_name_plural = _("voix")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "organisation"],
                name="vote_once",
                violation_error_message=_("Votre association a déjà voté."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} — {self.decision}"
