"""What is done together: cooperations, dates, what is lent, needs that were heard, groups."""

from django.utils.translation import gettext_lazy as _

from maillage.cooperations.models import Cooperation
from maillage.events.models import Event
from maillage.groups.models import Group
from maillage.participation.models import HeardNeed
from maillage.resources.models import Resource
from maillage.ui.days import date_format

from .base import Source, Told


def _cooperations(user=None):
    return Cooperation.objects.all() if user is None else Cooperation.objects.visible_to(user)


def _cooperation(row):
    return Told(
        title=row.title,
        url=row.get_absolute_url(),
        words=(row.aim, row.needs),
        meta=(row.get_form_display(), row.get_stage_display()),
        places=tuple(row.territories.all()),
    )


def _events(user=None):
    return (Event.objects if user is None else Event.objects.visible_to(user)).standing()


def _event(row):
    return Told(
        title=row.title,
        url=row.get_absolute_url(),
        words=(row.description, row.place),
        meta=tuple(part for part in (date_format(row.starts_on, "j F Y"), row.place) if part),
        places=tuple(row.territories.all()),
    )


def _resources(user=None):
    return (Resource.objects if user is None else Resource.objects.visible_to(user)).standing()


def _resource(row):
    return Told(
        title=row.title,
        url=row.get_absolute_url(),
        words=(row.description, row.conditions),
        meta=(row.get_kind_display(), row.owner.name),
        places=tuple(row.territories.all()),
    )


def _needs(user=None):
    return HeardNeed.objects.all() if user is None else HeardNeed.objects.visible_to(user)


def _need(row):
    return Told(
        title=row.wording,
        url=row.get_absolute_url(),
        words=(row.answer,),
        meta=(row.get_subject_display(), row.state.label),
        places=(row.territory,),
    )


def _groups(user=None):
    return (Group.objects if user is None else Group.objects.visible_to(user)).active()


def _group(row):
    return Told(
        title=row.name,
        url=row.get_absolute_url(),
        # What a group founded itself upon is read by those who are inside: it is not told here.
        meta=(row.get_kind_display(),),
        places=(row.territory,) if row.territory else (),
    )


def _with_territories(rows):
    return rows.prefetch_related("territories__communes")


def _with_territory(rows):
    return rows.select_related("territory").prefetch_related("territory__communes")


SOURCES = (
    Source(
        "cooperation",
        "c",
        _("Coopérations"),
        Cooperation,
        rows=_cooperations,
        readable=_cooperations,
        tell=_cooperation,
        with_all=_with_territories,
        has_closed=True,
        links=("territories",),
    ),
    Source(
        "event",
        "e",
        _("Agenda"),
        Event,
        rows=_events,
        readable=_events,
        tell=_event,
        with_all=_with_territories,
        has_closed=True,
        links=("territories",),
    ),
    Source(
        "resource",
        "r",
        _("Prêts"),
        Resource,
        rows=_resources,
        readable=_resources,
        tell=_resource,
        with_all=lambda rows: _with_territories(rows).select_related("owner"),
        has_closed=True,
        links=("territories",),
    ),
    Source(
        "need",
        "b",
        _("Besoins entendus"),
        HeardNeed,
        rows=_needs,
        readable=_needs,
        tell=_need,
        with_all=_with_territory,
        has_closed=True,
    ),
    Source(
        "group",
        "g",
        _("Groupes"),
        Group,
        rows=_groups,
        readable=_groups,
        tell=_group,
        with_all=_with_territory,
        has_closed=True,
    ),
)
