"""Asking each organisation named, taking its answer, publishing when all agree."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record

from .. import emails
from ..links import latest
from ..models import Assent, CaseReading, CaseStudy
from ..names import unlisted_names
from ..permissions import can_answer, can_edit, can_publish

State = Assent.State


class NotReady(ValidationError):
    """Something is missing before anybody is asked, or before it is published."""


class NothingToAgree(ValidationError):
    """The case names no organisation."""


class LinkIsOver(ValidationError):
    """The words have changed since they were shown, or the answer was already another one."""


def locked(case):
    return CaseStudy.objects.select_for_update(of=("self",)).get(pk=case.pk)


@transaction.atomic
def ask_assents(case, *, actor, at):
    """Ask each organisation that the latest words name, by e-mail. One that has agreed to these very words is left in
    peace, and so is one that refused them: its name is to be taken out. Returns those asked.
    """
    case = locked(case)
    if not can_edit(actor, latest(case)):
        raise PermissionDenied
    return _ask(case, actor=actor, at=at)


def _ask(case, *, actor, at):
    words = latest(case)
    missing = unlisted_names(words)
    if missing:
        raise NotReady(
            _("Le texte nomme aussi %(names)s : ajoutez ces organisations à la liste, ou retirez leur nom.")
            % {"names": ", ".join(missing)}
        )
    if not words.assent_states():
        raise NothingToAgree(_("Aucune organisation n’est nommée : il n’y a pas d’accord à demander."))
    asked = []
    for name, state in words.assent_states():
        if state in {State.AGREED, State.REFUSED, State.WITHDRAWN, State.ASKED}:
            continue
        assent, _made = Assent.objects.update_or_create(
            case=case,
            organisation_id=name.key[0],
            email=name.key[1],
            defaults={
                "name": str(name),
                "fingerprint": words.fingerprint,
                "state": State.ASKED,
                "words": "",
                "asked_at": at,
                "asked_by": actor,
                "answered_at": None,
                "answered_by": None,
            },
        )
        emails.assent_asked(assent, at=at)
        asked.append(assent)
    if asked:
        record("editorial.ask_assents", case, actor=actor, at=at, asked=len(asked))
    return asked


@transaction.atomic
def answer_assent(assent, *, agrees, fingerprint, words="", actor=None, at):
    """The organisation agrees to the words of ``fingerprint``, or refuses them. ``actor``: who is signed in for it,
    or None through the link that it alone received. Publishes where it was the last and moderation has read it.
    """
    assent = Assent.objects.select_for_update(of=("self",)).select_related("case").get(pk=assent.pk)
    if actor is not None and not can_answer(actor, assent):
        raise PermissionDenied
    case = locked(assent.case)
    if assent.fingerprint != fingerprint or latest(case).fingerprint != fingerprint:
        raise LinkIsOver(_("Ce texte a changé depuis : on vous demandera votre accord sur le nouveau."))
    if assent.state != State.ASKED:
        raise LinkIsOver(_("Votre organisation a déjà répondu."))
    _answered(assent, State.AGREED if agrees else State.REFUSED, words, actor, at)
    record("editorial.agree" if agrees else "editorial.refuse", case, actor=actor, at=at)
    emails.answered(assent, at=at)
    if agrees:
        _publish_if_ready(case, at=at)
    return assent


def _answered(assent, state, words, actor, at):
    assent.state, assent.words = state, words.strip()[:1000]
    assent.answered_at, assent.answered_by = at, actor
    assent.save(update_fields=["state", "words", "answered_at", "answered_by"])


@transaction.atomic
def withdraw_assent(assent, *, words="", actor=None, at):
    """The organisation takes its assent back: the case is no longer published, from this moment. ``actor``: as for
    `answer_assent`.
    """
    assent = Assent.objects.select_for_update(of=("self",)).select_related("case").get(pk=assent.pk)
    if actor is not None and not can_answer(actor, assent):
        raise PermissionDenied
    if assent.state != State.AGREED:
        raise LinkIsOver(_("Il n’y a pas d’accord à retirer."))
    case = locked(assent.case)
    _answered(assent, State.WITHDRAWN, words, actor, at)
    if case.live:
        case.unpublish()
    record("editorial.withdraw", case, actor=actor, at=at)
    emails.answered(assent, at=at)
    return assent


@transaction.atomic
def publish_case(case, *, actor, at):
    """Publish the latest words, to which everybody named has agreed."""
    case = locked(case)
    words = latest(case)
    if not can_publish(actor, words):
        raise PermissionDenied
    missing = unlisted_names(words)
    if missing:
        raise NotReady(_("Le texte nomme aussi %(names)s.") % {"names": ", ".join(missing)})
    if not words.may_be_published:
        raise NotReady(_("Une organisation nommée n’a pas donné son accord à ce texte : il ne se publie pas."))
    case.get_latest_revision().publish(user=actor, skip_permission_checks=True)
    record("editorial.publish", case, actor=actor, at=at)
    return CaseStudy.objects.get(pk=case.pk)


@transaction.atomic
def publish_when_agreed(case, *, actor, at):
    """Moderation has read these words: publish now, or ask and publish with the last assent. Called by the
    workflow, which has checked who may.
    """
    case = locked(case)
    words = latest(case)
    CaseReading.objects.update_or_create(
        case=case, defaults={"fingerprint": words.fingerprint, "read_by": actor, "read_at": at}
    )
    if words.assent_states() and not words.may_be_published:
        _ask(case, actor=actor, at=at)
    _publish_if_ready(case, at=at)


def _publish_if_ready(case, *, at):
    words = latest(case)
    reading = CaseReading.objects.filter(case=case, fingerprint=words.fingerprint).first()
    if reading and words.may_be_published:
        case.get_latest_revision().publish(user=reading.read_by, skip_permission_checks=True)
        record("editorial.publish", case, actor=reading.read_by, at=at)
