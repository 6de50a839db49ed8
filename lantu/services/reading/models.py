"""A document in review, what was proposed from it, and every step of the review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone


class Reading(models.Model):
    """A plan document that was handed in, with its text as it was read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        REFUSED = "refused", _("cannot be read")
        REVIEW = "review", _("in review")
        CONFIRMED = "confirmed", _("loaded")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="readings")
    older = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="amendments"
    )  # the version that this document amends
    name = models.CharField(max_length=200)  # of the file
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=10, blank=True)  # what the reader has done so far
    portion = models.JSONField(default=dict)  # how much of the stage that is going on is done
    fault = models.JSONField(null=True)  # where, what, remedy
    text = models.TextField(blank=True)
    end = models.PositiveSmallIntegerField(null=True)  # the last year that the text plans
    removed = models.JSONField(default=list)  # codes of the older version that are gone
    head = models.JSONField(default=dict)  # how the plan is called, its years, its number
    names = models.JSONField(default=dict)  # of scopes and departments: printed → slug, English
    fingerprint = models.CharField(max_length=64, blank=True)  # of the folder that was loaded
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    beat = models.DateTimeField(auto_now=True)  # when the reader last gave a sign
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("waiting", "reading", "refused", "review", "confirmed")
                ),
                name="reading_state_known",
            )
        ]
        ordering = ["-pk"]


class Draft(models.Model):
    """One proposal under review: the machine's record, and the person's where it was changed."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        MERGED = "merged", _("merged")

    class Change(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        KEPT = "kept", _("unchanged")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="drafts")
    code = models.CharField(max_length=60)  # kept in later versions, never reused
    place = models.PositiveIntegerField()  # the order of the text
    machine = models.JSONField(null=True)  # null: a person split it off
    person = models.JSONField(null=True)  # null: as the machine has it
    machine_ties = models.JSONField(default=dict)  # scope, departments and links, as proposed
    ties = models.JSONField(null=True)  # null: as the machine has them
    en = models.CharField(max_length=200, blank=True)  # the English name of what it measures
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    into = models.CharField(max_length=60, blank=True)  # the code it was merged into
    part_of = models.CharField(max_length=60, blank=True)  # the code it was split off from
    change = models.CharField(max_length=8, choices=Change, blank=True)
    was = models.JSONField(null=True)  # the record of the older version, as it was in force
    was_ties = models.JSONField(null=True)  # its ties then; null: nothing to compare with
    # Of the record in force, so that lists can be filtered.
    kind = models.CharField(max_length=8)
    form = models.CharField(max_length=12, blank=True)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "code"], name="draft_code_unique"),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "accepted", "rejected", "merged")),
                name="draft_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(machine__isnull=False) | models.Q(person__isnull=False),
                name="draft_has_a_record",
            ),
        ]
        indexes = [models.Index(fields=["reading", "place"])]
        ordering = ["place", "pk"]


class Step(models.Model):
    """One step of a review, so that it can be taken back."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=12)
    before = models.JSONField()  # draft → what it was
    made = models.JSONField(default=list)  # drafts that the step added
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
