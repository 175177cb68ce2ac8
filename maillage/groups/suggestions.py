"""What a next agenda could hold: the points that wait, gathered from everywhere."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.charters.models import CharterVersion, Remark
from maillage.ui.days import date_format

from .models import AgendaItem, Meeting

SOON = datetime.timedelta(days=45)
MOST = 30


def agenda_suggestions(meeting, user):
    """Points that ``user`` may add to the agenda of ``meeting``: dicts `kind`, `title`, `link`, `why`."""
    group = meeting.group
    there = set(meeting.agenda.exclude(link="").values_list("link", flat=True))
    found = [*_open_decisions(group), *_open_points(group), *_minutes_not_validated(meeting)]
    if group.territory_id:
        found += [*_remarks(group, user), *_closing(meeting, user)]
    return [one for one in found if one["link"] not in there][:MOST]


def _open_decisions(group):
    for decision in group.decisions.open():
        decision.group = group
        yield {
            "kind": AgendaItem.Kind.PROPOSAL,
            "title": decision.title,
            "link": decision.get_absolute_url(),
            "why": decision.get_stage_display(),
        }


def _open_points(group):
    for point in group.action_points.open().select_related("organisation"):
        who = point.organisation.name if point.organisation else _("personne encore")
        due = _("pour le %(day)s") % {"day": date_format(point.due_on, "j F")} if point.due_on else ""
        yield {
            "kind": AgendaItem.Kind.ACTION,
            "title": point.wording[:200],
            "link": reverse("groups:points", args=[group.slug]) + f"#action-{point.pk}",
            "why": " · ".join(filter(None, [who, due])),
        }


def _minutes_not_validated(meeting):
    former = Meeting.objects.filter(
        group=meeting.group, held_at__isnull=False, validated_at=None, date__lt=meeting.date
    )
    for one in former.order_by("date"):
        one.group = meeting.group
        yield {
            "kind": AgendaItem.Kind.FREE,
            "title": _("Valider le compte rendu du %(day)s") % {"day": date_format(one.date, "j F Y")},
            "link": one.get_absolute_url(),
            "why": _("compte rendu en relecture"),
        }


def _remarks(group, user):
    waiting = (
        Remark.objects.visible_to(user)
        .unanswered()
        .filter(version__published_at=None, version__adaptation__territories=group.territory_id)
        .select_related("organisation", "version__adaptation")
        .order_by("made_at")
    )
    for remark in waiting[:MOST]:
        yield {
            "kind": AgendaItem.Kind.REMARK,
            "title": _("Remarque de %(name)s sur « %(text)s »")[:200]
            % {"name": remark.organisation.name[:80], "text": remark.version.adaptation.name[:80]},
            "link": remark.version.get_absolute_url() + f"#remarque-{remark.pk}",
            "why": remark.text[:140],
        }


def _closing(meeting, user):
    texts = (
        CharterVersion.objects.visible_to(user)
        .drafts()
        .filter(
            adaptation__territories=meeting.group.territory_id,
            remarks_until__gte=meeting.date,
            remarks_until__lte=meeting.date + SOON,
        )
        .select_related("adaptation")
    )
    for version in texts:
        yield {
            "kind": AgendaItem.Kind.CLOSING,
            "title": _("Remarques sur « %(text)s » : jusqu’au %(day)s")
            % {"text": version.adaptation.name[:120], "day": date_format(version.remarks_until, "j F")},
            "link": version.get_absolute_url(),
            "why": _("date qui approche"),
        }
    reviews = (
        CharterVersion.objects.visible_to(user)
        .current()
        .filter(
            adaptation__territories=meeting.group.territory_id,
            adaptation__closed_at=None,
            review_on__lte=meeting.date + SOON,
        )
        .select_related("adaptation")
    )
    for version in reviews:
        yield {
            "kind": AgendaItem.Kind.CLOSING,
            "title": _("Faire le point sur « %(text)s »") % {"text": version.adaptation.name[:150]},
            "link": version.get_absolute_url(),
            "why": _("point à faire pour le %(day)s") % {"day": date_format(version.review_on, "j F Y")},
        }
