"""Entering a proposal, echoing it, saying where it stands; writing to an addressee, noting the reply."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Partner
from maillage.journal.actions import record
from maillage.organisations.permissions import speaks_for

from . import emails
from .models import Appeal, Echo, Proposal, ProposalState, Reply
from .permissions import can_edit, can_enter, can_note_on, can_note_state, can_withdraw


@transaction.atomic
def enter_proposal(proposal, *, text, source_page, stake, addressees, actor, at):
    """What the paper says, word for word, with its page; what stood before is kept in the history."""
    if not can_enter(actor):
        raise PermissionDenied
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not text.strip() or not source_page.strip():
        raise ValidationError(_("Le texte du plaidoyer, et la page où il est."))
    before = proposal.text
    proposal.text, proposal.source_page = text.strip(), source_page.strip()
    proposal.stake, proposal.addressees = stake, list(addressees)
    proposal.entered_at, proposal.entered_by = at, actor
    proposal.full_clean(exclude=["entered_by"])
    proposal.save()
    record("advocacy.enter", proposal, actor=actor, at=at, before=before)
    return proposal


@transaction.atomic
def say_echo(proposal, *, organisation, actor, at, **said):
    """``organisation`` says, in public, what the proposal means where it acts; said again, it replaces its own words.
    ``said``: words, brake, figure, figure_source, cooperation, may_be_cited.
    """
    if not speaks_for(actor, organisation.pk):
        raise PermissionDenied
    cooperation = said.get("cooperation")
    if cooperation and not Partner.objects.accepted().filter(cooperation=cooperation, organisation=organisation):
        raise ValidationError({"cooperation": _("Cette coopération n’est pas celle de l’association qui parle.")})
    echo = Echo.objects.select_for_update().standing().filter(proposal=proposal, organisation=organisation).first()
    echo = echo or Echo(proposal=proposal, organisation=organisation)
    for name, value in said.items():
        setattr(echo, name, value)
    echo.said_at, echo.said_by = at, actor
    echo.full_clean(exclude=["said_by", "organisation", "proposal"])
    echo.save()
    record("advocacy.echo", echo, actor=actor, at=at)
    return echo


@transaction.atomic
def withdraw_echo(echo, *, actor, at):
    """Shown no more. Letters that were sent stay what they were."""
    echo = Echo.objects.select_for_update().get(pk=echo.pk)
    if not can_withdraw(actor, echo):
        raise PermissionDenied
    echo.withdrawn_at = at
    echo.save(update_fields=["withdrawn_at"])
    record("advocacy.withdraw_echo", echo, actor=actor, at=at)
    return echo


@transaction.atomic
def note_state(proposal, *, territory, state, on, words, source_title, actor, at, source_url=""):
    """Where ``proposal`` stands on ``territory`` since the day ``on``, with its source."""
    if not can_note_state(actor, territory):
        raise PermissionDenied
    if on > timezone.localdate(at):
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    noted = ProposalState(
        proposal=proposal,
        territory=territory,
        state=state,
        on=on,
        words=words.strip(),
        source_title=source_title.strip(),
        source_url=source_url,
        noted_at=at,
        noted_by=actor,
    )
    noted.full_clean(exclude=["noted_by"])
    noted.save()
    record("advocacy.note_state", proposal, actor=actor, at=at, state=str(state), territory=territory.slug)
    return noted


@transaction.atomic
def write_appeal(proposal, *, territory, addressee, subject, text, echoes, actor, at, appeal=None):
    """A letter in the name of the associations of ``territory``; only echoes that agreed to it are named. A letter
    that left meanwhile does not change.
    """
    if appeal:
        appeal = Appeal.objects.select_for_update(of=("self",)).select_related("territory").get(pk=appeal.pk)
    if not can_note_on(actor, territory) or (appeal and not can_edit(actor, appeal)):
        raise PermissionDenied
    if any(not one.may_be_cited or one.withdrawn_at or one.proposal_id != proposal.pk for one in echoes):
        raise ValidationError({"echoes": _("Une association n’a pas accepté d’être citée.")})
    appeal = appeal or Appeal(proposal=proposal, territory=territory, written_by=actor)
    appeal.addressee, appeal.subject, appeal.text, appeal.written_at = addressee, subject, text, at
    appeal.full_clean(exclude=["written_by"])
    appeal.save()
    appeal.echoes.set(echoes)
    record("advocacy.write_appeal", appeal, actor=actor, at=at)
    return appeal


@transaction.atomic
def send_appeal(appeal, *, on, channel, actor, at):
    """It left, on paper or by mail: everybody reads it from now on, and it does not change. Those whose echo it cites
    are told.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("territory").get(pk=appeal.pk)
    if appeal.sent_on:
        raise ValidationError(_("Cette lettre est déjà partie."))
    if not can_edit(actor, appeal):
        raise PermissionDenied
    if on > timezone.localdate(at):
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    if appeal.echoes.exclude(withdrawn_at=None).exists():
        raise ValidationError(_("Un écho cité a été retiré depuis : reprenez la lettre."))
    if appeal.echoes.filter(may_be_cited=False).exists():
        raise ValidationError(_("Une association n’a pas accepté d’être citée."))
    appeal.sent_on, appeal.channel = on, channel.strip()
    appeal.save(update_fields=["sent_on", "channel"])
    record("advocacy.send_appeal", appeal, actor=actor, at=at)
    emails.appeal_sent(appeal, at=at)
    return appeal


@transaction.atomic
def note_reply(appeal, *, on, sender, text, actor, at):
    """What was answered, told to those whose echo the letter cites."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("territory").get(pk=appeal.pk)
    if not can_note_on(actor, appeal.territory):
        raise PermissionDenied
    if not appeal.sent_on or on < appeal.sent_on or on > timezone.localdate(at):
        raise ValidationError({"on": _("Une réponse vient après la lettre, et pas après aujourd’hui.")})
    reply = Reply(appeal=appeal, on=on, sender=sender.strip(), text=text.strip(), noted_at=at, noted_by=actor)
    reply.full_clean(exclude=["noted_by"])
    reply.save()
    record("advocacy.note_reply", appeal, actor=actor, at=at)
    emails.appeal_replied(appeal, at=at)
    return reply
