"""Deciding together: proposing, saying, answering, voting, deciding, sharing."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import decision_emails as emails
from ..models import Decision, Group, Statement, Vote, VoteOption
from ..permissions import can_facilitate, seat_of, voices_of
from .groups import facilitated
from .meetings import refuse_who_does_not_speak

Kind, Stage, Outcome = Decision.Kind, Decision.Stage, Decision.Outcome
Meaning = VoteOption.Meaning
USUAL = [(Meaning.FOR, ""), (Meaning.AGAINST, "")]
REMIND_BEFORE = datetime.timedelta(days=2)
MOST_OPTIONS = 8
SPEAKING = Statement.KIND_AT


class AlreadyVoted(ValidationError):
    """A secret vote is given once."""


@transaction.atomic
def open_decision(
    group,
    *,
    kind,
    title,
    proposal,
    actor,
    at,
    closes_on=None,
    is_secret=False,
    options=(),
    meeting=None,
    replaces=None,
):
    """Put a proposal to the group, by consent or by vote; whoever has a voice in it may. Everybody is written to.

    ``options``: the answers of a vote, two at least; none given, it is for, against or abstention. The quorum is the
    group's, frozen. ``replaces``: a former decision that this one takes the place of, once adopted.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    _refuse_who_has_no_word(group, actor)
    if kind == Kind.NOTED:
        raise ValidationError(_("Une décision notée se note : elle ne s’ouvre pas."))
    if kind == Kind.VOTE and not closes_on:
        raise ValidationError({"closes_on": _("Un vote a un dernier jour.")})
    if closes_on and closes_on < timezone.localdate(at):
        raise ValidationError({"closes_on": _("Cette date est passée.")})
    if replaces is not None and replaces.group_id != group.pk:
        raise PermissionDenied
    labels = [label.strip() for label in options if label.strip()]
    if len(set(labels)) != len(labels) or len(labels) == 1 or len(labels) > MOST_OPTIONS:
        raise ValidationError({"options": _("Donnez de deux à huit réponses différentes, ou aucune.")})
    decision = Decision(
        group=group,
        meeting=meeting,
        kind=kind,
        stage=Stage.VOTING if kind == Kind.VOTE else Stage.CLARIFICATIONS,
        title=title.strip(),
        proposal=proposal.strip(),
        closes_on=closes_on,
        is_secret=is_secret and kind == Kind.VOTE,
        quorum=group.quorum if kind == Kind.VOTE else 0,
        opened_at=at,
        replaces=replaces,
    )
    decision.full_clean(exclude=["group", "meeting", "replaces"])
    decision.save()
    if kind == Kind.VOTE:
        answers = [(Meaning.NAMED, label) for label in labels] or USUAL
        for order, (meaning, words) in enumerate([*answers, (Meaning.ABSTENTION, "")], start=1):
            VoteOption.objects.create(decision=decision, order=order, meaning=meaning, words=words)
    record("groups.open_decision", decision, actor=actor, at=at)
    emails.decision_opened(decision, at=at)
    return decision


def _refuse_who_has_no_word(group, actor):
    if not (can_facilitate(actor, group) or voices_of(actor, group).exists() or seat_of(actor, group)):
        raise PermissionDenied


def _locked(decision):
    """Its row, locked; refused where it is decided."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("group__territory").get(pk=decision.pk)
    if not decision.is_open:
        raise ValidationError(_("C’est déjà décidé."))
    return decision


def _locked_to_run(decision, actor):
    facilitated(decision.group, actor)
    return _locked(decision)


@transaction.atomic
def speak(decision, *, organisation=None, seat=None, text, actor, at):
    """Ask, react or object, as the stage is: one voice an organisation, or a resident's seat."""
    decision = _locked(decision)
    refuse_who_does_not_speak(decision.group, organisation, seat, actor)
    if decision.stage not in SPEAKING:
        raise ValidationError(_("On vote : le temps de la discussion est passé."))
    statement = Statement(
        decision=decision,
        kind=SPEAKING[decision.stage],
        organisation=organisation,
        seat=seat,
        said_by=actor,
        said_at=at,
        text=text.strip(),
    )
    statement.full_clean(exclude=["decision", "said_by"])
    statement.save()
    record("groups.speak", decision, actor=actor, at=at)
    if statement.kind == Statement.Kind.OBJECTION:
        emails.objection_made(statement, at=at)
    return statement


@transaction.atomic
def settle_statement(statement, *, answer, actor, at, was_integrated=None, proposal=""):
    """Answer a question; or say of an objection whether it is integrated, and why. ``proposal``: the new wording."""
    decision = _locked_to_run(statement.decision, actor)
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if not statement.is_waiting:
        raise ValidationError(_("Cette prise de parole a déjà sa réponse."))
    is_objection = statement.kind == Statement.Kind.OBJECTION
    if is_objection and was_integrated is None:
        raise ValidationError({"was_integrated": _("Dites si l’objection est intégrée, ou non.")})
    if not answer.strip():
        raise ValidationError({"answer": _("Dites pourquoi : cela se relira.")})
    new = proposal.strip().replace("\r\n", "\n")
    if is_objection and was_integrated and new in {"", decision.proposal}:
        raise ValidationError({"proposal": _("Une objection intégrée change la proposition : écrivez-la à nouveau.")})
    statement.settled_at, statement.answer = at, answer.strip()
    statement.was_integrated = was_integrated if is_objection else None
    statement.full_clean(exclude=["decision", "said_by"])
    statement.save(update_fields=["settled_at", "answer", "was_integrated"])
    if is_objection and was_integrated:
        decision.former_proposals.create(text=decision.proposal, replaced_at=at)
        decision.proposal = new
        decision.full_clean(exclude=["group", "meeting", "replaces"])
        decision.save(update_fields=["proposal", "search_text"])
    record("groups.settle_statement", decision, actor=actor, at=at)
    emails.statement_settled(statement, at=at)
    return statement


@transaction.atomic
def withdraw_statement(statement, *, actor, at):
    """Whoever said it takes it back: an objection then stands no more. It stays readable."""
    decision = _locked(statement.decision)
    refuse_who_does_not_speak(decision.group, statement.organisation, statement.seat, actor)
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.withdrawn_at is None:
        statement.withdrawn_at = at
        statement.save(update_fields=["withdrawn_at"])
        record("groups.withdraw_statement", decision, actor=actor, at=at)
    return statement


@transaction.atomic
def move_on(decision, *, stage, actor, at):
    """Go from ``stage``, which the reader had before their eyes, to the next one. Twice moves once."""
    decision = _locked_to_run(decision, actor)
    if decision.stage != stage or decision.next_step is None:
        return decision
    waiting = decision.statements.filter(kind=Statement.Kind.CLARIFICATION, settled_at=None, withdrawn_at=None)
    if decision.stage == Stage.CLARIFICATIONS and waiting.exists():
        raise ValidationError(_("Une question attend encore sa réponse."))
    decision.stage = decision.next_step
    decision.save(update_fields=["stage"])
    record("groups.move_on", decision, actor=actor, at=at)
    emails.decision_moved_on(decision, at=at)
    return decision


@transaction.atomic
def cast_vote(decision, *, organisation, option, actor, at):
    """One voice for ``organisation``. An open vote may be changed until it closes; a secret one is given once."""
    decision = _locked(decision)
    refuse_who_does_not_speak(decision.group, organisation, None, actor)
    if decision.stage != Stage.VOTING or (decision.closes_on and decision.closes_on < timezone.localdate(at)):
        raise ValidationError(_("Ce vote est clos."))
    if option.decision_id != decision.pk:
        raise PermissionDenied
    if not decision.is_secret:
        vote, _made = Vote.objects.update_or_create(
            decision=decision, organisation=organisation, defaults={"option": option}
        )
        return vote
    try:
        with transaction.atomic():
            vote = Vote.objects.create(decision=decision, organisation=organisation, option=None)
    except IntegrityError as error:
        raise AlreadyVoted(_("Votre association a déjà voté. Un vote secret ne se change pas.")) from error
    VoteOption.objects.filter(pk=option.pk).update(secret_count=F("secret_count") + 1)
    return vote


@transaction.atomic
def decide(decision, *, outcome, words, actor, at):
    """End a consent: adopted where no objection stands, or set aside with the reason. Votes end by `close_vote`."""
    decision = _locked_to_run(decision, actor)
    if decision.kind != Kind.CONSENT:
        raise ValidationError(_("Un vote se clôt par le compte des voix."))
    if outcome == Outcome.ADOPTED:
        if decision.next_step is not None:
            raise ValidationError(_("On n’a pas encore demandé s’il y a des objections."))
        if any(statement.is_waiting for statement in decision.statements.all()):
            raise ValidationError(_("Une objection tient encore : intégrez-la, ou dites pourquoi elle ne l’est pas."))
    elif outcome != Outcome.SET_ASIDE:
        raise ValidationError(_("Par consentement, une proposition est adoptée ou laissée de côté."))
    if outcome == Outcome.SET_ASIDE and not words.strip():
        raise ValidationError({"words": _("Dites pourquoi.")})
    return _close(decision, outcome=outcome, words=words, actor=actor, at=at)


@transaction.atomic
def close_vote(decision, *, actor, at):
    """Count the voices. Before its last day, whoever runs the group may, if everybody has voted.

    Adopted where the first answer has more voices than the second or, of named answers, one has more than any other.
    """
    decision = _locked(decision)
    if actor is not None:
        facilitated(decision.group, actor)
    if decision.kind != Kind.VOTE:
        raise ValidationError(_("Ce n’est pas un vote."))
    voted = decision.votes.count()
    is_over = decision.closes_on < timezone.localdate(at)
    silent = decision.group.members.standing().exclude(organisation__in=decision.votes.values("organisation"))
    if not is_over and silent.exists():
        raise ValidationError(_("Tout le monde n’a pas voté : attendez le dernier jour."))
    return _close(decision, **_counted(decision, voted), actor=actor, at=at)


def count_voices(decision):
    """[(option, voices)] in their order."""
    if decision.is_secret:
        return [(option, option.secret_count) for option in decision.options.all()]
    counts = {}
    for option in decision.votes.values_list("option", flat=True):
        counts[option] = counts.get(option, 0) + 1
    return [(option, counts.get(option.pk, 0)) for option in decision.options.all()]


def _counted(decision, voted):
    if voted < max(decision.quorum, 1):
        return {"outcome": Outcome.NO_QUORUM, "words": ""}
    voices = [pair for pair in count_voices(decision) if pair[0].meaning != Meaning.ABSTENTION]
    best = max(count for _option, count in voices)
    leading = [option for option, count in voices if count == best and best]
    if len(leading) != 1:
        return {"outcome": Outcome.REJECTED, "words": str(_("Égalité des voix.")) if leading else ""}
    if leading[0].meaning == Meaning.AGAINST:
        return {"outcome": Outcome.REJECTED, "words": ""}
    return {"outcome": Outcome.ADOPTED, "words": leading[0].words}


def _close(decision, *, outcome, words, actor, at):
    decision.closed_at, decision.outcome, decision.stage = at, outcome, Stage.DECIDED
    decision.closing_words = words.strip()
    decision.full_clean(exclude=["group", "meeting", "replaces"])
    decision.save()
    record("groups.decide", decision, actor=actor, at=at)
    emails.decided(decision, at=at)
    return decision


@transaction.atomic
def note_decision(group, *, title, text, actor, at, meeting=None):
    """Write down what was decided without vote nor consent; whoever is inside with a word may."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    _refuse_who_has_no_word(group, actor)
    decision = Decision(
        group=group,
        meeting=meeting,
        kind=Kind.NOTED,
        stage=Stage.DECIDED,
        title=title.strip(),
        proposal=text.strip(),
        opened_at=at,
        closed_at=at,
        outcome=Outcome.ADOPTED,
    )
    decision.full_clean(exclude=["group", "meeting", "replaces"])
    decision.save()
    record("groups.note_decision", decision, actor=actor, at=at)
    return decision


@transaction.atomic
def share_decision(decision, *, shared, actor, at):
    """Show a decision (never what was said to come to it) to the invited public partners, or stop. Journaled."""
    group = facilitated(decision.group, actor)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if shared and decision.is_open:
        raise ValidationError(_("On partage ce qui est décidé."))
    if shared and not group.partners.standing().exists():
        raise ValidationError(_("Aucun partenaire public n’est invité dans ce groupe."))
    if bool(decision.shared_at) is not shared:
        decision.shared_at = at if shared else None
        decision.save(update_fields=["shared_at"])
        record("groups.share_decision" if shared else "groups.unshare_decision", decision, actor=actor, at=at)
    return decision


def follow_votes(*, at):
    """Every day: count the votes whose last day is past; write, two days before, to who has not voted."""
    today, done = timezone.localdate(at), 0
    voting = Decision.objects.open().filter(kind=Kind.VOTE)
    for decision in list(voting.filter(closes_on__lt=today)):
        try:
            close_vote(decision, actor=None, at=at)
            done += 1
        except ValidationError:
            continue  # closed meanwhile by another process
    for decision in voting.filter(closes_on__lte=today + REMIND_BEFORE, reminded_at=None):
        with transaction.atomic():
            if voting.filter(pk=decision.pk, reminded_at=None).update(reminded_at=at):
                emails.vote_closes_soon(decision, at=at)
    return done
