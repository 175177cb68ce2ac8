"""Reads that cross several models."""

from django.db.models import Exists, OuterRef

from maillage.organisations.models import NetworkMembership, Organisation
from maillage.territories.models import Territory

from .models import CharterVersion, Signature


def signatories(user, *, on, text="", territory="", network=None, name=""):
    """Standing signatures that ``user`` may see, one row an organisation and text, newest first.

    ``text``: 'national' or the slug of an adaptation; ``territory``: words of a name or a code; ``network``: its
    members on the day ``on``.
    """
    found = (
        Signature.objects.visible_to(user)
        .standing()
        .select_related("organisation__seat", "version__adaptation", "mandate")
        .order_by("-signed_at")
    )
    if text == "national":
        found = found.filter(version__adaptation=None)
    elif text:
        found = found.filter(version__adaptation__slug=text)
    if name:
        found = found.filter(organisation__in=Organisation.objects.matching(name).values("pk"))
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
    return [(version.adaptation.slug if version.adaptation else "national", version.title) for version in current]


def concealed_count(text=""):
    """How many standing signatories chose not to be listed: counted, never named."""
    found = Signature.objects.standing().filter(is_listed=False)
    if text == "national":
        found = found.filter(version__adaptation=None)
    elif text:
        found = found.filter(version__adaptation__slug=text)
    return found.count()
