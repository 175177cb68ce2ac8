"""What is carried and kept for others: proposals that were entered, links of the watch, support near here."""

from django.utils.translation import gettext_lazy as _

from maillage.advocacy.models import Proposal
from maillage.support.models import Support
from maillage.watch.models import Link

from .base import Source, Told


def _proposals(user=None):
    found = Proposal.objects.all() if user is None else Proposal.objects.visible_to(user)
    return found.exclude(text="")


def _proposal(row):
    return Told(title=str(row), url=row.get_absolute_url(), words=(row.text,), meta=tuple(row.addressee_labels))


def _links(user=None):
    return Link.objects.all() if user is None else Link.objects.visible_to(user)


def _link(row):
    return Told(title=row.title, url=row.get_absolute_url(), words=(row.note, " ".join(row.tags)), meta=(row.source,))


def _supports(user=None):
    return (Support.objects if user is None else Support.objects.visible_to(user)).standing()


def _support(row):
    return Told(
        title=row.body,
        url=row.get_absolute_url(),
        words=(row.scheme.name, row.scheme.explained, row.function),
        meta=(row.scheme.name,),
        places=(row.territory,) if row.territory else (),
    )


SOURCES = (
    Source("proposal", "y", _("Propositions"), Proposal, rows=_proposals, readable=_proposals, tell=_proposal),
    Source("link", "l", _("Veille"), Link, rows=_links, readable=_links, tell=_link, has_closed=True),
    Source(
        "support",
        "j",
        _("Aides"),
        Support,
        rows=_supports,
        readable=_supports,
        tell=_support,
        with_all=lambda rows: rows.select_related("scheme", "territory").prefetch_related("territory__communes"),
    ),
)
