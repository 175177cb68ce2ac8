"""Who keeps the directory of support true: national editors, those entrusted with it, coordination at home."""

from maillage.editorial.models import Editor
from maillage.editorial.models.people import Subject
from maillage.organisations.audiences import reader_of

from .queries import holding


def can_edit_on(user, territory):
    """``territory``: a `Territory`, or None for what is given everywhere (national editors alone).

    Who is entrusted with a region edits all that lies in it; who coordinates a territory, what is given there.
    """
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return False
    if reader.is_editor:
        return True
    entrusted = {one.territory_id for one in Editor.objects.of(user).filter(subject=Subject.AID)}
    if None in entrusted:
        return True
    return territory is not None and bool(
        entrusted & holding(territory) or territory.pk in reader.coordinated_territory_ids
    )


def can_edit(user, support):
    return can_edit_on(user, support.territory)


def can_edit_schemes(user):
    """What exists in the whole country."""
    return can_edit_on(user, None)


def edits_somewhere(user):
    reader = reader_of(user)
    if not user.is_authenticated or reader.is_public_partner:
        return False
    return bool(
        reader.is_editor
        or reader.coordinated_territory_ids
        or Editor.objects.of(user).filter(subject=Subject.AID).exists()
    )
