"""The news that signatories and promoters receive. One function a message."""

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.messaging.actions import queue_email
from maillage.organisations.models import Membership, Organisation, TerritoryRole
from maillage.organisations.queries import behind_the_wall

from .links import renewal_link
from .models import Remark, Signature, TerritorialAdaptation


def _tell(kind, *, to, language, at, context, **attachment):
    context = {"site": settings.SITE_ADDRESS, **context}
    queue_email(f"charters/emails/{kind}", to=to, language=language, context=context, at=at, **attachment)


def _tell_all(kind, users, *, at, **context):
    for user in users:
        _tell(kind, to=user.email, language=user.language, at=at, context=context)


def _about(signature):
    """What every message about a signature names."""
    return {
        "signature": signature,
        "organisation": signature.organisation,
        "version": signature.version,
        "address": _address("charters:verify-signature", signature.token),
    }


def _address(route, *args):
    return settings.SITE_ADDRESS + reverse(route, args=args)


def signature_to_confirm(request, *, token, at):
    _tell(
        "signature_to_confirm",
        to=request.email,
        language=request.language,
        at=at,
        context={
            "request": request,
            "organisation": request.organisation,
            "version": request.version,
            "address": _address("charters:confirm-signature", token),
        },
    )


def signature_received(signature, *, user, at):
    """The receipt, with the certificate as PDF, made by the worker when the message leaves."""
    _tell(
        "signature_received",
        to=user.email,
        language=user.language,
        at=at,
        context={**_about(signature), "person": signature.signatory_name, "space": _address("dashboard:my-space")},
        attachment_builder="maillage.charters.documents.certificate_attachment",
        attachment_arguments={"token": signature.token},
    )


def signature_withdrawn(signature, *, user, at):
    _tell_all("signature_withdrawn", [user], at=at, **_about(signature))


def signature_renewed(signature, *, user, at):
    _tell_all("signature_renewed", [user], at=at, **_about(signature))


def _people_of_the_territories(adaptation):
    """Those who act for the confirmed associations of its territories, and its coordinators. No public partner."""
    territories = adaptation.territories.all()
    associations = (
        Organisation.objects.associations().listed().exclude(confirmed_at=None).filter(territories__in=territories)
    )
    return _people(associations, territories)


def _people(associations, territories):
    """Those who act for ``associations``, and who coordinate ``territories``; nobody who works for a public body."""
    members = User.objects.filter(memberships__organisation__in=associations, memberships__until=None)
    coordinators = User.objects.filter(
        territory_roles__territory__in=territories,
        territory_roles__role="coordinator",
        territory_roles__until=None,
    )
    known = {*members.values_list("pk", flat=True), *coordinators.values_list("pk", flat=True)}
    return behind_the_wall(User.objects.filter(pk__in=known)).order_by("pk")


def _tell_the_territories(kind, version, *, at):
    address = settings.SITE_ADDRESS + version.get_absolute_url()
    _tell_all(kind, _people_of_the_territories(version.adaptation), at=at, version=version, address=address)


def adaptation_open_to_remarks(version, *, at):
    _tell_the_territories("adaptation_open_to_remarks", version, at=at)


def adaptation_adopted(version, *, at):
    _tell_the_territories("adaptation_adopted", version, at=at)


def adaptation_in_force(version, *, at):
    _tell_the_territories("adaptation_in_force", version, at=at)


def remark_answered(remark, *, at):
    """To whoever made it, while they may still read it: they may work for a public partner since, or have left."""
    if not Remark.objects.visible_to(remark.author).filter(pk=remark.pk).exists():
        return
    address = settings.SITE_ADDRESS + remark.version.get_absolute_url()
    _tell_all("remark_answered", [remark.author], at=at, remark=remark, version=remark.version, address=address)


def new_version_to_read(version, *, at):
    """To those who manage an organisation that stands by an earlier version of this text: what has changed."""
    managers = Membership.objects.standing().filter(role=Membership.Role.MANAGER).select_related("user")
    behind = (
        Signature.objects.behind()
        .filter(version__adaptation=version.adaptation_id)
        .select_related("organisation", "version")
        .prefetch_related(Prefetch("organisation__memberships", managers, to_attr="managers"))
    )
    for signature in behind:
        _tell_all(
            "new_version_to_read",
            [membership.user for membership in signature.organisation.managers],
            at=at,
            organisation=signature.organisation,
            version=version,
            signed=signature.version,
            address=_address("charters:new-version", signature.token),
        )


def national_text_changed(version, *, at):
    """To those who carry an adaptation of an earlier national text: what has changed, beside their own words.

    Everybody is found in a handful of queries, however many adaptations there are.
    """
    adaptations = TerritorialAdaptation.objects.filter(closed_at=None, versions__superseded_at=None).exclude(
        versions=None
    )
    members = Membership.objects.standing()
    coordinators = TerritoryRole.objects.filter(role=TerritoryRole.Role.COORDINATOR, until=None)
    adaptations = adaptations.distinct().prefetch_related(
        Prefetch("promoters", Organisation.objects.listed().exclude(confirmed_at=None)),
        Prefetch("promoters__memberships", members),
        Prefetch("territories__roles", coordinators),
    )
    known = {
        adaptation: {member.user_id for carrier in adaptation.promoters.all() for member in carrier.memberships.all()}
        | {role.user_id for territory in adaptation.territories.all() for role in territory.roles.all()}
        for adaptation in adaptations
    }
    people = behind_the_wall(User.objects.all()).in_bulk(set().union(*known.values()))
    for adaptation, carrying in known.items():
        _tell_all(
            "national_text_changed",
            [people[pk] for pk in sorted(carrying) if pk in people],
            at=at,
            adaptation=adaptation,
            version=version,
            address=_address("charters:national-changes", adaptation.slug),
        )


def promoters_of(adaptation):
    """The people of its promoters, confirmed, and the coordinators of its territories. No public partner."""
    promoters = adaptation.promoters.listed().exclude(confirmed_at=None)
    return _people(promoters, adaptation.territories.all())


def adaptation_proposed(adaptation, *, words, but, at):
    """To the associations of the territories: an idea, and how to join it."""
    people = _people_of_the_territories(adaptation).exclude(pk=but.pk)
    address = settings.SITE_ADDRESS + adaptation.get_absolute_url()
    _tell_all("adaptation_proposed", people, at=at, adaptation=adaptation, words=words, address=address)


def review_due(version, *, at):
    address = _address("charters:review", version.adaptation.slug)
    people = promoters_of(version.adaptation)
    _tell_all("review_due", people, at=at, version=version, adaptation=version.adaptation, address=address)


def adaptation_asleep(version, *, at):
    address = _address("charters:wake", version.adaptation.slug)
    people = promoters_of(version.adaptation)
    _tell_all("adaptation_asleep", people, at=at, version=version, adaptation=version.adaptation, address=address)


def _people_of_a_signature(signature, on):
    """Those who may renew it at once: who manages the organisation, or holds a mandate in force for it."""
    members = signature.organisation.memberships.standing().select_related("user").order_by("pk")
    mandated = set(signature.organisation.mandates.in_force(on).values_list("user_id", flat=True))
    people = [m.user for m in members if m.role == Membership.Role.MANAGER or m.user_id in mandated]
    return [user for user in people if user.is_active]


def _tell_with_a_link(kind, signature, *, at):
    for user in _people_of_a_signature(signature, timezone.localdate(at)):
        link = _address("charters:renew", renewal_link(signature, user))
        _tell_all(kind, [user], at=at, **{**_about(signature), "address": link})


def renewal_due(signature, *, at):
    _tell_with_a_link("renewal_due", signature, at=at)


def signature_asleep(signature, *, at):
    _tell_with_a_link("signature_asleep", signature, at=at)


def code_to_read_aloud(request, *, code, token, by, at):
    """To somebody who is helped to sign: the code to say to whoever types."""
    _tell(
        "code_to_read_aloud",
        to=request.email,
        language=request.language,
        at=at,
        context={
            "request": request,
            "organisation": request.organisation,
            "version": request.version,
            "code": f"{code[:3]} {code[3:]}",
            "by": by,
            "address": _address("charters:confirm-signature", token),
        },
    )


def borders_changed(former, *, number, at):
    """To those who coordinate a neighbourhood that ended, or one that follows it: what waits for their word."""
    places = [former, *former.successors.all()]
    roles = TerritoryRole.objects.filter(role=TerritoryRole.Role.COORDINATOR, until=None, territory__in=places)
    users = behind_the_wall(User.objects.all()).filter(pk__in=roles.values("user")).order_by("pk")
    _tell_all(
        "borders_changed",
        users,
        at=at,
        former=former,
        successors=list(former.successors.all()),
        number=number,
        address=_address("dashboard:borders"),
    )
