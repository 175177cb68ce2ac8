"""Which story a database tells. A database with such a row is a demo, and may be told anew."""

from django.db import models


class Story(models.Model):
    """The demo was told here, with this seed, up to this stage."""

    seed = models.IntegerField()
    stage = models.CharField(max_length=20)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = "demo"

    def __str__(self):
        return f"{self.stage} ({self.seed})"
