"""Proposing other words, supporting or objecting, giving up."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.charters.actions import ConflictingEdit
from maillage.charters.models import Article
from maillage.journal.actions import record

from .. import emails
from ..models import Amendment, Stance
from ..permissions import is_theirs
from .decisions import ArticleMissing, open_amendment
from .workshops import end, lock_open, refuse_late, refuse_stranger


class NothingProposed(ValidationError):
    """The words proposed are those of the article."""


class OwnAmendment(ValidationError):
    """Who proposes supports, already."""


@transaction.atomic
def propose_amendment(
    workshop,
    *,
    kind,
    reason,
    actor,
    at,
    organisation=None,
    seat=None,
    article_key="",
    article_kind="",
    title="",
    text="",
    mark=None,
):
    """Propose to change, to add or to take away an article, with a reason that stays inside the group.

    ``mark``: the one of the article that was read; raises ConflictingEdit where it has changed since, ArticleMissing
    where it went, NothingProposed. Who animates the group is told by e-mail.
    """
    workshop = lock_open(workshop)
    refuse_stranger(actor, workshop, organisation=organisation, seat=seat)
    refuse_late(workshop, at)
    amendment = Amendment(
        workshop=workshop,
        kind=kind,
        article_kind=article_kind,
        title=title.strip(),
        text=text.strip(),
        reason=reason.strip(),
        organisation=organisation,
        seat=seat,
        author=actor,
        proposed_at=at,
    )
    if kind != Amendment.Kind.ADD:
        _base_on(amendment, workshop.version.articles.filter(key=article_key).first(), mark)
    if kind == Amendment.Kind.REMOVE:
        amendment.title = amendment.text = ""
    elif not (amendment.title and amendment.text):
        raise ValidationError({"text": _("Écrivez le titre et le texte que vous proposez.")})
    amendment.full_clean()
    amendment.save()
    record("drafting.propose", workshop, actor=actor, at=at, amendment=amendment.pk)
    emails.amendment_proposed(amendment, by=actor, at=at)
    return amendment


def _base_on(amendment, article, mark):
    """Keep what the author had read: the difference stays readable whatever the article becomes."""
    if article is None:
        raise ArticleMissing(_("Cet article n’est plus dans le texte."))
    if mark is not None and article.mark != mark:
        raise ConflictingEdit(article)
    is_out = article.treatment == Article.Treatment.LEFT_OUT
    says_the_same = (amendment.title, amendment.text) == (article.title, article.text.strip())
    if amendment.kind == Amendment.Kind.CHANGE and says_the_same and not is_out:
        raise NothingProposed({"text": _("Ce sont les mots de l’article : changez-les, ou laissez un commentaire.")})
    if amendment.kind == Amendment.Kind.REMOVE and is_out:
        raise NothingProposed(_("Cet article est déjà laissé de côté."))
    amendment.article_key, amendment.article_kind = article.key, article.kind
    amendment.base_title, amendment.base_text, amendment.base_left_out = article.title, article.text, is_out


@transaction.atomic
def take_stance(amendment, *, kind, actor, at, organisation=None, seat=None, words=""):
    """Support an amendment, or object, with the words of the objection: one stance an organisation, and a seat; the
    last one given stands. Raises OwnAmendment.
    """
    workshop, amendment = open_amendment(amendment)
    if organisation is None and seat is None:
        raise PermissionDenied
    refuse_stranger(actor, workshop, organisation=organisation, seat=seat)
    refuse_late(workshop, at)
    if (organisation and organisation.pk == amendment.organisation_id) or (seat and seat.pk == amendment.seat_id):
        raise OwnAmendment(_("Vous proposez cet amendement : votre soutien est déjà là."))
    found = {"amendment": amendment, "organisation": organisation, "seat": seat}
    # The workshop is locked: nobody else is saying it for the same organisation at the same moment.
    stance = Stance.objects.filter(**found).first() or Stance(**found)
    stance.kind, stance.words, stance.said_by, stance.said_at = kind, words.strip(), actor, at
    stance.full_clean()
    stance.save()
    record("drafting.stance", workshop, actor=actor, at=at, amendment=amendment.pk, kind=kind)
    return stance


@transaction.atomic
def withdraw_amendment(amendment, *, actor, at):
    """Give up what one proposed, as long as nobody has answered; it stays readable."""
    workshop, amendment = open_amendment(amendment)
    if not is_theirs(actor, amendment, workshop):
        raise PermissionDenied
    end(amendment, Amendment.State.WITHDRAWN, answer="", actor=actor, at=at)
    record("drafting.withdraw", workshop, actor=actor, at=at, amendment=amendment.pk)
    return amendment
