"""What the program has done by itself."""

from django.db import models


class DailyRun(models.Model):
    """One day whose duties were done, or begun: the row is taken by one process alone."""

    day = models.DateField(primary_key=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-day"]

    def __str__(self):
        return str(self.day)
