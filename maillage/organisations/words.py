"""Under which words an organisation is found: kept beside it, written anew whenever it is described anew."""

from django.utils import translation
from django.utils.translation import gettext as _

from maillage.national_register.analysis import index_terms

from .models import Organisation, OrganisationWord
from .models.organisation import Theme
from .models.words import LONGEST


def words_of(organisation):
    """Word → whether it is of the name: what `OrganisationWord` should hold for ``organisation``."""
    # Found in the language of the country, whoever saves.
    with translation.override("fr"):
        themes = [str(Theme(row.theme).label) for row in organisation.themes.all()]
    places = [territory for territory in (organisation.seat, *organisation.territories.all()) if territory]
    around = [
        organisation.purpose,
        organisation.publics,
        *themes,
        *(row.words for row in organisation.exchanges.all()),
        *(place.name for place in places),
        *(place.postcodes for place in places),
        *(commune.name for place in places for commune in place.communes.all()),
    ]
    found = dict.fromkeys(_terms(around), False)
    found.update(dict.fromkeys(_terms([organisation.name, organisation.acronym]), True))
    return found


def _terms(texts):
    return [term for term in index_terms(*filter(None, texts)).split() if len(term) <= LONGEST]


def keep_words(organisations):
    """Writes the words of these organisations anew; their other rows are already saved."""
    organisations = list(organisations)
    OrganisationWord.objects.filter(organisation__in=organisations).delete()
    OrganisationWord.objects.bulk_create(
        (
            OrganisationWord(organisation=organisation, word=word, is_in_name=is_in_name)
            for organisation in organisations
            for word, is_in_name in words_of(organisation).items()
        ),
        batch_size=2_000,
        # Two people may describe it at once: the later words are added, none is refused.
        ignore_conflicts=True,
    )


def word_discords():
    """Sentences: the organisations whose words are behind what they say, so that a search misses them."""
    described = (
        Organisation.objects.filter(archived_at=None)
        .select_related("seat")
        .prefetch_related("themes", "exchanges", "territories__communes", "seat__communes", "words")
    )
    for organisation in described.iterator(chunk_size=500):
        if {row.word: row.is_in_name for row in organisation.words.all()} != words_of(organisation):
            yield _("%(name)s : ses mots ne sont pas à jour, une recherche peut l’oublier ; lancez keep_words.") % {
                "name": organisation.name
            }
