"""A plan as its folder tells it. The form of the folder is in docs/plan-folders.md."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from lantu.core.figures.periods import Period
from lantu.core.judging.records import (
    Base,
    Commitment,
    Direction,
    EventKind,
    Form,
    Milestone,
    Path,
    Plan,
)
from lantu.core.plans.outline import Shape

Words = Mapping[str, str]  # zh and en
Kind = Literal["target", "task", "fact"]
Tense = Literal["past", "future"]
Level = Literal["city", "zone", "sector", "annual"]
SeriesKind = Literal["level", "growth", "cumulative", "ratio", "rank"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a record stands; offsets count code points."""

    chapter: str = ""
    section: str = ""
    table: str = ""
    row: int | None = None
    start: int | None = None
    end: int | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """The published series by which a promise is judged."""

    indicator: str
    subject: str
    unit: str = ""
    kinds: tuple[SeriesKind, ...] = ()
    other: "Measure | None" = None  # relative: the series it keeps pace with


@dataclass(frozen=True, slots=True)
class PlanCommitment:
    """One promise, task or stated figure of a plan."""

    code: str
    kind: Kind
    title: Words
    form: Form | None = None
    subject: str = ""
    metric: Words = field(default_factory=dict)
    unit: str = ""
    comparator: str = ""
    direction: Direction | None = None
    base: Base = Base()
    target_year: int | None = None
    target_value: Decimal | None = None
    target_date: datetime.date | None = None
    growth_pct: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    n: Decimal | None = None
    k: Decimal | None = None
    every_year: bool = False
    tolerance_points: Decimal | None = None
    annual: Mapping[int, Decimal] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    path: Path | None = None
    entered: Commitment | None = None
    entered_known_on: datetime.date | None = None
    nature: str = ""
    scope: str = ""
    lead: str = ""
    support: tuple[str, ...] = ()
    place: Place = Place()
    links: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    measured_by: Measure | None = None
    note: Words = field(default_factory=dict)
    parent: str = ""  # the promise of the upper plan that it carries out
    value: Decimal | None = None  # kind fact
    period: Period | None = None  # what the plan states about the past
    tense: Tense | None = None  # "past": work of the former plan, whose outcome is in words
    where: str = ""  # file and line

    @property
    def metric_zh(self) -> str:
        return self.metric.get("zh", "")

    @property
    def base_year(self) -> int | None:
        return self.base.year

    @property
    def base_value(self) -> Decimal | None:
        return self.base.value

    @property
    def year(self) -> int | None:
        return None if self.period is None else self.period.end_year

    @property
    def bound(self) -> str:
        """How the target bounds what it asks for: a place is reached at it or before it."""
        return self.comparator or ("<=" if self.form == "rank" else "")

    @property
    def target_unit(self) -> str:
        """The unit of the target: a share that is to rise by so much rises by points."""
        return "个百分点" if self.form == "change" and self.unit == "%" else self.unit

    @property
    def is_judged(self) -> bool:
        """Whether it is a promise at all."""
        return self.kind != "fact" and self.tense != "past"

    def promise(self, rules: str = "ratio") -> Commitment:
        """The promise as the judge needs it."""
        return Commitment(
            form=self.form or "task",
            target_year=self.target_year,
            target=self.target_value,
            target_date=self.target_date,
            base=self.base,
            unit=self.unit,
            path=self.path,
            direction=self.direction,
            scope=self.scope or None,
            annual=self.annual,
            growth_pct=self.growth_pct,
            every_year=self.every_year,
            tolerance_points=self.tolerance_points,
            n=self.n,
            k=self.k,
            low=self.low,
            high=self.high,
            rules=rules,
            entered=self.entered,
            entered_known_on=self.entered_known_on,
            milestones=self.milestones,
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit as printed."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class PlanProject:
    """One project of a plan's boxes or text. `investment` is in 亿元.

    `at` is where it stands: degrees east and north (WGS 84); None where no source says it.
    """

    code: str
    title: Words
    box: str = ""
    investment: Decimal | None = None
    area: Amount | None = None
    capacity: str = ""
    start_year: int | None = None
    finish_year: int | None = None
    finish: datetime.date | None = None
    owner: str = ""
    status: str = ""
    items: tuple[Words, ...] = ()
    at: tuple[Decimal, Decimal] | None = None
    place: Place = Place()
    note: Words = field(default_factory=dict)
    where: str = ""

    @property
    def due(self) -> datetime.date | None:
        """The last day on which it can be done in time."""
        if self.finish is not None:
            return self.finish
        return None if self.finish_year is None else datetime.date(self.finish_year, 12, 31)

    def promise(self, rules: str = "ratio") -> Commitment:
        """A milestone where the plan prints a finish; else work that is not judged."""
        if self.due is None:
            return Commitment(form="task", rules=rules)
        return Commitment(form="milestone", target_date=self.due, rules=rules)


@dataclass(frozen=True, slots=True)
class Observed:
    """One published figure, as printed, with its address."""

    indicator: str
    subject: str
    period: Period
    value: Decimal
    unit: str
    kind: SeriesKind
    scope: str = ""
    scope_note: str = ""
    vintage: str = ""
    source_title: str = ""
    source_url: str = ""
    published_on: str = ""  # a day, or the month or year where no day is printed
    known_on: datetime.date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that is known to have happened to a project or a promise."""

    code: str  # empty: the mapping is doubtful
    project: str
    event: EventKind | None  # None: none of these; see event_printed
    event_printed: str
    date: datetime.date
    precision: str
    detail: str = ""
    source_title: str = ""
    source_url: str = ""
    known_on: datetime.date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The document a plan was read from."""

    title: str
    number: str = ""
    issued: datetime.date | None = None
    sha256: str = ""
    characters: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    slug: str
    name: Words


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """A whole plan: what it promises, and what is known about it."""

    name: str
    zone: Zone
    title: Words
    invented: bool
    period: Plan
    outlook: int | None
    rules: str
    document: Paper
    scopes: Mapping[str, Mapping[str, Words]]  # slug -> name, note
    departments: Mapping[str, Words]
    commitments: tuple[PlanCommitment, ...] = ()
    projects: tuple[PlanProject, ...] = ()
    level: Level = "zone"
    parent: str = ""  # the name of the plan that it carries out
    observations: tuple[Observed, ...] = ()
    events: tuple[Happening, ...] = ()
    outline: tuple[Shape, ...] = ()  # as the folder has it; a loaded plan's are with the zone
