"""Texts and signatures: what waits for somebody, what is new on their territories, what a coordinator looks at."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from maillage.organisations.audiences import reader_of
from maillage.organisations.models import Organisation
from maillage.organisations.queries import my_territory_ids
from maillage.ui.days import date_format
from maillage.ui.lines import Line

from .models import CharterVersion, Remark, Signature, TerritorialAdaptation
from .models.signatures import RENEWAL_OPENS, Involvement


def waiting_for(user, *, today):
    """What ``user`` may do for texts and signatures. Lines, in no order."""
    if not user.is_authenticated:
        return []
    return [
        *_to_sign_again(user),
        *_to_renew(user, today),
        *_to_review(user, today),
        *_behind_the_nation(user),
        *_to_answer(user),
        *_to_remark(user),
    ]


def signatures_behind(user):
    """Those of one's organisations that stand by a version which has been replaced."""
    return (
        Signature.objects.visible_to(user)
        .behind()
        .filter(organisation_id__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation")
        .order_by("organisation__search_name")
    )


def _to_sign_again(user):
    for signature in signatures_behind(user):
        yield Line(
            _("Une nouvelle version du texte que vous avez signé"),
            signature.version.title,
            reverse("charters:new-version", args=[signature.token]),
            f"sign-again-{signature.pk}",
            detail=signature.organisation.name,
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


def _to_renew(user, today):
    for signature in signatures_to_renew(user, today):
        until = _("Signature à renouveler avant le %(day)s") % {"day": date_format(signature.renew_by, "j F Y")}
        yield Line(
            _("Signature en sommeil") if signature.dormant_at else until,
            signature.organisation.name,
            reverse("charters:renew-mine", args=[signature.token]),
            f"renew-{signature.pk}-{signature.renew_by}",
            signature.renew_by,
            str(signature.version),
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


def _to_review(user, today):
    for version in adaptations_to_review(user, today):
        asleep = version.adaptation.dormant_since
        since = _("Point à faire depuis le %(day)s") % {"day": date_format(version.review_on, "j F Y")}
        yield Line(
            _("Adaptation en sommeil") if asleep else since,
            version.adaptation.name,
            reverse("charters:wake" if asleep else "charters:review", args=[version.adaptation.slug]),
            f"review-{version.pk}-{version.review_on}",
            None if asleep else version.review_on,
        )


def _behind_the_nation(user):
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
    found = texts.filter(waiting, adaptation__in=mine.values("pk")).select_related("adaptation")
    for version in found.order_by("adaptation__name", "number"):
        yield Line(
            _("Le texte national a changé"),
            version.adaptation.name,
            reverse("charters:national-changes", args=[version.adaptation.slug]),
            f"nation-{version.pk}-{version.based_on_id}",
            detail=_("Voir, article par article, ce qui change pour vous."),
        )


def _to_answer(user):
    promoted = TerritorialAdaptation.objects.promoted_by(user).values("pk")
    remarks = (
        Remark.objects.visible_to(user)
        .unanswered()
        .filter(version__published_at=None, version__adaptation__in=promoted)
        .select_related("organisation", "version__adaptation")
    )
    for remark in remarks.order_by("made_at"):
        yield Line(
            _("Remarque à laquelle répondre"),
            remark.organisation.name,
            reverse("charters:workshop", args=[remark.version.adaptation.slug]) + f"#remarque-{remark.pk}",
            f"remark-{remark.pk}",
            detail=Truncator(remark.text).words(20),
        )


def texts_open_to_remarks(user):
    opened = CharterVersion.objects.visible_to(user).drafts().filter(opened_at__isnull=False)
    return opened.select_related("adaptation").order_by("remarks_until")


def _to_remark(user):
    for version in texts_open_to_remarks(user):
        yield Line(
            _("Ouvert aux remarques jusqu’au %(day)s") % {"day": date_format(version.remarks_until, "j F Y")},
            version.adaptation.name,
            version.get_absolute_url(),
            f"remarks-{version.pk}",
            version.remarks_until,
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


def news_for(user, *, since, until):
    """Signatures on one's territories, texts that open, are adopted or enter into force. Lines, newest first."""
    if not user.is_authenticated:
        return []
    lines = [*_new_signatures(user, since, until), *_new_texts(user, since, until)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _new_signatures(user, since, until):
    here = Organisation.objects.filter(territories__in=my_territory_ids(user))
    found = (
        Signature.objects.visible_to(user)
        .standing()
        .filter(signed_at__gt=since, signed_at__lte=until, organisation__in=here.values("pk"))
        .exclude(organisation__in=reader_of(user).organisation_ids)
        .select_related("organisation", "version__adaptation")
    )
    for signature in found.order_by("-signed_at"):
        yield Line(
            _("Nouvelle signature"),
            signature.organisation.name,
            signature.organisation.get_absolute_url(),
            f"signature-{signature.pk}",
            timezone.localdate(signature.signed_at),
            str(signature.version),
        )


def _new_texts(user, since, until):
    """The national text, and the adaptations of one's territories: each with the last thing that happened to it."""
    moments = {
        "in_force_at": _("Adaptation en vigueur"),
        "published_at": _("Texte publié"),
        "opened_at": _("Texte ouvert aux remarques"),
    }
    happened = Q()
    for field in moments:
        happened |= Q(**{f"{field}__gt": since, f"{field}__lte": until})
    here = TerritorialAdaptation.objects.filter(territories__in=my_territory_ids(user))
    found = CharterVersion.objects.visible_to(user).filter(Q(adaptation=None) | Q(adaptation__in=here.values("pk")))
    for version in found.filter(happened, superseded_at=None).select_related("adaptation"):
        for field, what in moments.items():
            moment = getattr(version, field)
            if moment is None or not since < moment <= until:
                continue
            if field == "in_force_at" and version.adaptation is None:
                continue
            key = f"text-{version.pk}-{field}"
            yield Line(what, str(version), version.get_absolute_url(), key, timezone.localdate(moment))
            break
