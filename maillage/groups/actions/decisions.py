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
from ..permissions import can_answer_for, can_facilitate, seat_of, voices_of
from .groups import facilitated
from .meetings import refuse_who_does_not_speak

Kind, Stage, Outcome = Decision.Kind, Decision.Stage, Decision.Outcome
Meaning = VoteOption.Meaning
USUAL = [(Meaning.FOR, ""), (Meaning.AGAINST, "")]
REMIND_BEFORE = datetime.timedelta(days=2)
MOST_OPTIONS = 8
SPEAKING = Statement.KIND_AT
LINKS = ["group", "meeting", "item", "replaces", "proposer", "proposer_seat"]


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
    item=None,
    replaces=None,
    organisation=None,
    seat=None,
):
    """Put a proposal to the group, by consent or by vote; whoever has a voice in it may. Everybody is written to.

    ``options``: the answers of a vote, two at least; none given, it is for, against or abstention. The quorum, and
    whether silence is consent, are the group's, frozen. ``item``: a point of the agenda of ``meeting``.
    ``replaces``: a former decision that this one takes the place of, once adopted. ``organisation`` or ``seat``: who
    proposes.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    _refuse_who_has_no_word(group, actor)
    if organisation or seat:
        refuse_who_does_not_speak(group, organisation, seat, actor)
    meeting = _meeting_of(group, meeting, item)
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
        item=item,
        proposer=organisation,
        proposer_seat=seat,
        kind=kind,
        stage=Stage.VOTING if kind == Kind.VOTE else Stage.CLARIFICATIONS,
        title=title.strip(),
        proposal=proposal.strip(),
        closes_on=closes_on,
        is_secret=is_secret and kind == Kind.VOTE,
        quorum=group.quorum if kind == Kind.VOTE else 0,
        silence_is_consent=group.silence_is_consent and kind == Kind.CONSENT,
        opened_at=at,
        stage_since=at,
        replaces=replaces,
    )
    decision.full_clean(exclude=LINKS)
    decision.save()
    if kind == Kind.VOTE:
        answers = [(Meaning.NAMED, label) for label in labels] or USUAL
        for order, (meaning, words) in enumerate([*answers, (Meaning.ABSTENTION, "")], start=1):
            VoteOption.objects.create(decision=decision, order=order, meaning=meaning, words=words)
    record("groups.open_decision", decision, actor=actor, at=at)
    emails.decision_opened(decision, at=at)
    return decision


def _meeting_of(group, meeting, item):
    """The meeting of a decision: that of its point of the agenda, where there is one."""
    meeting = item.meeting if item else meeting
    if meeting is not None and meeting.group_id != group.pk:
        raise PermissionDenied
    return meeting


def _refuse_who_has_no_word(group, actor):
    if not (can_facilitate(actor, group) or voices_of(actor, group).exists() or seat_of(actor, group)):
        raise PermissionDenied


def locked_decision(decision):
    """Its row, locked; refused where it is decided."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("group__territory").get(pk=decision.pk)
    if not decision.is_open:
        raise ValidationError(_("C’est déjà décidé."))
    return decision


def locked_to_run(decision, actor):
    facilitated(decision.group, actor)
    return locked_decision(decision)


@transaction.atomic
def speak(decision, *, organisation=None, seat=None, text="", agrees=False, actor, at):
    """Ask, react or object, as the stage is: one voice an organisation, or a resident's seat; until the last day.

    ``agrees``: when objections are asked for, to say that there is none. Who objects afterwards takes that back.
    """
    decision = locked_decision(decision)
    refuse_who_does_not_speak(decision.group, organisation, seat, actor)
    kind = _kind_of_words(decision, agrees, at)
    who = {"organisation": organisation, "seat": seat}
    silent = decision.statements.filter(**who, kind=Statement.Kind.NO_OBJECTION, withdrawn_at=None)
    if kind == Statement.Kind.NO_OBJECTION:
        if silent.exists():
            return silent.first()
        if any(one.is_waiting for one in decision.statements.filter(**who, kind=Statement.Kind.OBJECTION)):
            raise ValidationError(_("Votre objection tient encore : retirez-la d’abord."))
    elif kind == Statement.Kind.OBJECTION:
        silent.update(withdrawn_at=at)
    statement = Statement(
        decision=decision,
        kind=kind,
        organisation=organisation,
        seat=seat,
        said_by=actor,
        said_at=at,
        text=text.strip(),
    )
    if kind != Statement.Kind.NO_OBJECTION and not statement.text:
        raise ValidationError({"text": _("Écrivez quelques mots.")})
    statement.full_clean(exclude=["decision", "said_by"])
    statement.save()
    record("groups.speak", decision, actor=actor, at=at)
    if statement.kind == Statement.Kind.OBJECTION:
        emails.objection_made(statement, at=at)
    return statement


def _kind_of_words(decision, agrees, at):
    if decision.stage not in SPEAKING:
        raise ValidationError(_("On vote : le temps de la discussion est passé."))
    if decision.is_past(timezone.localdate(at)):
        raise ValidationError(_("Le dernier jour est passé : on ne prend plus la parole sur cette proposition."))
    if not agrees:
        return SPEAKING[decision.stage]
    if decision.stage != Stage.OBJECTIONS:
        raise ValidationError(_("On n’a pas encore demandé s’il y a des objections."))
    return Statement.Kind.NO_OBJECTION


@transaction.atomic
def settle_statement(statement, *, answer, actor, at, was_integrated=None, proposal=""):
    """Answer a question; or say of an objection whether it is integrated, and why. ``proposal``: the new wording.

    Who runs the group may, and who proposes.
    """
    decision = locked_decision(statement.decision)
    if not can_answer_for(actor, decision):
        raise PermissionDenied
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if not statement.is_waiting:
        raise ValidationError(_("Cette prise de parole a déjà sa réponse."))
    is_objection = statement.kind == Statement.Kind.OBJECTION
    if is_objection and was_integrated is None:
        raise ValidationError({"was_integrated": _("Dites si l’objection est intégrée, ou non.")})
    if is_objection and not was_integrated and not can_facilitate(actor, decision.group):
        why = _("Qui propose intègre une objection ; seule l’animation du groupe dit qu’elle ne l’est pas.")
        raise ValidationError({"was_integrated": why})
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
        decision.full_clean(exclude=LINKS)
        decision.save(update_fields=["proposal", "search_text"])
    record("groups.settle_statement", decision, actor=actor, at=at)
    emails.statement_settled(statement, at=at)
    return statement


@transaction.atomic
def withdraw_statement(statement, *, actor, at):
    """Whoever said it takes it back: an objection then stands no more. It stays readable."""
    decision = locked_decision(statement.decision)
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
    decision = locked_to_run(decision, actor)
    if decision.stage != stage or decision.next_step is None:
        return decision
    if decision.is_past(timezone.localdate(at)):
        raise ValidationError(_("Le dernier jour est passé : donnez d’abord un nouveau dernier jour."))
    waiting = decision.statements.filter(kind=Statement.Kind.CLARIFICATION, settled_at=None, withdrawn_at=None)
    if decision.stage == Stage.CLARIFICATIONS and waiting.exists():
        raise ValidationError(_("Une question attend encore sa réponse."))
    decision.stage, decision.stage_since, decision.reminded_at = decision.next_step, at, None
    decision.save(update_fields=["stage", "stage_since", "reminded_at"])
    record("groups.move_on", decision, actor=actor, at=at)
    emails.decision_moved_on(decision, at=at)
    return decision


@transaction.atomic
def cast_vote(decision, *, organisation, option, actor, at):
    """One voice for ``organisation``. An open vote may be changed until it closes; a secret one is given once."""
    decision = locked_decision(decision)
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
    decision = locked_to_run(decision, actor)
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
    return end_decision(decision, outcome=outcome, words=words, actor=actor, at=at)


@transaction.atomic
def close_vote(decision, *, actor, at):
    """Count the voices. Before its last day, whoever runs the group may, if everybody has voted.

    Adopted where the first answer has more voices than the second or, of named answers, one has more than any other.
    """
    decision = locked_decision(decision)
    if actor is not None:
        facilitated(decision.group, actor)
    if decision.kind != Kind.VOTE:
        raise ValidationError(_("Ce n’est pas un vote."))
    voted = decision.votes.count()
    is_over = decision.closes_on < timezone.localdate(at)
    silent = decision.group.members.standing().exclude(organisation__in=decision.votes.values("organisation"))
    if not is_over and silent.exists():
        raise ValidationError(_("Tout le monde n’a pas voté : attendez le dernier jour."))
    return end_decision(decision, **_counted(decision, voted), actor=actor, at=at)


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


def end_decision(decision, *, outcome, words, actor, at):
    decision.closed_at, decision.outcome, decision.stage = at, outcome, Stage.DECIDED
    decision.closing_words = words.strip()
    decision.full_clean(exclude=LINKS)
    decision.save()
    record("groups.decide", decision, actor=actor, at=at)
    emails.decided(decision, at=at)
    return decision


@transaction.atomic
def note_decision(group, *, title, text, actor, at, meeting=None, item=None):
    """Write down what was decided without vote nor consent; whoever is inside with a word may."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    _refuse_who_has_no_word(group, actor)
    meeting = _meeting_of(group, meeting, item)
    decision = Decision(
        group=group,
        meeting=meeting,
        item=item,
        kind=Kind.NOTED,
        stage=Stage.DECIDED,
        title=title.strip(),
        proposal=text.strip(),
        opened_at=at,
        closed_at=at,
        outcome=Outcome.ADOPTED,
    )
    decision.full_clean(exclude=LINKS)
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
