"""Reads across agreements: lists, what waits, what the register says of them."""

import json

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.charters.models import RegisterEntry
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.ui.lines import Line

from .models import Agreement, Party
from .models.agreements import ENDS_SOON
from .text import models_of_text, sha256_of

State = Agreement.State


def listed(user, *, cooperation=None):
    """What ``user`` may read, what was touched last first, with its parties."""
    found = Agreement.objects.visible_to(user)
    if cooperation:
        found = found.filter(cooperation=cooperation)
    return found.prefetch_related("parties__organisation").order_by("-changed_at", "-pk")


def to_name(user, agreement=None):
    """Organisations that may be named: the confirmed ones of the territories where one's associations act, public
    partners too.
    """
    mine = reader_of(user).association_ids
    here = Organisation.territories.through.objects.filter(organisation_id__in=mine).values("territory")
    found = (
        Organisation.objects.visible_to(user)
        .listed()
        .filter(territories__in=here, confirmed_at__isnull=False)
        .exclude(pk__in=mine)
    )
    if agreement:
        found = found.exclude(pk__in=agreement.parties.values("organisation"))
    return found.distinct().order_by("search_name")


def with_models(agreement):
    """[(clause, whether it still reads as its model does)] of ``agreement``; once it is settled nobody is told."""
    models = {(one["title"], one["text"]) for one in models_of_text()[agreement.kind]["clauses"]}
    told = agreement.is_open_to_change
    return [(clause, told and (clause.title, clause.text) in models) for clause in agreement.clauses.all()]


def waiting_for(user, *, today):
    """What this person can do about agreements: read again, sign, prolong. Two queries, whatever waits."""
    reader = reader_of(user)
    if not reader.organisation_ids:
        return []
    ending = Q(agreement__state=State.SIGNED, agreement__ends_on__range=(today, today + ENDS_SOON))
    in_hand = Q(agreement__state__in=[State.REVIEW, State.TO_SIGN])
    parties = Party.objects.of(user).filter(in_hand | ending, organisation__archived_at=None)
    followed = Agreement.objects.exclude(state=State.DROPPED).filter(renews=OuterRef("agreement"))
    parties = parties.annotate(is_followed=Exists(followed))
    lines = []
    for party in parties.select_related("agreement", "organisation").order_by("agreement_id"):
        if what := _of_party(party):
            agreement = party.agreement
            lines.append(
                Line(
                    what,
                    agreement.title,
                    agreement.get_absolute_url(),
                    f"agreement-{agreement.pk}-{agreement.state}-{agreement.edition}",
                    agreement.ends_on if agreement.state == State.SIGNED else None,
                    party.organisation.name,
                )
            )
    return lines


def _of_party(party):
    agreement = party.agreement
    if agreement.state == State.REVIEW and not party.has_approved:
        return _("Convention à relire")
    if agreement.state == State.TO_SIGN and party.signed_at is None:
        return _("Convention à signer")
    if agreement.state == State.SIGNED and agreement.ended_on is None and not party.is_followed:
        return _("Convention qui se termine : la renouveler ?")
    return ""


def news_for(user, *, since, until):
    """Agreements that were signed by all, or ended. One query."""
    reader = reader_of(user)
    if not reader.organisation_ids:
        return []
    mine = Party.objects.of(user).values("agreement")
    signed = Agreement.objects.visible_to(user).filter(pk__in=mine, signed_at__gt=since, signed_at__lte=until)
    return [
        Line(_("Convention signée par tous"), one.title, one.get_absolute_url(), f"agreement-signed-{one.pk}")
        for one in signed.order_by("pk")
    ]


def agreement_discords():
    """Where agreements and the register of this instance disagree, or a settled text changed: sentences."""
    for agreement in Agreement.objects.filter(state__in=[State.TO_SIGN, State.SIGNED]):
        if sha256_of(agreement.frozen_text) != agreement.sha256:
            yield gettext("le texte de la convention %(uuid)s a changé depuis qu’il est arrêté") % {
                "uuid": agreement.uuid
            }
    entries = RegisterEntry.objects.filter(event=RegisterEntry.Event.AGREEMENT)
    for entry in entries.select_related("agreement_party__agreement"):
        party = getattr(entry, "agreement_party", None)
        if party is None:
            yield gettext("l’entrée %(sequence)s parle d’une convention qui n’est plus là") % {"sequence": entry.pk}
        elif party.agreement.sha256 and json.loads(entry.body)["text"]["sha256"] != party.agreement.sha256:
            yield gettext("l’entrée %(sequence)s n’est pas celle du texte de sa convention") % {"sequence": entry.pk}
