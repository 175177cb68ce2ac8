"""Offering, changing, withdrawing a resource; its photos, its weekly hours, its calendar."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.ui.photos import drawn_again

from ..models import Audience, Photo, Resource, Slot
from ..models.resources import networks_of, new_token
from ..permissions import can_edit, speaks_for
from .holding import change_capacity
from .matching import match_resource

EDITABLE = (
    *("kind", "title", "description", "quantity", "conditions", "upkeep_fee", "deposit"),
    *("place", "accessibility", "audience", "network", "is_public"),
)
MOST_PHOTOS = 6
MOST_SLOTS = 28


class TooMany(ValidationError):
    """There are enough of these already."""


@transaction.atomic
def offer_resource(*, owner, territories, actor, at, **fields):
    """An association offers something on ``territories``, that are its own. Needs that it meets are told."""
    if not speaks_for(actor, owner.pk):
        raise PermissionDenied
    resource = Resource(owner=owner, created_at=at, **{n: fields[n] for n in EDITABLE if n in fields})
    _check(resource, territories)
    resource.save()
    resource.territories.set(territories)
    record("resources.offer", resource, actor=actor, at=at)
    match_resource(resource, at=at)
    return resource


def _check(resource, territories):
    if resource.audience != Audience.NETWORK:
        resource.network = None
    elif resource.network_id not in networks_of([resource.owner_id]):
        raise ValidationError({"network": _("Votre association ne fait pas partie de ce réseau.")})
    own = set(resource.owner.territories.values_list("pk", flat=True))
    if not territories or not {territory.pk for territory in territories} <= own:
        raise ValidationError({"territories": _("Choisissez parmi les quartiers où votre association agit.")})
    resource.full_clean(exclude=["owner"], validate_unique=False, validate_constraints=False)


def edited_by(resource, actor):
    """The resource's row, locked; raises PermissionDenied where ``actor`` may not change it."""
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    if not can_edit(actor, resource):
        raise PermissionDenied
    return resource


@transaction.atomic
def change_resource(resource, *, territories, actor, at, **fields):
    """Change what is told of it. Loans already asked keep the conditions that they were asked under."""
    resource = edited_by(resource, actor)
    before = resource.quantity
    for name in EDITABLE:
        if name in fields:
            setattr(resource, name, fields[name])
    _check(resource, territories)
    resource.save()
    resource.territories.set(territories)
    if resource.quantity != before:
        change_capacity(resource, resource.quantity, at=at)
    record("resources.change", resource, actor=actor, at=at)
    match_resource(resource, at=at)
    return resource


@transaction.atomic
def withdraw_resource(resource, *, words, actor, at):
    """It is not lent any more. Loans that were accepted go on; those only asked wait for an answer."""
    resource = edited_by(resource, actor)
    resource.withdrawn_at, resource.withdrawal_words = at, words
    resource.save(update_fields=["withdrawn_at", "withdrawal_words"])
    record("resources.withdraw", resource, actor=actor, at=at)
    return resource


@transaction.atomic
def add_photo(resource, *, image, words, actor, at):
    """Keep the photo ``image`` (bytes), drawn again; ``words`` say what is seen. Raises NotAPhoto, TooMany."""
    resource = edited_by(resource, actor)
    if resource.photos.count() >= MOST_PHOTOS:
        raise TooMany(_("Six photos suffisent : retirez-en une d’abord."))
    content, width, height = drawn_again(image)
    photo = Photo(resource=resource, words=words.strip(), width=width, height=height, added_at=at)
    photo.full_clean(exclude=["resource", "image"])
    photo.image.save("photo", ContentFile(content), save=False)
    photo.save()
    record("resources.add_photo", resource, actor=actor, at=at)
    return photo


@transaction.atomic
def remove_photo(photo, *, actor, at):
    resource = edited_by(photo.resource, actor)
    storage, name = photo.image.storage, photo.image.name
    photo.delete()
    record("resources.remove_photo", resource, actor=actor, at=at)
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def add_slot(resource, *, weekday, starts_at, ends_at, actor, at):
    """It is to be had that day of each week, at these local hours. Loans already accepted stay."""
    resource = edited_by(resource, actor)
    if resource.slots.count() >= MOST_SLOTS:
        raise TooMany(_("Vingt-huit créneaux suffisent : retirez-en un d’abord."))
    slot = Slot(resource=resource, weekday=weekday, starts_at=starts_at, ends_at=ends_at)
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("La fin vient après le début.")})
    try:
        with transaction.atomic():
            slot.save()
    except IntegrityError as error:
        raise ValidationError({"starts_at": _("Ce créneau est déjà là.")}) from error
    record("resources.change_hours", resource, actor=actor, at=at)
    return slot


@transaction.atomic
def remove_slot(slot, *, actor, at):
    resource = edited_by(slot.resource, actor)
    slot.delete()
    record("resources.change_hours", resource, actor=actor, at=at)


@transaction.atomic
def renew_calendar(resource, *, actor, at):
    """Another secret address for its calendar: who knew the old one reads nothing more."""
    resource = edited_by(resource, actor)
    resource.calendar_token = new_token()
    resource.save(update_fields=["calendar_token"])
    record("resources.renew_calendar", resource, actor=actor, at=at)
    return resource
