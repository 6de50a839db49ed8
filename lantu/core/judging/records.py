"""What goes into a verdict and what comes out of it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, get_args

from lantu.core.judging.states import UNJUDGED, State

Form = Literal[
    "level",
    "growth",
    "cumulative",
    "change",
    "reduction",
    "floor",
    "ceiling",
    "range",
    "multiple",
    "per_year",
    "complete",
    "relative",
    "delegated",
    "milestone",
    "rank",
    "task",
]
FORMS: Final[tuple[Form, ...]] = get_args(Form)

Path = Literal["linear", "geometric", "flow", "step", "annual", "none"]
PATHS: Final[tuple[Path, ...]] = get_args(Path)

Direction = Literal["more", "less", "closer"]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)

Kind = Literal["level", "growth", "ytd"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

EventKind = Literal["start", "progress", "stop", "resume", "done"]
EVENT_KINDS: Final[tuple[EventKind, ...]] = get_args(EventKind)


@dataclass(frozen=True, slots=True)
class Base:
    """Where a promise sets out: the printed figure of the year before, if any."""

    year: int | None = None
    value: Decimal | None = None
    scope: str | None = None  # None: the scope of the target


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated step of a task, and the day it was done."""

    due: datetime.date
    done: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise, as the judge needs it. Numbers are as printed; see VERDICTS §1."""

    form: Form
    target_year: int | None = None  # None: the plan's last year
    target: Decimal | None = None
    target_date: datetime.date | None = None  # milestone
    base: Base = Base()
    unit: str = ""
    path: Path | None = None  # None: by form and unit
    direction: Direction | None = None  # None: by form, base and target
    scope: str | None = None
    annual: Mapping[int, Decimal] = field(default_factory=dict)
    growth_pct: Decimal | None = None
    every_year: bool = False
    tolerance_points: Decimal | None = None
    n: Decimal | None = None
    k: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rules: str = "ratio"
    entered: "Commitment | None" = None  # delegated: the target that was set above
    entered_known_on: datetime.date | None = None
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of one year: its final value, its growth in per cent, or a part of the year."""

    year: int
    value: Decimal
    kind: Kind = "level"
    months: int | None = None  # the months since January that a part-year figure covers
    scope: str | None = None
    vintage: str | None = None
    known_on: datetime.date | None = None
    source: str = ""
    key: str = ""  # what the caller finds it by

    @property
    def is_part(self) -> bool:
        return self.months is not None and self.months < 12


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a project or a task."""

    date: datetime.date
    event: EventKind
    known_on: datetime.date | None = None
    source: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The years a plan covers, both included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: which sentence, and what goes into it."""

    key: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unused:
    """A figure that was not used, and why (a key of explanations.yaml)."""

    fact: Fact
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a promise stands. Shares are fractions, growth and gaps are in points."""

    state: State
    at: int | None = None  # the year judged
    progress: Decimal | None = None
    due: Decimal | None = None
    ratio: Decimal | None = None
    gap: Decimal | None = None
    mean_growth: Decimal | None = None
    left: Decimal | None = None
    needed_per_year: Decimal | None = None
    missing: tuple[int, ...] = ()
    reversed: bool = False
    provisional: bool = False
    scope_unconfirmed: bool = False
    late_days: int | None = None
    year: "Verdict | None" = None
    path: Path | None = None
    rules: str = ""
    used: tuple[Fact, ...] = ()
    unused: tuple[Unused, ...] = ()
    events: tuple[Event, ...] = ()  # of a milestone: those known on the day asked about
    steps: tuple[Step, ...] = ()

    @property
    def is_judged(self) -> bool:
        return self.state not in UNJUDGED
