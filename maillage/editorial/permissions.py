"""Who may write, ask, publish."""

from maillage.cooperations.models import Partner
from maillage.organisations.audiences import reader_of

from .models import Editor, Subject


def can_edit(user, page):
    """Who edits everything, or this subject on this territory."""
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return False
    return user.is_superuser or Editor.objects.reaches(user, page)


def can_publish(user, page):
    """The same, where letting through was entrusted as well."""
    if not can_edit(user, page):
        return False
    if user.is_superuser or reader_of(user).is_editor:
        return True
    mine = Editor.objects.of(user).filter(subject=page.SUBJECT, may_publish=True)
    reached = {one.territory_id for one in mine}
    return None in reached or bool(reached & getattr(page, "territory_ids", set()))


def can_tell(user, cooperation):
    """A partner that takes part, never a public one, proposes the story of what it did."""
    reader = reader_of(user)
    return (
        user.is_authenticated
        and bool(reader.association_ids)
        and Partner.objects.accepted()
        .filter(cooperation=cooperation, organisation_id__in=reader.association_ids)
        .exists()
    )


def can_answer(user, assent):
    """Who belongs to the organisation that was asked; a public partner answers for itself as well."""
    return assent.organisation_id in reader_of(user).organisation_ids


def can_moderate(user):
    """Comments: who edits everything, or a subject everywhere."""
    if not user.is_authenticated or reader_of(user).is_public_partner:
        return False
    return (
        user.is_superuser
        or reader_of(user).is_editor
        or Editor.objects.of(user).filter(territory=None, subject__in=Subject.values).exists()
    )
