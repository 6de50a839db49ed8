"""Zones, people, their roles, and the ledger of every act."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.Model):
    """A development zone. Every other record belongs to one."""

    slug = models.SlugField(unique=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    invented = models.BooleanField(default=False)  # a sample; real and invented never mix

    def __str__(self) -> str:
        return self.slug


class User(AbstractUser):
    """A person who signs in."""


class Role(models.TextChoices):
    LEADER = "leader", _("Leader")
    PLANNER = "planner", _("Planner")
    CLERK = "clerk", _("Department clerk")
    REVIEWER = "reviewer", _("Reviewer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Membership(models.Model):
    """What a person may do in a zone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    department = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "zone", "role"], name="membership_unique"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]


class Seen(models.Model):
    """Up to when a person has seen what happened in a zone. Only the newest mark is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "zone"], name="seen_unique")]


class LedgerHead(models.Model):
    """The last link of the chain; locked while the next one is written."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class LedgerEntry(models.Model):
    """One act: who, when, what, before and after. Never changed, never deleted."""

    number = models.BigIntegerField(unique=True)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)  # "system" where no person acted
    act = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_key = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    note = models.CharField(max_length=500, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "number"])]
