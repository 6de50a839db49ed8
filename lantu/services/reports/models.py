"""Editions of reports. All rows are only added: what was said stays said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone


class Edition(models.Model):
    """One drafted report with the figures that it rests on."""

    class Kind(models.TextChoices):
        MONITORING = "monitoring", _("Yearly monitoring")
        MIDTERM = "midterm", _("Mid-term evaluation")
        FINAL = "final", _("Final evaluation")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="report_editions")
    number = models.PositiveIntegerField()  # counts the zone's editions
    plan = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()  # at whose end things are judged
    documents = models.JSONField()  # zh and en: the text, whole
    snapshot = models.JSONField()  # how each promise stands, on which figures
    sha256 = models.CharField(max_length=64)  # of documents and snapshot
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="edition_number_unique")
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.plan} {self.kind} {self.year} #{self.number}"


class Decision(models.Model):
    """An edition is frozen, then released to the public. Each happens once."""

    class Act(models.TextChoices):
        FREEZE = "freeze", _("Frozen")
        RELEASE = "release", _("Released")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=8, choices=Act)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "act"], name="edition_decided_once")
        ]


class Finished(models.Model):
    """The docx as people finished it, with the numbers that its snapshot does not hold."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="finished")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)  # of the file, which is kept under it
    unmatched = models.JSONField(default=list)  # each number with its surroundings
    explanation = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]


class Opinion(models.Model):
    """What an expert, a third party, a questionnaire or anybody else said about the plan."""

    class Sort(models.TextChoices):
        PUBLIC = "public", _("From the public")
        EXPERT = "expert", _("From experts")
        THIRD_PARTY = "third-party", _("From a third party")
        QUESTIONNAIRE = "questionnaire", _("From a questionnaire")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField()  # counts the zone's opinions
    sort = models.CharField(max_length=14, choices=Sort)
    code = models.CharField(max_length=90, blank=True)  # the promise spoken of
    edition = models.ForeignKey(
        Edition, null=True, on_delete=models.PROTECT, related_name="opinions"
    )
    text = models.CharField(max_length=2000)
    source = models.CharField(max_length=200, blank=True)  # a name only if it was given
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="opinion_number_unique")
        ]
        ordering = ["-number"]


class Answer(models.Model):
    """What became of an opinion. A later answer stands beside the earlier one."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Adopted")
        PARTLY = "partly", _("Adopted in part")
        NOT_ADOPTED = "not-adopted", _("Not adopted, with the reason")
        NOTED = "noted", _("Noted")
        WITHHELD = "withheld", _("Not shown: it names persons or is unlawful")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=12, choices=Outcome)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
