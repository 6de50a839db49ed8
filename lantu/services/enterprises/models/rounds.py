"""Rounds of evaluation: draft, publicity, final; with every run and every ruling kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.fields import MaybeFigureField
from lantu.kernel.registry.models import LegalEntity


class Round(models.Model):
    """The evaluation of one year's figures. It moves forward by acts of people only."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLICITY = "publicity", _("Publicity")
        FINAL = "final", _("Final")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()  # whose figures are evaluated
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    methods = models.JSONField()  # cohort -> method
    publicity_from = models.DateField(null=True)
    publicity_to = models.DateField(null=True)  # the last day on which an objection is in time
    final_on = models.DateField(null=True)
    started_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "year"],
                condition=~models.Q(state="withdrawn"),
                name="one_round_a_year",
            ),
        ]


class Ruling(models.Model):
    """What a person decided about a firm in a round beside the score, and why.

    The computed class is never overwritten: a ruling stands beside it.
    """

    class Kind(models.TextChoices):
        VETO = "veto", _("Last class by veto")
        NOT_FIRST = "not-first", _("Not in the first class")
        BONUS = "bonus", _("Points added")
        DEDUCTION = "deduction", _("Points taken off")
        EXEMPT = "exempt", _("Not classified")
        COMBINED = "combined", _("Also evaluated together with")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rulings")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    points = MaybeFigureField()
    other = models.ForeignKey(LegalEntity, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)  # the paper or decision
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)


class Run(models.Model):
    """One computation of a round. Never changed; a new one follows it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    methods = models.JSONField()  # cohort -> name, version and hash of the rule's files
    input_sha256 = models.CharField(max_length=64)
    result_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=20)
    code_version = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="run_unique")]


class Result(models.Model):
    """What a run gave for one firm: the points of each item, the score, rank and class."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="results")
    name = models.CharField(max_length=120)  # the name that held when the run was made
    cohort = models.CharField(max_length=12)  # above, below, combined; empty: not classified
    figures = models.JSONField()  # the figures that went in
    values = models.JSONField()  # indicator -> value, as text
    points = models.JSONField()  # indicator -> points, as text
    bonus = MaybeFigureField()
    score = MaybeFigureField()
    order = models.FloatField(null=True)  # the score again, for sorting
    rank = models.PositiveIntegerField(null=True)
    ranked = models.PositiveIntegerField(null=True)
    computed_class = models.CharField(max_length=1, blank=True)  # 初评等级
    final_class = models.CharField(max_length=1, blank=True)  # 调档后等级
    note = models.CharField(max_length=300, blank=True)  # why there is no score or another class

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "entity", "cohort"], name="result_unique")
        ]
        indexes = [models.Index(fields=["run", "cohort", "rank"])]


class Objection(models.Model):
    """What a firm says against its result; of people nothing is kept. A person answers."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        REJECTED = "rejected", _("Not upheld")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="objections")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    received_on = models.DateField()
    in_time = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    appeal = models.CharField(max_length=300, blank=True)  # where the firm can turn next
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(answer=""), name="answered_with_words"
            ),
        ]
