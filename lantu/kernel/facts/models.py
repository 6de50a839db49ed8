"""Observations: one published or reported figure each. Superseded, never overwritten."""

from django.db import models

from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.fields import FigureField
from lantu.kernel.registry.models import Subject


class Indicator(models.Model):
    """What is measured, by the name that sources print."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="indicators")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "zh"], name="indicator_unique")]

    def __str__(self) -> str:
        return self.zh


class Observation(models.Model):
    """One figure: value, unit, period, subject, scope, source and vintage, as printed."""

    KINDS = ("level", "growth", "cumulative", "ratio", "rank")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="observations")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="observations")
    period = models.CharField(max_length=20)
    first_day = models.DateField()
    last_day = models.DateField()
    kind = models.CharField(max_length=12)
    value = FigureField()
    unit = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    scope_note = models.CharField(max_length=500, blank=True)
    vintage = models.CharField(max_length=40, blank=True)
    source_title = models.CharField(max_length=500, blank=True)
    source_url = models.CharField(max_length=1000, blank=True)
    published_on = models.CharField(max_length=10, blank=True)  # a day, a month or a year
    known_on = models.DateField(null=True)  # null: known ever since it was entered
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=64)  # the hash of what makes a figure the same
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The row of a file, the line of a return, the row of a run; null: entered before this was kept.
    # Nullable, so that the column is added without remaking the table: its triggers would be lost.
    entered_from = models.CharField(max_length=300, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "key"], name="observation_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=("level", "growth", "cumulative", "ratio", "rank")),
                name="observation_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="observation_period_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | ~models.Q(reason=""),
                name="observation_superseded_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "indicator", "subject", "last_day"]),
            # A promise speaks of one scope among many.
            models.Index(fields=["zone", "indicator", "scope"], name="observation_scope"),
            # What came to be known, and what was entered, since a day.
            models.Index(fields=["zone", "known_on"], name="observation_known_on"),
            models.Index(fields=["zone", "entered_at"], name="observation_entered_at"),
        ]
