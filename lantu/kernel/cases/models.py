"""Cases and their steps. A step is never changed; the state of a case follows from its steps."""

from django.db import models

from lantu.kernel.access.models import User, Zone


class Case(models.Model):
    """One matter with a deadline. Its kind is a service's (`cases.yaml`)."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=60)  # such as "returns.data_return"
    key = models.SlugField(max_length=120)  # unique in the kind; never reused
    title = models.JSONField()  # {zh, en}
    department = models.CharField(max_length=60, blank=True)
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=30)
    opened_on = models.DateField()
    term_count = models.PositiveIntegerField(null=True)
    term_unit = models.CharField(max_length=14, blank=True)
    due_on = models.DateField(null=True)  # a fixed last day; the term counts where there is none
    terms = models.JSONField(default=dict)  # what the service keeps of it
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "kind", "key"], name="case_unique"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="case_closed_after_opening",
            ),
        ]
        indexes = [models.Index(fields=["zone", "kind", "state"])]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Step(models.Model):
    """One act in the course of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=30)  # an act of the kind, or one of FREE_ACTS
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    terms = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="step_number_unique")
        ]
        ordering = ["number"]
