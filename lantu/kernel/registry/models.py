"""Subjects and legal entities: what a figure speaks of, and who a firm is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone


class Subject(models.Model):
    """Somebody or something that figures are about, by the name that sources print."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="subjects")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "zh"], name="subject_unique")]

    def __str__(self) -> str:
        return self.zh


class LegalEntity(models.Model):
    """A firm or body with a social credit code. One code is one entity, whatever its name."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In business")
        SUSPENDED = "suspended", _("Suspended")
        MOVED = "moved", _("Moved away")
        CLOSED = "closed", _("Deregistered")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="entities")
    code = models.CharField(max_length=18)  # GB 32100, checked before it is stored
    zh = models.CharField(max_length=120)  # the name in force; all names are in EntityName
    en = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=120, blank=True)  # of the pinyin, for the search
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    industry = models.CharField(max_length=80, blank=True)
    founded_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="absorbed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="entity_code_unique"),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "suspended", "moved", "closed"]),
                name="entity_status_known",
            ),
        ]
        indexes = [models.Index(fields=["zone", "zh"])]

    def __str__(self) -> str:
        return f"{self.zh} ({self.code})"


class EntityName(models.Model):
    """A name that an entity bore from a day on, up to the day before the next one."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="names")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True)
    since = models.DateField(null=True)  # null: for as long as is known
    until = models.DateField(null=True)  # null: in force
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], condition=models.Q(until__isnull=True), name="one_name_in_force"
            ),
        ]
        indexes = [models.Index(fields=["zh"])]


class Merge(models.Model):
    """One entity was found to be, or became part of, another. It can be undone; both acts stay."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity"],
                condition=models.Q(undone_at__isnull=True),
                name="one_merge_in_force",
            ),
            models.CheckConstraint(
                condition=~models.Q(entity=models.F("into")), name="merge_into_another"
            ),
        ]
