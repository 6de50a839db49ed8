"""Rounds of assessment. All rows are only added: what was computed stays as it was."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.core.assessing.scheme import Scheme
from lantu.core.assessing.scoring import Score
from lantu.core.plans import wire
from lantu.core.reports.keeping import checksum
from lantu.kernel.access.models import User, Zone

APPEAL = "assessment.appeal"  # the kind of case, in cases.yaml


class Round(models.Model):
    """The assessment of a zone's departments for one year. Departments only, never persons."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()  # counts the zone's rounds
    plan = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="assessment_number_unique"),
            models.UniqueConstraint(fields=["zone", "plan", "year"], name="assessment_year_unique"),
        ]
        ordering = ["-year", "-number"]

    def __str__(self) -> str:
        return f"{self.plan} {self.year}"


class Run(models.Model):
    """One computation: what went in, by which rules, and what came out."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    inputs = models.JSONField()  # how each line stood, on which figures; late papers
    rules = models.JSONField()  # the scheme, whole
    result = models.JSONField()  # every department with its lines
    sha256 = models.CharField(max_length=64)  # of the three
    reason = models.CharField(max_length=300, blank=True)  # why it was computed again
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="assessment_run_unique"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="assessment_run_again_with_reason",
            ),
        ]
        ordering = ["number"]

    def scheme(self) -> Scheme:
        """The rules as they were."""
        return wire.load(Scheme, self.rules)

    def scores(self) -> tuple[Score, ...]:
        """The departments as they were scored, in the order of their short names."""
        return tuple(wire.load(Score, one) for one in self.result)

    @property
    def is_whole(self) -> bool:
        """Whether the checksum still holds."""
        return seal(self.inputs, self.rules, self.result) == self.sha256


class Decision(models.Model):
    """A run is released to the departments, then published. Each happens once."""

    class Act(models.TextChoices):
        RELEASE = "release", _("Released to the departments")
        PUBLISH = "publish", _("Published")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=8, choices=Act)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "act"], name="assessment_decided_once"),
            models.CheckConstraint(
                condition=models.Q(act__in=("release", "publish")), name="assessment_act_known"
            ),
        ]
        ordering = ["pk"]


def seal(inputs: Any, rules: Any, result: Any) -> str:
    """SHA-256 of what went in, the rules and what came out."""
    return checksum({"result": result}, {"inputs": inputs, "rules": rules})
