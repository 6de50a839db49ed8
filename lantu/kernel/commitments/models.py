"""Plans and what they promise, as loaded from a folder; who takes over what of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone
from lantu.kernel.documents.models import Document
from lantu.kernel.facts.fields import FigureField, MaybeFigureField


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

    @property
    def is_nested(self) -> bool:
        """Whether it carries out or guides the zone's plan: an annual, a sector or a city's one."""
        return bool(self.head.get("level", "zone") != "zone")


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


class Share(models.Model):
    """What one department takes over of a promise, for one year or for the whole plan."""

    class Part(models.TextChoices):
        LEAD = "lead", _("leads")
        SUPPORT = "support", _("supports")
        TRACK = "track", _("tracks")  # an expected market target is watched, not handed down

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="shares")
    code = models.CharField(max_length=90)
    year = models.PositiveSmallIntegerField(default=0)  # 0: the whole plan
    department = models.CharField(max_length=60)
    part = models.CharField(max_length=8, choices=Part)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="shares")
    value = MaybeFigureField(null=True)
    weight = MaybeFigureField(null=True)  # the base of a growth, the denominator of a share
    released = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code", "year", "department"], name="share_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(part__in=("lead", "support", "track")), name="share_part_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(part="track") | models.Q(value__isnull=True),
                name="share_tracked_without_value",
            ),
        ]


class Release(models.Model):
    """A split that was released, with what it left open and why that was accepted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="releases")
    code = models.CharField(max_length=90)
    year = models.PositiveSmallIntegerField(default=0)
    target = FigureField()
    got = MaybeFigureField(null=True)
    explanation = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class AnnualTarget(models.Model):
    """A year's target from an annual plan. The newest of a year counts; none is overwritten."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="annual_targets")
    code = models.CharField(max_length=90)
    year = models.PositiveSmallIntegerField()
    value = FigureField()
    document = models.CharField(max_length=200)  # the annual plan or work report that sets it
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Revision(models.Model):
    """A proposal to move a target, with the reason and the paper that allows it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    code = models.CharField(max_length=90)
    old = FigureField()
    new = FigureField()
    reason = models.CharField(max_length=500)
    document = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="revision_with_reason"),
            models.UniqueConstraint(
                fields=["plan", "code"],
                condition=models.Q(state="proposed"),
                name="revision_one_at_a_time",
            ),
        ]
