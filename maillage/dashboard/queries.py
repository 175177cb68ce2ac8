"""What waits for a person, across all subjects."""

from django.db.models import Exists, OuterRef, Q, Subquery

from maillage.charters.models import CharterVersion, Remark, Signature, TerritorialAdaptation
from maillage.charters.models.signatures import RENEWAL_OPENS, Involvement
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
    latest = Signature.objects.standing().filter(organisation=OuterRef("organisation")).order_by("-signed_at", "-pk")
    return (
        Signature.objects.visible_to(user)
        .standing()
        .filter(
            Q(organisation__territories__in=coordinated),
            # What it said last: an organisation that signed three texts is one line.
            pk=Subquery(latest.values("pk")[:1]),
        )
        .exclude(involvement=Involvement.SIGN_ONLY)
        .select_related("organisation", "version__adaptation")
        .distinct()
        .order_by("-signed_at")
    )


def signatures_to_renew(user, on):
    """Those of one's organisations whose date comes near, is past, or that are asleep already."""
    mine = (
        Signature.objects.visible_to(user)
        .standing()
        .latest()
        .filter(organisation_id__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation")
    )
    return mine.filter(renew_by__lte=on + RENEWAL_OPENS).order_by("renew_by")


def signatures_out_of_breath(user, on):
    """On the territories this person coordinates: what is to be renewed, or asleep. A word may be enough."""
    coordinated = reader_of(user).coordinated_territory_ids
    if not coordinated:
        return Signature.objects.none()
    here = Signature.objects.visible_to(user).standing().latest().filter(organisation__territories__in=coordinated)
    return (
        here.filter(renew_by__lte=on + RENEWAL_OPENS)
        .select_related("organisation", "version__adaptation")
        .distinct()
        .order_by("renew_by")
    )


def adaptations_to_review(user, on):
    """Texts that this person carries, whose review is due or that are asleep."""
    mine = TerritorialAdaptation.objects.promoted_by(user).filter(closed_at=None)
    # While a new version waits for its signatures, two have currency: one adaptation, one review.
    later = CharterVersion.objects.current().filter(adaptation=OuterRef("adaptation"), number__gt=OuterRef("number"))
    return (
        CharterVersion.objects.visible_to(user)
        .current()
        .filter(~Exists(later))
        .filter(Q(review_on__lte=on) | Q(adaptation__dormant_since__isnull=False), adaptation__in=mine.values("pk"))
        .select_related("adaptation")
        .order_by("review_on")
    )


def adaptations_behind_the_nation(user):
    """Texts that this person carries, based on a national text that was replaced."""
    mine = TerritorialAdaptation.objects.promoted_by(user).filter(closed_at=None)
    texts = CharterVersion.objects.visible_to(user).filter(superseded_at=None)
    writing = texts.drafts().filter(national_changes__isnull=False, national_changes__decided_at=None)
    behind = texts.filter(based_on__superseded_at__isnull=False)
    # One line an adaptation: where a new version is being written, it is the one that follows.
    drafted = texts.drafts().filter(adaptation=OuterRef("adaptation"))
    waiting = Q(pk__in=writing.values("pk")) | (
        Q(pk__in=behind.values("pk")) & (Q(published_at=None) | ~Exists(drafted))
    )
    return (
        texts.filter(waiting, adaptation__in=mine.values("pk"))
        .select_related("adaptation")
        .order_by("adaptation__name", "number")
    )
