"""The wall: who may see what. One file decides, and every list starts from `.visible_to(user)`.

The charter is internal to associations: what they write to each other is never readable by a public partner
(docs/features/wall.md). A model is either read through an `AudienceQuerySet`, or listed in OPEN or TECHNICAL
with the reason; a test walks them all.
"""

import dataclasses
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db import models

OPEN = {
    "editorial.SiteNotes": "words of the site, public",
    "territories.Territory": "official, public",
    "territories.Outline": "official, public",
    "organisations.Network": "public list of networks",
    "organisations.NetworkMembership": "who is federated where is public; read through the organisation",
    "organisations.OrganisationTheme": "read through the organisation",
    "organisations.Exchange": "offered and sought in public; read through the organisation",
}
TECHNICAL = {
    "organisations.OrganisationWord": "how an organisation is found; read through organisations that are visible",
    "search.Entry": "terms without text; what they find is read through rows that are visible",
    "upkeep.DailyRun": "what the program did by itself",
    "organisations.Distinction": "coordinators only, through pairs_to_look_at",
    "accounts.User": "never listed; a person is shown through a mandate or a role",
    "messaging.Message": "operator only",
    "messaging.Refusal": "what an address wants no more of; read by queue_email and by its holder",
    "demo.Story": "which story this database tells",
    "organisations.NetworkRole": "read by Reader alone",
    "organisations.TerritoryRole": "read by Reader; counted without names by queries.roles_on",
    "editorial.Editor": "who edits what; read by permissions, listed to national editors alone",
    "editorial.ReadingTask": "a step of moderation; Wagtail's own",
    "newsletter.Subscriber": "who asked for a letter; never listed, counted for who sends",
    "newsletter.Sending": "a letter goes once to an address; never listed",
    "watch.LinkImport": "which file brought which links; opened by the team alone",
    "charters.RegisterHead": "the end of the chain; its content is the register",
}


@dataclasses.dataclass(frozen=True)
class Reader:
    """What a person is, for the wall. Built once a request by `reader_of`."""

    user: object

    @cached_property
    def _memberships(self):
        if not self.user.is_authenticated:
            return []
        return list(
            self.user.memberships.filter(until=None)
            .select_related("organisation")
            .only(
                "role",
                "user_id",
                "organisation__kind",
                "organisation__confirmed_at",
                "organisation__archived_at",
            )
        )

    @cached_property
    def is_editor(self):
        """Of the national text. An editor who works for a public partner edits nothing behind the wall."""
        return self.user.is_active and self.user.is_staff and not self.is_public_partner

    @cached_property
    def is_public_partner(self):
        """Works for a public body: stays outside the association space, whatever else they are."""
        return any(membership.organisation.is_public_partner for membership in self._memberships)

    @cached_property
    def organisation_ids(self):
        """Organisations whose own affairs this person may see: every one they belong to."""
        return frozenset(membership.organisation_id for membership in self._memberships)

    @cached_property
    def managed_ids(self):
        """Organisations whose profile and people this person manages."""
        return frozenset(m.organisation_id for m in self._memberships if m.role == "manager")

    @cached_property
    def association_ids(self):
        """Confirmed associations and collectives this person belongs to: the key of the association space."""
        if self.is_public_partner:
            return frozenset()
        return frozenset(m.organisation_id for m in self._memberships if m.organisation.is_confirmed)

    @cached_property
    def _territory_roles(self):
        if not self.user.is_authenticated or self.is_public_partner:
            return []
        return list(self.user.territory_roles.filter(until=None).values_list("role", "territory_id"))

    @cached_property
    def coordinated_territory_ids(self):
        return frozenset(territory for role, territory in self._territory_roles if role == "coordinator")

    @cached_property
    def mediated_territory_ids(self):
        """Territories whose residents' voices this person notes and looks at. It opens nothing else."""
        return frozenset(territory for role, territory in self._territory_roles if role == "mediator")

    @cached_property
    def space_territory_ids(self):
        """Territories whose association space this person may read."""
        if not self.association_ids:
            return self.coordinated_territory_ids
        from .models import Organisation

        acting = Organisation.territories.through.objects.filter(organisation_id__in=self.association_ids)
        return self.coordinated_territory_ids | frozenset(acting.values_list("territory_id", flat=True))

    @cached_property
    def followed_network_ids(self):
        if not self.user.is_authenticated or self.is_public_partner:
            return frozenset()
        return frozenset(self.user.network_roles.filter(until=None).values_list("network_id", flat=True))


def reader_of(user):
    """The `Reader` of ``user`` (anonymous included), kept on the user object for the length of a request."""
    try:
        return user._reader
    except AttributeError:
        user._reader = Reader(user)
        return user._reader


def anybody():
    """A reader who is not signed in: for what is the same for everybody, whoever asks."""
    return AnonymousUser()


class AudienceQuerySet(models.QuerySet):
    """A set that must be narrowed before it is shown. A subclass says how, in `visible_to`."""

    def visible_to(self, user):
        raise NotImplementedError(f"{type(self).__name__} does not say who may see what")
