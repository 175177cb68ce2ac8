"""What waits for a person, across all subjects."""

from django.db.models import Q

from maillage.charters.models import CharterVersion, Remark, Signature, TerritorialAdaptation
from maillage.charters.models.signatures import Involvement
from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Mandate, Membership, Organisation


def my_memberships(user):
    return (
        Membership.objects.visible_to(user)
        .standing()
        .filter(user=user)
        .select_related("organisation")
        .order_by("organisation__search_name")
    )


def my_signatures(user):
    return (
        Signature.objects.visible_to(user)
        .filter(organisation_id__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation", "mandate")
        .order_by("-signed_at")
    )


def signatures_behind(user):
    """Those of one's organisations that stand by a version which has been replaced."""
    return (
        Signature.objects.visible_to(user)
        .behind()
        .filter(organisation_id__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation")
        .order_by("organisation__search_name")
    )


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


def mandates_to_confirm(user):
    return (
        Mandate.objects.visible_to(user)
        .to_confirm()
        .exclude(user=user)
        .select_related("organisation", "user")
        .distinct()
        .order_by("declared_at")
    )


def texts_open_to_remarks(user):
    return (
        CharterVersion.objects.visible_to(user)
        .drafts()
        .filter(opened_at__isnull=False)
        .select_related("adaptation")
        .order_by("remarks_until")
    )


def my_workshops(user):
    return TerritorialAdaptation.objects.promoted_by(user).order_by("name")


def remarks_to_answer(user):
    return (
        Remark.objects.visible_to(user)
        .unanswered()
        .filter(
            version__published_at=None,
            version__adaptation__in=TerritorialAdaptation.objects.promoted_by(user).values("pk"),
        )
        .select_related("organisation", "version__adaptation")
        .order_by("made_at")
    )


def signatories_who_wish_to_act(user):
    """On the territories this person coordinates: who signed and is ready for more than signing."""
    coordinated = reader_of(user).coordinated_territory_ids
    if not coordinated:
        return Signature.objects.none()
    return (
        Signature.objects.visible_to(user)
        .standing()
        .filter(Q(organisation__territories__in=coordinated))
        .exclude(involvement=Involvement.SIGN_ONLY)
        .select_related("organisation", "version__adaptation")
        .distinct()
        .order_by("-signed_at")
    )
