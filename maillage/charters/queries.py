"""Reads that cross several models."""

import dataclasses
import json

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from maillage.organisations.finding import matching
from maillage.organisations.models import NetworkMembership, Organisation
from maillage.territories.models import Territory

from .importing import title_mark
from .models import Article, CharterVersion, RegisterEntry, RegisterHead, Signature


def signatories(user, *, on, text="", territory="", network=None, name=""):
    """Standing signatures that ``user`` may see, one row an organisation and text, newest first.

    ``text``: 'national' or the slug of an adaptation; ``territory``: words of a name or a code; ``network``: its
    members on the day ``on``.
    """
    found = Signature.objects.visible_to(user).standing().latest().for_lists().order_by("-signed_at")
    if text == "national":
        found = found.filter(version__adaptation=None)
    elif text:
        found = found.filter(version__adaptation__slug=text)
    if name:
        found = found.filter(organisation__in=matching(Organisation.objects.all(), name).values("pk"))
    if territory:
        places = Territory.objects.matching(territory).values("pk")
        acting = Organisation.territories.through.objects.filter(
            organisation_id=OuterRef("organisation_id"), territory_id__in=places
        )
        found = found.filter(Exists(acting))
    if network:
        members = NetworkMembership.objects.in_force(on).filter(
            network=network, organisation_id=OuterRef("organisation_id")
        )
        found = found.filter(Exists(members))
    return found


def texts_open_for_signature(user):
    """The national text and the adopted adaptations, as (slug or 'national', title): the filter of signatories."""
    current = CharterVersion.objects.visible_to(user).current().select_related("adaptation").order_by("adaptation")
    named = {version.adaptation.slug if version.adaptation else "national": version.title for version in current}
    return list(named.items())


def concealed_count(text=""):
    """How many standing signatories chose not to be listed: counted, never named."""
    found = Signature.objects.standing().latest().filter(is_listed=False)
    if text == "national":
        found = found.filter(version__adaptation=None)
    elif text:
        found = found.filter(version__adaptation__slug=text)
    return found.count()


def register_discords():
    """Where the register and the signatures of this instance disagree: sentences for the operator."""
    head = RegisterHead.objects.filter(pk=1).first()
    last = RegisterEntry.objects.order_by("-sequence").first()
    if last and (head is None or (head.sequence, head.hash) != (last.sequence, last.hash)):
        yield _("la fin du registre ne correspond pas à sa dernière entrée : des entrées ont été retirées")
    elif head and head.sequence and last is None:
        yield _("le registre a été vidé")
    signed = RegisterEntry.objects.filter(signature=OuterRef("pk"), event=RegisterEntry.Event.SIGNED)
    withdrawn = RegisterEntry.objects.filter(signature=OuterRef("pk"), event=RegisterEntry.Event.WITHDRAWN)
    for signature in Signature.objects.filter(~Exists(signed)):
        yield _("la signature %(token)s n’est pas dans le registre") % {"token": signature.token}
    for signature in Signature.objects.filter(Exists(withdrawn), withdrawn_at=None):
        yield _("la signature %(token)s est retirée dans le registre, pas dans la base") % {"token": signature.token}
    for signature in Signature.objects.filter(~Exists(withdrawn), withdrawn_at__isnull=False):
        yield _("la signature %(token)s est retirée dans la base, pas dans le registre") % {"token": signature.token}
    for entry in RegisterEntry.objects.select_related("signature").iterator(chunk_size=1000):
        body = json.loads(entry.body)
        if entry.signature is None:
            # Of an agreement: what the entry says is compared with it where agreements are known.
            continue
        named = body["organisation"].get("name")
        if named is not None and named != entry.signature.organisation_name:
            yield _("l’entrée %(sequence)s nomme une autre organisation que la signature") % {
                "sequence": entry.sequence
            }
        if (body["sequence"], body["signature"], body["event"]) != (
            entry.sequence,
            entry.signature.token,
            entry.event,
        ):
            yield _("l’entrée %(sequence)s ne parle pas de la signature à laquelle elle est attachée") % {
                "sequence": entry.sequence
            }


def version_discords():
    """Published texts that are no longer the ones that were signed: sentences for the operator."""
    for version in CharterVersion.objects.published().select_related("adaptation"):
        if version.sha256 != version.compute_sha256():
            yield _("le texte « %(reference)s » a changé depuis sa publication") % {"reference": version.reference}


@dataclasses.dataclass(frozen=True)
class Match:
    """What a title of a file meets: ``own``, of the draft; ``parent``, of the text that it adapts or follows."""

    own: Article | None = None
    parent: Article | None = None

    @property
    def key(self):
        article = self.own or self.parent
        return article.key if article else ""

    def needs_reason(self, title, text):
        """True where an adaptation would say an article of its parent in other words."""
        if self.parent is None or (self.own and self.own.treatment in {"", Article.Treatment.ADDED}):
            return False
        return not _same_words(self.parent, title, text)


def _same_words(article, title, text):
    return (article.title.split(), article.text.split()) == (title.split(), text.split())


def import_matches(version, titles):
    """For each of ``titles``, the `Match` in the draft ``version``: each article is met once, by the first title.

    ``version`` None: a national draft that is about to start from the version in force.
    """
    own = list(version.articles.all()) if version else []
    if version and version.adaptation_id:
        former = version.based_on
    else:
        former = CharterVersion.objects.national().current().first()
    parents = {article.key: article for article in former.articles.standing()} if former else {}
    known = {}
    for article in [*own, *parents.values()]:
        known.setdefault(title_mark(article.title), article.key)
    owned = {article.key: article for article in own}
    # An adapted article answers to the title of its parent too.
    for article in own:
        if article.key in parents:
            known.setdefault(title_mark(parents[article.key].title), article.key)
    found, met = [], set()
    for title in titles:
        mark = title_mark(title)
        key = known.get(mark) if mark else None
        if key is None or key in met:
            found.append(Match())
        else:
            met.add(key)
            found.append(Match(owned.get(key), parents.get(key)))
    return found
