"""What the search keeps: under which words each thing is found. No text: what is shown is read from the row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """The terms of one thing (`terms.py`), written anew each time it changes: the highest number changed last.

    The database keeps an index of ``terms`` beside it, by itself: triggers and FTS5 on SQLite, a generated column and
    GIN on PostgreSQL (migration 0001). An entry gives nobody a right: whoever finds it must be shown the row by its
    own `visible_to`.
    """

    kind = models.CharField(_("nature"), max_length=16)
    object_id = models.PositiveBigIntegerField()
    is_open = models.BooleanField(_("pour tout le monde"))
    """Whether everybody may see the row, when this was written: where to look for it, and no right."""
    terms = models.TextField()
    title_length = models.PositiveSmallIntegerField()
    """How many words its title has: who types a whole title finds it before the longer ones."""

    class Meta:
        verbose_name = _("entrée de la recherche")
        verbose_name_plural = _("entrées de la recherche")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
