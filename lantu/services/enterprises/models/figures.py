"""Yearly figures of firms, and the land they stand on."""

from django.db import models

from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.fields import FigureField
from lantu.kernel.registry.models import LegalEntity


class Figure(models.Model):
    """One yearly figure of one firm, as reported. Never changed: a newer one supersedes it."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=30)  # a key of items.yaml, which says the unit kept
    value = FigureField()
    unit = models.CharField(max_length=20)
    printed = models.CharField(max_length=60, blank=True)  # value and unit as handed in, if others
    source = models.CharField(max_length=200)
    vintage = models.CharField(max_length=40, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | ~models.Q(reason=""),
                name="figure_superseded_with_reason",
            ),
            models.UniqueConstraint(
                fields=["entity", "year", "item"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_figure",
            ),
        ]


class FirmYear(models.Model):
    """The figures in force of a firm and year in one row, so that a list is one query.

    Everything here follows from `Figure` and is made anew with every change there.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    figures = models.JSONField()  # item -> the number as text
    # For sorting and filtering only; the exact number is above.
    tax_per_mu = models.FloatField(null=True)
    tax_paid = models.FloatField(null=True)
    land_used = models.FloatField(null=True)
    revenue = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "year"], name="firm_year_unique"),
        ]
        indexes = [
            models.Index(fields=["zone", "year", "tax_per_mu"]),
            models.Index(fields=["zone", "year", "revenue"]),
        ]


class Parcel(models.Model):
    """A piece of land on which a firm works, with its outline in longitude and latitude."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    entity = models.ForeignKey(
        LegalEntity, null=True, on_delete=models.PROTECT, related_name="parcels"
    )
    area = FigureField()  # 亩
    is_leased = models.BooleanField(default=False)
    outline = models.JSONField()  # [[longitude, latitude], …] in CGCS2000

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="parcel_code_unique"),
        ]
