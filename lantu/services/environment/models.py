"""Stations and sections, the batches of hourly values, and what a day or a month came to."""

from django.db import models

from lantu.kernel.access.models import User, Zone


class Station(models.Model):
    """A place where air or water is measured, for as long as it is."""

    MEDIA = ("air", "river", "lake")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="stations")
    code = models.SlugField(max_length=40)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)
    medium = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="station_unique"),
            models.CheckConstraint(
                condition=models.Q(medium__in=("air", "river", "lake")), name="station_medium_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Batch(models.Model):
    """One file of hourly values as they came in. Never changed; a later one may correct it."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="station_batches")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=200)  # below LANTU_HOME
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    first_hour = models.DateTimeField()
    last_hour = models.DateTimeField()
    corrects = models.BooleanField(default=False)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "number"], name="batch_unique")]


class AirDay(models.Model):
    """A day of a station, or of the zone where there is none. Computed anew from the hours."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="air_days")
    station = models.ForeignKey(Station, null=True, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    means = models.JSONField()  # item -> figure as text, or null
    counts = models.JSONField()  # item -> hours (windows, stations) that it rests on
    indices = models.JSONField()  # item -> sub-index or null
    flags = models.JSONField(default=dict)  # flag -> how many hourly values
    aqi = models.PositiveSmallIntegerField(null=True)
    primary = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            # Two nulls are never equal to a database, so the zone's days have a rule of their own.
            models.UniqueConstraint(fields=["zone", "station", "day"], name="air_day_unique"),
            models.UniqueConstraint(
                fields=["zone", "day"],
                condition=models.Q(station__isnull=True),
                name="air_day_of_zone_unique",
            ),
        ]


class WaterSample(models.Model):
    """What was measured at a section in a month; the newest one counts, earlier ones stay."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="water_samples")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="samples")
    month = models.DateField()
    values = models.JSONField()  # item -> figure as printed
    source = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "key"], name="water_sample_unique")]
