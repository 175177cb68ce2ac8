"""Which organisations a text names: whoever is named is asked."""

from maillage.organisations.models import Organisation
from maillage.territories.folding import fold

LEAST = 6
"""A shorter name is a common word too often."""


def unlisted_names(case):
    """The names, in the case, of organisations of its territories, or of the cooperation it tells, that its list
    does not hold. A help for who writes, not a proof: a nickname passes.
    """
    listed = {name.organisation_id for name in case.names.all()}
    around = Organisation.objects.filter(territories__in=case.territory_ids).exclude(pk__in=listed)
    text = f" {fold(case.plain_words)} "
    found = []
    for name in around.filter(archived_at=None).values_list("name", flat=True).distinct()[:2000]:
        folded = fold(name)
        if len(folded) >= LEAST and f" {folded} " in text:
            found.append(name)
    return sorted(found)


def passages_naming(case, name):
    """[(label, paragraph)]: the paragraphs of the grid that name this organisation: all that a public partner which
    is asked for its assent is shown.
    """
    folded = fold(name)
    return [
        (label, paragraph.strip())
        for _field, label, words in case.plain_grid
        for paragraph in words.split("\n")
        if folded in fold(paragraph)
    ]
