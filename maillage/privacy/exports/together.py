"""What was done together, as one organisation or one person takes it away: read through the wall, like every page."""

import itertools

from django.db.models import Q

from maillage.agreements.models import Agreement
from maillage.cooperations.models import Contribution, JournalEntry, Partner, ReviewAnswer
from maillage.evaluation.models import CommitmentState, LookBack
from maillage.events.models import Event
from maillage.groups.models import ActionPoint, GroupMember, MinutesReading, ResidentSeat, Statement, Vote
from maillage.resources.models import Loan, Need, Resource


def of_organisation(organisation, reader):
    """(file name, rows) of each subject in which ``organisation`` takes part, as ``reader`` may see it."""
    own = {"organisation": organisation}
    yield "groupes.json", _groups(organisation, reader)
    yield "actions.json", map(_point, ActionPoint.objects.visible_to(reader).filter(**own).select_related("group"))
    statements = Statement.objects.visible_to(reader).filter(**own)
    yield "prises-de-parole.json", itertools.chain(map(_statement, statements), _votes(organisation, reader))
    yield "cooperations.json", _cooperations(organisation, reader)
    entries = JournalEntry.objects.visible_to(reader).filter(**own)
    yield "journaux-de-cooperation.json", map(_entry, entries.select_related("cooperation"))
    yield "prets.json", _loans(organisation, reader)
    yield "conventions.json", _agreements(organisation, reader)
    yield "agenda.json", map(_event, Event.objects.visible_to(reader).filter(organiser=organisation))
    yield "engagements.json", _commitments(organisation, reader)


def of_person(user):
    """(file name, rows) of what ``user`` said or asked, in whoever's name."""
    seats = ResidentSeat.objects.visible_to(user).filter(user=user).select_related("group")
    yield "sieges.json", ({"groupe": s.group.name, "appele": s.name, "depuis": s.since} for s in seats)
    statements = Statement.objects.visible_to(user).filter(said_by=user)
    readings = MinutesReading.objects.visible_to(user).filter(said_by=user).select_related("meeting__group")
    yield "prises-de-parole.json", itertools.chain(map(_statement, statements), map(_reading, readings))
    entries = JournalEntry.objects.visible_to(user).filter(author=user)
    yield "journaux-de-cooperation.json", map(_entry, entries.select_related("cooperation"))
    loans = Loan.objects.visible_to(user).filter(asked_by=user).select_related("resource", "borrower")
    yield "prets.json", map(_loan, loans)


def _groups(organisation, reader):
    for member in GroupMember.objects.visible_to(reader).filter(organisation=organisation).select_related("group"):
        yield {
            "groupe": member.group.name,
            "anime": member.facilitates,
            "depuis": member.since,
            "jusqu_au": member.until,
        }


def _point(point):
    return {
        "groupe": point.group.name,
        "a_faire": point.wording,
        "pour_le": point.due_on,
        "fait_le": point.done_at,
        "abandonne_le": point.dropped_at,
        "mots": point.closing_words,
    }


def _statement(statement):
    return {
        "sur": statement.decision.title,
        "nature": statement.kind,
        "mots": statement.text,
        "dit_le": statement.said_at,
        "reponse": statement.answer,
        "integree": statement.was_integrated,
    }


def _reading(reading):
    return {"sur": str(reading.meeting), "nature": "relecture", "mots": reading.correction, "dit_le": reading.said_at}


def _votes(organisation, reader):
    votes = Vote.objects.visible_to(reader).filter(organisation=organisation).select_related("decision", "option")
    for vote in votes:
        yield {"sur": vote.decision.title, "nature": "voix", "mots": str(vote.option or ""), "dit_le": None}


def _cooperations(organisation, reader):
    partners = Partner.objects.visible_to(reader).filter(organisation=organisation).select_related("cooperation")
    brought = Contribution.objects.visible_to(reader).filter(partner__organisation=organisation)
    answers = ReviewAnswer.objects.visible_to(reader).filter(organisation=organisation)
    for partner in partners.order_by("since"):
        yield {
            "cooperation": partner.cooperation.title,
            "etape": partner.cooperation.stage,
            "role": partner.role,
            "etat": partner.state,
            "depuis": partner.since,
            "apports": [str(one) for one in brought if one.partner_id == partner.pk],
            "regards": [
                {name: getattr(one, name) for name in ("trust", "sharing", "load", "residents", "words")}
                for one in answers.filter(review__cooperation=partner.cooperation_id)
            ],
        }


def _entry(entry):
    return {
        "cooperation": entry.cooperation.title,
        "mots": entry.text,
        "ecrit_le": entry.written_at,
        "image": entry.alt,
    }


def _loan(loan):
    return {
        "quoi": loan.resource.title,
        "emprunte_par": loan.borrower.name,
        "du": loan.starts_at,
        "au": loan.ends_at,
        "etat": loan.state,
        "message": loan.message,
    }


def _loans(organisation, reader):
    """What it lends, what it seeks, and the loans on both sides."""
    for resource in Resource.objects.visible_to(reader).filter(owner=organisation):
        yield {"prete": resource.title, "nature": resource.kind, "conditions": resource.conditions}
    for need in Need.objects.visible_to(reader).filter(organisation=organisation):
        yield {"cherche": need.title, "nature": need.kind, "mots": need.words}
    sides = Q(resource__owner=organisation) | Q(borrower=organisation)
    yield from map(_loan, Loan.objects.visible_to(reader).filter(sides).select_related("resource", "borrower"))


def _agreements(organisation, reader):
    found = Agreement.objects.visible_to(reader).filter(parties__organisation=organisation)
    for agreement in found.prefetch_related("clauses").distinct():
        yield {
            "titre": agreement.title,
            "nature": agreement.kind,
            "etat": agreement.state,
            "du": agreement.starts_on,
            "au": agreement.ends_on,
            "articles": {clause.title: clause.text for clause in agreement.clauses.all()},
            "empreinte": agreement.sha256,
        }


def _event(event):
    return {
        "titre": event.title,
        "du": event.starts_on,
        "au": event.ends_on,
        "se_repete": event.rule,
        "lieu": event.place,
        "mots": event.description,
        "annule_le": event.cancelled_at,
    }


def _commitments(organisation, reader):
    states = CommitmentState.objects.visible_to(reader).filter(organisation=organisation).select_related("article")
    for state in states:
        yield {
            "annee": state.year,
            "article": state.article.title,
            "etat": state.state,
            "note": state.note,
            "preuves": state.links,
        }
    for back in LookBack.objects.visible_to(reader).filter(organisation=organisation).select_related("campaign"):
        yield {
            "annee": back.campaign.year,
            "ce_qui_a_freine": back.brakes_words,
            "ce_qui_a_aide": back.levers_words,
            "ce_que_nous_changerions": back.change,
            "ce_dont_nous_avons_besoin": back.need,
        }
