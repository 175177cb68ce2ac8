"""Asking for a letter, confirming it from one's mailbox; composing one, sending it once to each."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.journal.actions import record
from maillage.messaging.actions import accept_again, queue_email
from maillage.messaging.kinds import Category
from maillage.messaging.models import Refusal
from maillage.territories.models import Territory

from .links import confirm_link, open_confirm_link
from .models import Letter, Sending, Subscriber
from .permissions import can_write
from .queries import recipients

MOST_PLACES = 20


def ask(email, territories, *, language, at):
    """Sends the link that confirms. Nothing is kept of the address before it is used; whether it is known already is
    told to nobody.
    """
    link = confirm_link(email.strip().lower(), [one.pk for one in territories], language, at=at)
    queue_email(
        "newsletter/emails/confirm",
        to=email.strip().lower(),
        context={
            "territories": territories,
            "address": settings.SITE_ADDRESS + reverse("newsletter:confirm", args=[link]),
        },
        at=at,
        language=language,
    )


@transaction.atomic
def confirm(link, *, at):
    """The holder of the address confirms: the territories asked are theirs from now on, beside those they had.
    Returns the territories; raises a refusal where the link is too old.
    """
    opened = open_confirm_link(link, at=at)
    if opened is None:
        raise ValidationError(_("Ce lien ne vaut plus : demandez-en un autre."))
    email, territory_ids, language = opened
    territories = list(Territory.objects.filter(pk__in=territory_ids))
    told = {"language": language, "confirmed_at": at}
    subscriber, _made = Subscriber.objects.get_or_create(email=email, defaults=told)
    if Refusal.objects.filter(address__iexact=email, category=Category.NEWSLETTER).exists():
        # They had left: what they had asked for before is forgotten.
        subscriber.territories.clear()
        accept_again(email, Category.NEWSLETTER)
    subscriber.territories.add(*territories[:MOST_PLACES])
    return territories


@transaction.atomic
def compose(territory, *, title, words, items, actor, at, letter=None):
    """Writes a letter, or writes it again as long as it has not left. ``items``: of `queries.proposed`, in order."""
    if not can_write(actor, territory):
        raise PermissionDenied
    if not items and not words.strip():
        raise ValidationError(_("Cette lettre est vide : cochez quelque chose, ou écrivez quelques mots."))
    if letter is not None:
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.sent_at:
            raise ValidationError(_("Cette lettre est déjà partie."))
    letter = letter or Letter(territory=territory, composed_by=actor, slug=_free_slug(territory, at))
    letter.title, letter.words, letter.items, letter.composed_at = title.strip(), words.strip(), items, at
    letter.full_clean(exclude=["composed_by"])
    letter.save()
    record("newsletter.compose", letter, actor=actor, at=at)
    return letter


def _free_slug(territory, at):
    base = slugify(f"{territory.name}-{at:%Y-%m-%d}")[:70]
    number = Letter.objects.filter(slug__startswith=base).count()
    return f"{base}-{number + 1}" if number else base


@transaction.atomic
def send(letter, *, actor, at):
    """To each who asked for it, once: one transaction, and a row for each. Returns how many."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("territory").get(pk=letter.pk)
    if not can_write(actor, letter.territory):
        raise PermissionDenied
    if letter.sent_at:
        raise ValidationError(_("Cette lettre est déjà partie."))
    people = list(recipients(letter.territory))
    Sending.objects.bulk_create([Sending(letter=letter, subscriber=one) for one in people], batch_size=500)
    for one in people:
        _post(letter, one.email, one.language, at)
    letter.sent_at, letter.number = at, len(people)
    letter.save(update_fields=["sent_at", "number"])
    record("newsletter.send", letter, actor=actor, at=at, number=len(people))
    return len(people)


def try_out(letter, *, actor, at):
    """To whoever writes it, alone."""
    if not can_write(actor, letter.territory):
        raise PermissionDenied
    _post(letter, actor.email, actor.language, at)


def _post(letter, address, language, at):
    site = settings.SITE_ADDRESS
    queue_email(
        "newsletter/emails/letter",
        to=address,
        context={"letter": letter, "site": site, "page": site + letter.get_absolute_url()},
        at=at,
        language=language,
    )


def forget_who_left(*, at):
    """Addresses that left are deleted, and what was sent to them. Returns how many."""
    gone = Refusal.objects.filter(category=Category.NEWSLETTER).values("address")
    number, _each = Subscriber.objects.filter(email__in=gone).delete()
    return number
