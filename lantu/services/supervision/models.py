"""Warnings, what ended them, and what departments answered. Rows are only added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone

ORDER = "supervision.order"  # the kind of case, in cases.yaml


class Warning(models.Model):
    """One warning about one matter. The same level is not given twice for the same year."""

    class Sort(models.TextChoices):
        PROMISE = "promise", _("Promise")
        PROJECT = "project", _("Project")
        CASE = "case", _("Paper")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="warnings")
    sort = models.CharField(max_length=8, choices=Sort)
    code = models.CharField(max_length=180)  # of the promise or project; kind and key of a case
    title = models.JSONField()  # {zh, en}
    department = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=10)
    rank = models.PositiveSmallIntegerField()  # 0 is the lowest
    year = models.PositiveSmallIntegerField()  # of the day on which it was judged
    as_of = models.DateField()
    why = models.JSONField()  # {zh, en}
    rules = models.DateField()  # the first day of the ladder that was in force
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "sort", "code", "year", "level"], name="warned_once"
            )
        ]
        ordering = ["-rank", "-at"]

    def __str__(self) -> str:
        return f"{self.level} {self.code}"


class Ending(models.Model):
    """A warning is over: things stand better, or it was followed by a higher one."""

    warning = models.OneToOneField(Warning, on_delete=models.PROTECT, related_name="ending")
    why = models.JSONField()  # {zh, en}
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class Measure(models.Model):
    """What a department does about it: the cause, the act, who, until when."""

    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="measures")
    cause = models.CharField(max_length=500)
    action = models.CharField(max_length=500)
    owner = models.CharField(max_length=100)
    until = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
