"""One case before the judge: the promise, the evidence, the day, and a note of what was used."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lantu.core.judging.evidence import Evidence, Sort
from lantu.core.judging.records import Commitment, Event, Fact, Path, Plan, Step, Unused, Verdict
from lantu.core.judging.rulesets import RuleSet
from lantu.core.judging.states import State

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(slots=True)
class Case:
    """What a form needs to reach a verdict. `completed` is the last year that is over."""

    promise: Commitment
    plan: Plan
    as_of: date
    known_on: date | None
    facts: Evidence
    other: Evidence
    events: tuple[Event, ...]
    rules: RuleSet
    target_year: int
    completed: int
    path: Path
    explain: bool = False
    used: list[Fact] = field(default_factory=list)
    happened: tuple[Event, ...] = ()
    steps: list[Step] = field(default_factory=list)

    @property
    def base_year(self) -> int:
        printed = self.promise.base.year
        return self.plan.start - 1 if printed is None else printed

    @property
    def first(self) -> int:
        """The first year that can be judged."""
        return max(self.plan.start, self.base_year + 1)

    @property
    def last(self) -> int:
        """The last completed year, and never a year after the target's."""
        return min(self.completed, self.target_year)

    def begin(self) -> None:
        """Forget what an earlier verdict of the same case used."""
        self.used, self.steps = [], []

    def use(self, fact: Fact) -> Decimal:
        """The value of a figure, on record as used."""
        self.used.append(fact)
        return fact.value

    def note(self, key: str, **values: object) -> None:
        """Add a line to the explanation, if one is asked for."""
        if self.explain:
            self.steps.append(Step(key, values))

    def verdict(self, state: State, at: int | None = None, **fields: Any) -> Verdict:
        """A verdict on the figures used so far."""
        fields.setdefault("rules", self.rules.name)
        fields.setdefault("path", self.path)
        unconfirmed = self.promise.scope is not None and any(f.scope is None for f in self.used)
        return Verdict(
            state,
            at,
            scope_unconfirmed=unconfirmed,
            provisional=any(fact.is_part for fact in self.used),
            used=tuple(self.used),
            unused=self._unused() if self.explain else (),
            events=self.happened,
            steps=tuple(self.steps),
            **fields,
        )

    def latest(self, sort: Sort = "level") -> int | None:
        """The latest completed year with a usable final figure."""
        shelf = self.facts.final(sort)
        return max((year for year in shelf if self.first <= year <= self.last), default=None)

    def is_stale(self, at: int) -> bool:
        """Whether a figure is older than the year before the last completed one."""
        return self.last - at > 1

    def without_figure(self, *sorts: Sort, missing: Iterable[int] = ()) -> Verdict:
        """No usable figure: of another scope, or none at all."""
        elsewhere = any(
            self.first <= year <= self.last
            for sort in sorts
            for year in self.facts.other_scope[sort]
        )
        usable = any(
            self.first <= year <= self.last for sort in sorts for year in self.facts.final(sort)
        )
        if elsewhere and not usable:
            self.note("other-scope", scope=self.promise.scope)
            return self.verdict("scope-mismatch")
        years = tuple(missing)
        self.note("no-data", missing=years)
        return self.verdict("no-data", missing=years)

    def gaps(self, known: Iterable[int]) -> tuple[int, ...]:
        """The years without a figure: a later one is known, or it should be out by now."""
        have = {year for year in known if self.first <= year <= self.last}
        due = max([*have, self.last - 1, self.first])
        return tuple(y for y in range(self.first, min(due, self.last) + 1) if y not in have)

    def recent(self) -> tuple[int, ...]:
        """The years of which one would have been enough for a verdict."""
        return tuple(range(max(self.first, self.last - 1), self.last + 1))

    def year_without_figure(self, year: int, *sorts: Sort) -> Verdict:
        """The verdict of a year that has no usable figure."""
        elsewhere = year in self.facts.other_scope_part or any(
            year in self.facts.other_scope[sort] for sort in sorts
        )
        if elsewhere:
            self.note("other-scope", scope=self.promise.scope)
            return self.verdict("scope-mismatch", year)
        self.note("no-data", missing=(year,))
        return self.verdict("no-data", year, missing=(year,))

    def figure_of(self, year: int, sort: Sort) -> Fact | None:
        """The figure that speaks for a year: its final one, else one of a part of it."""
        return self.facts.final(sort).get(year) or self.facts.part(sort).get(year)

    def _unused(self) -> tuple[Unused, ...]:
        taken = {id(fact) for fact in self.used}
        chosen = (
            fact
            for shelf in (
                self.facts.level,
                self.facts.growth,
                self.facts.part_level,
                self.facts.part_growth,
            )
            for fact in shelf.values()
        )
        idle = tuple(Unused(fact, "not-needed") for fact in chosen if id(fact) not in taken)
        return (*(Unused(*one) for one in self.facts.unused), *idle)
