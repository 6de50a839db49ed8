"""Plans and what they promise, as loaded from a folder."""

from django.db import models

from lantu.kernel.access.models import Zone
from lantu.kernel.documents.models import Document


class Plan(models.Model):
    """One plan of a zone. It changes only by loading an amended folder."""

    name = models.SlugField(unique=True, max_length=60)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="plans")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="plans")
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    head = models.JSONField()  # title, scopes, departments … as in plan.yaml
    fingerprint = models.CharField(max_length=64)  # of the folder that was loaded last
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("end")), name="plan_years_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Record(models.Model):
    """A promise, a stated fact, a project or an event of a plan, whole, as it was written."""

    class Sort(models.TextChoices):
        COMMITMENT = "commitment"
        PROJECT = "project"
        EVENT = "event"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="records")
    sort = models.CharField(max_length=12, choices=Sort)
    code = models.CharField(max_length=90)
    place = models.PositiveIntegerField()  # the order of the folder
    terms = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "sort", "code"], name="record_code_unique"),
            models.CheckConstraint(
                condition=models.Q(sort__in=("commitment", "project", "event")),
                name="record_sort_known",
            ),
        ]
        ordering = ["place"]
