"""A proposed commitment, as INTERFACES has it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["target", "project", "task", "fact"]
# How the code of a fact ends that says what was to be reached by now: it is a goal and no result.
GOAL = "-goal"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One promise, project, task or stated figure, with the slice of the text that says it."""

    kind: Kind
    metric: str
    start: int
    end: int
    quote: str
    form: str | None = None
    tense: str = "future"
    subject: str = ""
    comparator: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    base_value: Decimal | None = None
    base_year: int | None = None
    target_year: int | None = None
    growth_pct: Decimal | None = None
    nature: str | None = None
    scope: str | None = None
    project: str | None = None
    chapter: str = ""
    section: str = ""
    table: str | None = None
    confidence: float = 0.5
    id: str = ""
    investment: Decimal | None = None  # projects, 亿元
    area: str = ""
    capacity: str = ""
    start_year: int | None = None
    finish_year: int | None = None
    owner: str = ""
