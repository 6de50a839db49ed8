"""Scenarios and their versions. Rows are only added; nothing is judged by them."""

from django.contrib.auth.models import AnonymousUser
from django.db import models

from lantu.core.whatif.levers import Lever, load
from lantu.kernel.access.models import User, Zone


class Scenario(models.Model):
    """A set of assumptions about a plan."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="scenarios")
    number = models.PositiveIntegerField()  # counts the zone's scenarios
    plan = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    as_of = models.DateField()  # it goes on from the figures whose periods were over then
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="scenario_number_unique"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    def is_by(self, person: User | AnonymousUser) -> bool:
        """Whether any of it is by a person, who then does not release it."""
        return person.pk in {self.by_id, *self.versions.values_list("by_id", flat=True)}


class Version(models.Model):
    """The levers of a scenario as they stood after a change."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    levers = models.JSONField()  # in the order in which they are pulled
    known_on = models.DateField()  # computed from what was known on that day, whenever looked at
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_unique"),
        ]
        ordering = ["number"]

    def pulled(self) -> tuple[Lever, ...]:
        """The levers as records."""
        return load(self.levers)


class Release(models.Model):
    """Somebody else than its authors let everybody see a version."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="release")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
