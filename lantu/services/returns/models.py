"""The lines of a data return. The return itself is a case of the kernel."""

from django.db import models

from lantu.kernel.cases.models import Case
from lantu.kernel.facts.fields import MaybeFigureField


class Line(models.Model):
    """One figure that a department owes, and what it wrote there. Empty is not zero."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="return_lines")
    place = models.PositiveIntegerField()
    code = models.CharField(max_length=90)  # of the promise; with `.own`, of the department's part
    indicator = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    value = MaybeFigureField(null=True)
    remark = models.CharField(max_length=500, blank=True)  # why a value is missing, or looks odd
    answers = models.JSONField(default=dict)  # key of a question → what was answered
    evidence_name = models.CharField(max_length=200, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "kind"], name="return_line_unique")
        ]
        ordering = ["place"]
