"""What is near, for a question; what is to be checked."""

from django.db.models import Q

from maillage.territories.models import Territory

from .models import Support, SupportReport, SupportScheme

RANKS = {
    Territory.Kind.QPV: 0,
    Territory.Kind.COMMUNE: 1,
    Territory.Kind.EPCI: 2,
    Territory.Kind.DEPARTEMENT: 3,
    Territory.Kind.REGION: 4,
}


def holding(territory):
    """Keys of ``territory`` and of what holds it, up to the region. One query."""
    keys = {territory.pk, territory.mother_commune_id, territory.epci_id, territory.departement_id}
    keys |= {territory.region_id, *territory.communes.values_list("pk", flat=True)}
    return frozenset(keys - {None})


def near(user, territory, question=""):
    """The `Support`s that stand for ``territory``, the nearest first; those that answer ``question`` alone, if any.
    Two queries.
    """
    found = Support.objects.visible_to(user).standing().select_related("scheme", "territory")
    found = found.filter(Q(territory=None) | Q(territory__in=holding(territory)))
    rows = [one for one in found if not question or question in one.questions]
    return sorted(rows, key=lambda one: (_rank(one), one.scheme.name, one.body))


def _rank(support):
    return RANKS.get(support.territory.kind, 5) if support.territory else 6


def schemes(user, question=""):
    """What exists, by name; what answers ``question`` alone, if any. One query."""
    return [one for one in SupportScheme.objects.visible_to(user) if not question or question in one.questions]


def to_check(user, today, may_edit):
    """[(support, its reports)] that ``may_edit`` (a function of a support) lets this person keep: reported first,
    then those whose check is old. Two queries, and those of the right.
    """
    found = Support.objects.visible_to(user).standing().select_related("scheme", "territory__region")
    reports = {}
    for report in SupportReport.objects.visible_to(user).filter(settled_at=None):
        reports.setdefault(report.support_id, []).append(report)
    due = [one for one in found if one.pk in reports or one.is_stale(today)]
    mine = [(one, reports.get(one.pk, [])) for one in due if may_edit(one)]
    return sorted(mine, key=lambda pair: (not pair[1], str(pair[0].checked_on or ""), pair[0].pk))
