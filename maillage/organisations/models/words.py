"""The words under which an organisation is found."""

from django.db import models

from .organisation import Organisation

LONGEST = 40


class OrganisationWord(models.Model):
    """One word of an organisation: of its name, or of what it says of itself, of its themes, of its places.

    Words are folded and stemmed as those of the national register (`national_register.analysis`), so the same typed
    words find the same things; only a to z and figures are left.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="words")
    word = models.CharField(max_length=LONGEST)
    is_in_name = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "word"], name="organisation_word_once")]
        indexes = [models.Index(fields=["word", "organisation", "is_in_name"], name="organisation_word")]

    def __str__(self):
        return self.word
