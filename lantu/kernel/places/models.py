"""Areas, which zone lies in which, and the outline of a zone and its parts, from a day on."""

from django.db import models

from lantu.kernel.access.models import Zone


class Area(models.Model):
    """A territory that holds zones or other areas. It has no plan and no figures of its own."""

    slug = models.SlugField(unique=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    invented = models.BooleanField(default=False)  # real and invented zones never lie in one
    upper = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="lower")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(upper=models.F("id")), name="area_not_in_itself"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Placing(models.Model):
    """A zone lies in an area, from a day up to the day before another placing begins."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="placings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="placings")
    subject = models.CharField(max_length=120)  # by what name sources print the zone's figures
    since = models.DateField(null=True)  # null: for as long as is known
    until = models.DateField(null=True)  # null: in force

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone"], condition=models.Q(until__isnull=True), name="one_placing_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(since__lte=models.F("until")),
                name="placing_in_order",
            ),
        ]


class Outline(models.Model):
    """The border of a zone, or of a named part of it, from a day up to the day before another."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="outlines")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=4)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    polygons = models.JSONField()  # as lantu.core.plans.outline.stored gives them
    source = models.CharField(max_length=500, blank=True)
    place = models.PositiveSmallIntegerField()  # the order of the file
    since = models.DateField(null=True)  # null: for as long as is known
    until = models.DateField(null=True)  # null: in force

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "code"],
                condition=models.Q(until__isnull=True),
                name="one_outline_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("zone", "part")), name="outline_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(since__lte=models.F("until")),
                name="outline_in_order",
            ),
        ]
        ordering = ["place", "pk"]
