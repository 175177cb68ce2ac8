"""Answering, page by page; two people of one association lose nothing of each other's words."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Brake, Lever, Side
from maillage.journal.actions import record
from maillage.organisations.audiences import reader_of

from ..models import CommitmentState, LookBack, Mention
from ..permissions import can_answer
from ..queries import commitments_of
from ..synthesis import articles_of

PAGE_FIELDS = ("brakes_words", "levers_words", "change", "need", "is_shared")


class SomebodyWrote(ValidationError):
    """Somebody of the same association saved this page meanwhile; ``saved`` is what stands now, or None."""

    def __init__(self, saved):
        super().__init__(
            _(
                "Quelqu’un de votre association a enregistré cette page entre-temps. Rien n’est perdu :"
                " comparez, gardez."
            )
        )
        self.saved = saved


class Closed(ValidationError):
    """The look back takes no answer today."""


def _locked(look_back, actor, at):
    # The campaign first: an answer and the end of the look back never cross.
    campaign = type(look_back.campaign).objects.select_for_update().get(pk=look_back.campaign_id)
    look_back = (
        LookBack.objects.select_for_update(of=("self",))
        .select_related("campaign__version", "organisation")
        .get(pk=look_back.pk)
    )
    if not can_answer(actor, look_back):
        raise PermissionDenied
    if not campaign.is_open(timezone.localdate(at)):
        raise Closed(_("Ce bilan n’est pas ouvert aujourd’hui : les réponses ne changent plus."))
    return look_back


@transaction.atomic
def save_principle(look_back, article, *, state, note, edition, actor, at):
    """Keep where the association is with ``article``; ``edition`` is what the page was written from (0: nothing).

    What it notes of its commitments that year starts from here, where nothing was noted. Raises SomebodyWrote.
    """
    look_back = _locked(look_back, actor, at)
    if article not in articles_of(look_back.campaign.version):
        raise PermissionDenied
    saved = look_back.answers.filter(article=article).first()
    if (saved.edition if saved else 0) != edition:
        if saved and (saved.state, saved.note) == (state, note):
            return saved
        raise SomebodyWrote(saved)
    saved, _made = look_back.answers.update_or_create(
        article=article, defaults={"state": state, "note": note, "edition": edition + 1}
    )
    _start_the_year(look_back, article, state, note, at)
    return saved


def _start_the_year(look_back, article, state, note, at):
    organisation, year = look_back.organisation, look_back.campaign.year
    for signature, lines in commitments_of(organisation, year):
        if signature.version.adaptation_id != look_back.campaign.version.adaptation_id:
            continue
        for own, noted in lines:
            if own.key == article.key and noted is None:
                CommitmentState.objects.create(
                    organisation=organisation, article=own, year=year, state=state, note=note, changed_at=at
                )


@transaction.atomic
def save_pages(look_back, *, edition, actor, at, brakes=None, levers=None, **words):
    """Keep the page of brakes and levers, or the last one: ``words`` are fields of PAGE_FIELDS, ``brakes`` and
    ``levers`` families. Raises SomebodyWrote.
    """
    look_back = _locked(look_back, actor, at)
    if look_back.edition != edition:
        raise SomebodyWrote(look_back)
    for name in PAGE_FIELDS:
        if name in words:
            setattr(look_back, name, words[name])
    look_back.edition += 1
    look_back.save(update_fields=[*PAGE_FIELDS, "edition"])
    for side, families, known in (
        (Side.BRAKE, brakes, Brake),
        (Side.LEVER, levers, Lever),
    ):
        if families is not None:
            look_back.mentions.filter(side=side).exclude(family__in=families).delete()
            standing = set(look_back.mentions.filter(side=side).values_list("family", flat=True))
            look_back.mentions.bulk_create(
                Mention(look_back=look_back, side=side, family=family)
                for family in known.values
                if family in families and family not in standing
            )
    return look_back


@transaction.atomic
def finish_look_back(look_back, *, actor, at):
    """The answers count. They may still change until the look back closes. Finishing twice changes nothing."""
    look_back = _locked(look_back, actor, at)
    if look_back.finished_at:
        return look_back
    if not look_back.answers.exists():
        raise Closed(_("Répondez au moins sur un principe."))
    look_back.finished_at = at
    look_back.save(update_fields=["finished_at"])
    record("evaluation.finish", look_back, actor=actor, at=at)
    return look_back


@transaction.atomic
def note_commitment(organisation, article, year, *, state, note, proofs, edition, actor, at):
    """Note where ``organisation`` is with an article it signed, in ``year``. Raises SomebodyWrote."""
    if organisation.pk not in reader_of(actor).association_ids:
        raise PermissionDenied
    # One lock for all of its commitments: the row may not exist yet.
    organisation = type(organisation).objects.select_for_update().get(pk=organisation.pk)
    standing = {own.pk: noted for _signature, lines in commitments_of(organisation, year) for own, noted in lines}
    if article.pk not in standing:
        raise PermissionDenied
    if not 2000 <= year <= timezone.localdate(at).year:
        raise ValidationError({"year": _("Cette année n’est pas encore commencée.")})
    links = _checked_links(proofs)
    noted = standing[article.pk]
    if (noted.edition if noted else 0) != edition:
        raise SomebodyWrote(noted)
    row = noted or CommitmentState(organisation=organisation, article=article, year=year, edition=0)
    row.state, row.note, row.proofs, row.changed_at = state, note, "\n".join(links), at
    row.edition += 1
    row.save()
    record("evaluation.note", row, actor=actor, at=at)
    return row


def _checked_links(proofs):
    """Paths of this site, or https addresses, one a line. Another scheme would run in the reader's browser."""
    links = proofs.split()
    if len(links) > 8:
        raise ValidationError({"proofs": _("Huit adresses au plus.")})
    for link in links:
        try:
            address = urlsplit(link)
        except ValueError:
            address = None
        here = link.startswith("/") and not link.startswith("//") and "\\" not in link
        away = address is not None and address.scheme == "https" and address.hostname
        if not here and not away:
            raise ValidationError(
                {
                    "proofs": _("« %(link)s » : une adresse commence par https:// ou, sur ce site, par /.")
                    % {"link": link[:80]}
                }
            )
    return links
