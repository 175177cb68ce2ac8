"""Reads about organisations and about those who hold a role; what waits for somebody there, and what is new."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.ui.days import date_format
from maillage.ui.lines import Line

from .audiences import reader_of
from .models import Exchange, Mandate, Membership, Organisation, TerritoryRole


def is_without_manager(organisation):
    """Somebody represented it once, and nobody manages it any more: it is to be taken over."""
    if organisation.is_draft or organisation.archived_at:
        return False
    return not organisation.memberships.standing().filter(role=Membership.Role.MANAGER).exists()


def with_branches(network, networks):
    """Keys of ``network`` and of what depends on it, at every depth, among ``networks``."""
    found, above = {network.pk}, [network.pk]
    while above:
        above = [one.pk for one in networks if one.parent_id in above and one.pk not in found]
        found.update(above)
    return sorted(found)


def roles_on(territory):
    """(role, how many people hold it today) on ``territory``: what a page may say of them is their function."""
    held = TerritoryRole.objects.filter(territory=territory, until=None).order_by()
    counted = dict(held.values_list("role").annotate(Count("user", distinct=True)))
    return [(role, counted[role]) for role in TerritoryRole.Role if role in counted]


def associations_of(user):
    """The confirmed associations that ``user`` acts for, by name: those in whose names they may act here."""
    return Organisation.objects.filter(pk__in=reader_of(user).association_ids).order_by("search_name")


def managers_of(organisation):
    """The people who manage ``organisation`` today."""
    managing = Membership.objects.standing().filter(organisation=organisation, role=Membership.Role.MANAGER)
    return User.objects.filter(is_active=True, pk__in=managing.values("user")).order_by("pk")


def behind_the_wall(people):
    """``people`` (accounts, a QuerySet) who may be written to about what associations say to each other: active,
    acting for no public partner today, whatever else they are. Every letter of theirs goes to such a set.
    """
    outside = Membership.objects.standing().filter(organisation__kind=Organisation.Kind.PUBLIC_PARTNER)
    return people.filter(is_active=True).exclude(pk__in=outside.values("user"))


def written_to(*organisations):
    """Who is written to in the name of ``organisations``, each once: those who manage them. Whoever works for a
    public partner is written to as its manager alone, never as an association's.
    """
    found = User.objects.none()
    for organisation in organisations:
        people = managers_of(organisation)
        found |= people if organisation.is_public_partner else behind_the_wall(people)
    return User.objects.filter(pk__in=found.values("pk")).order_by("pk")


def exchanges_of(organisation):
    """(what it offers, what it seeks)."""
    rows = list(organisation.exchanges.all())
    return (
        [row for row in rows if row.side == Exchange.Side.OFFER],
        [row for row in rows if row.side == Exchange.Side.NEED],
    )


def my_territory_ids(user):
    """Where somebody acts, for a public body or an association, confirmed or not, and where they coordinate: what is
    near them. It opens nothing: what they may see there is for `visible_to` to say.
    """
    reader = reader_of(user)
    if not reader.organisation_ids:
        return reader.coordinated_territory_ids
    acting = Organisation.territories.through.objects.filter(organisation_id__in=reader.organisation_ids)
    return reader.coordinated_territory_ids | frozenset(acting.values_list("territory_id", flat=True))


def organisations_to_confirm(user):
    """Neighbours that wait for somebody to say that they are what they say."""
    reader = reader_of(user)
    return (
        Organisation.objects.visible_to(user)
        .waiting_for_confirmation()
        .filter(territories__in=reader.space_territory_ids)
        .exclude(pk__in=reader.organisation_ids)
        .distinct()
        .order_by("claimed_at")
    )


def profiles_to_read_again(user, today):
    """Of the organisations that one manages, those whose profile nobody has read for a year."""
    mine = Organisation.objects.visible_to(user).listed().filter(pk__in=reader_of(user).managed_ids)
    return [organisation for organisation in mine.order_by("search_name") if organisation.is_stale(today)]


def mandates_to_confirm(user):
    return (
        Mandate.objects.visible_to(user)
        .to_confirm()
        .exclude(user=user)
        .select_related("organisation", "user")
        .distinct()
        .order_by("declared_at")
    )


def waiting_for(user, *, today):
    """What ``user`` may do for organisations: read a profile again, confirm a neighbour or a mandate. Lines."""
    if not user.is_authenticated:
        return []
    return [
        *_profiles(user, today),
        *(
            Line(
                _("Fiche à confirmer"),
                organisation.name,
                reverse("organisations:confirm", args=[organisation.uuid]),
                f"confirm-{organisation.pk}",
                detail=_("Dire qu’elle est ce qu’elle dit, et qu’elle agit ici."),
            )
            for organisation in organisations_to_confirm(user)
        ),
        *(
            Line(
                _("Mandat à confirmer"),
                mandate.organisation.name,
                reverse("organisations:confirm-mandate", args=[mandate.organisation.uuid, mandate.pk]),
                f"mandate-{mandate.pk}",
                detail=f"{mandate.user}, {mandate.function}",
            )
            for mandate in mandates_to_confirm(user)
        ),
    ]


def _profiles(user, today):
    for organisation in profiles_to_read_again(user, today):
        read_at = organisation.read_at
        yield Line(
            _("Fiche non relue depuis le %(day)s") % {"day": date_format(timezone.localtime(read_at), "j F Y")},
            organisation.name,
            reverse("organisations:refresh", args=[organisation.uuid]),
            f"profile-{organisation.pk}-{timezone.localdate(read_at)}",
            detail=_("Une minute pour dire que tout est juste."),
        )


def news_for(user, *, since, until):
    """Organisations that somebody confirmed, where ``user`` acts or coordinates. Lines, newest first."""
    if not user.is_authenticated:
        return []
    found = (
        Organisation.objects.visible_to(user)
        .listed()
        .filter(confirmed_at__gt=since, confirmed_at__lte=until, territories__in=my_territory_ids(user))
        .exclude(pk__in=reader_of(user).organisation_ids)
        .distinct()
    )
    return [
        Line(
            _("Nouvelle dans l’annuaire"),
            organisation.name,
            organisation.get_absolute_url(),
            f"organisation-{organisation.pk}",
            timezone.localdate(organisation.confirmed_at),
        )
        for organisation in found.order_by("-confirmed_at")
    ]
