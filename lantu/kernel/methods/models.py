"""Runs of published methods. The rows are Parquet files named by their checksum."""

from django.db import models

from lantu.kernel.access.models import User, Zone


class Run(models.Model):
    """One evaluation: what was asked, of which inputs, and what came out."""

    STATES = ("draft", "final", "published")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="runs")
    method = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    on = models.DateField()
    engine = models.CharField(max_length=12)
    parameters = models.JSONField()  # numbers tried in place of those in force, as texts
    parameters_hash = models.CharField(max_length=64)  # of all that were in force, and those tried
    input_hash = models.CharField(max_length=64)  # names the snapshot
    result_hash = models.CharField(max_length=64)  # names the result
    package_version = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    unknown = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12)
    # What it was for, so that runs of one matter can be set side by side: evaluation/2024/above.
    topic = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")  # of the page it served
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "final", "published")),
                name="run_state_known",
            )
        ]
        indexes = [
            models.Index(fields=["zone", "method", "at"]),
            models.Index(fields=["zone", "topic"], name="run_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.pk}"
