"""Subjects: the zone, its city, a firm, a project: what a figure speaks of."""

from django.db import models

from lantu.kernel.access.models import Zone


class Subject(models.Model):
    """Somebody or something that figures are about, by the name that sources print."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="subjects")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "zh"], name="subject_unique")]

    def __str__(self) -> str:
        return self.zh
