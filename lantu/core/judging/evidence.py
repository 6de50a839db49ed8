"""Evidence: of all figures entered, the one that counts for each year, and why the others do not.

VERDICTS §4: known on the day asked about, of the right scope, its period over; then 普查修订 before
年报 before 快报, then the one known last. Nothing is averaged, nothing is overwritten.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from lantu.core.figures.periods import Period
from lantu.core.figures.scopes import Match, match
from lantu.core.judging.records import Fact

Sort = Literal["level", "growth"]

# Without a word on its making a figure is taken as a first one.
_VINTAGES = {
    "普查修订": 3,
    "census": 3,
    "年报": 2,
    "最终核实": 2,
    "final": 2,
    "annual": 2,
    "快报": 1,
    "初步核算": 1,
    "flash": 1,
    "preliminary": 1,
}
_LONG_AGO = date.min


@dataclass(slots=True)
class Evidence:
    """The figures that count, by year: final levels and growth rates, and those of part years."""

    level: dict[int, Fact] = field(default_factory=dict)
    growth: dict[int, Fact] = field(default_factory=dict)
    part_level: dict[int, Fact] = field(default_factory=dict)
    part_growth: dict[int, Fact] = field(default_factory=dict)
    other_scope: dict[Sort, set[int]] = field(
        default_factory=lambda: {"level": set(), "growth": set()}
    )
    other_scope_part: set[int] = field(default_factory=set)
    unused: list[tuple[Fact, str]] = field(default_factory=list)

    def final(self, sort: Sort) -> dict[int, Fact]:
        return self.level if sort == "level" else self.growth

    def part(self, sort: Sort) -> dict[int, Fact]:
        return self.part_level if sort == "level" else self.part_growth

    def value(self, year: int) -> Decimal | None:
        """The final level of a year."""
        fact = self.level.get(year)
        return None if fact is None else fact.value

    def rate(self, year: int) -> Decimal | None:
        """The published growth of a year, in per cent."""
        fact = self.growth.get(year)
        return None if fact is None else fact.value


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which scope, on which day, with what was known when, up to which year."""

    scope: str | None
    as_of: date
    known_on: date | None
    until: int


# A figure with its scope and its place in the list, by which it ranks among others.
_Ranked = tuple[Fact, Match, int]
_Chosen = dict[tuple[int, bool, Sort], _Ranked]  # by year, whether it is a part of it, and sort


def gather(facts: Iterable[Fact], question: Question, *, explain: bool = False) -> Evidence:
    """Choose for each year the figure that counts; with `explain`, why each other one does not."""
    found = Evidence()
    chosen: _Chosen = {}
    idle = found.unused.append if explain else _forget
    until = min(question.until, question.as_of.year - 1)
    for order, fact in enumerate(facts):
        # Nearly all speak for a year that is over, and today all are known.
        is_plain = fact.year <= until and not question.known_on
        reason = "" if is_plain else _unusable(fact, question)
        scope = match(fact.scope, question.scope)
        if not reason and scope is Match.OTHER:
            reason = "other-scope"
            _set_aside(found, fact)
        if reason:
            idle((fact, reason))
        else:
            _choose(chosen, (fact, scope, order), idle)
    for (year, is_part, sort), (fact, _, _) in chosen.items():
        (found.part(sort) if is_part else found.final(sort))[year] = fact
    return found


def _choose(chosen: _Chosen, ranked: _Ranked, idle: Callable[[tuple[Fact, str]], None]) -> None:
    """Of two that speak for the same, the one that ranks higher; of equals the later one."""
    fact = ranked[0]
    place = (fact.year, fact.is_part, _sort(fact))
    before = chosen.get(place)
    if before is None:
        chosen[place] = ranked
    elif _rank(*before) < _rank(*ranked):
        chosen[place] = ranked
        idle((before[0], "outranked"))
    else:
        idle((fact, "outranked"))


def _sort(fact: Fact) -> Sort:
    return "growth" if fact.kind == "growth" else "level"


def _forget(_: tuple[Fact, str]) -> None:
    """A verdict alone does not tell of figures that were not used."""


def _unusable(fact: Fact, question: Question) -> str:
    """Why a figure cannot be used whatever its scope; empty where it can."""
    if question.known_on and fact.known_on and fact.known_on > question.known_on:
        return "not-yet-known"
    if fact.year > question.until:
        return "after-target"
    if fact.year < question.as_of.year:
        return ""  # over, whichever part of the year it speaks for
    last_month = (fact.months or 12) if fact.is_part else 12
    is_over = Period(fact.year, 1, fact.year, last_month).is_over_on(question.as_of)
    return "" if is_over else "period-not-over"


def _set_aside(found: Evidence, fact: Fact) -> None:
    if fact.is_part:
        found.other_scope_part.add(fact.year)
    else:
        found.other_scope[_sort(fact)].add(fact.year)


def vintage_rank(vintage: str | None) -> int:
    """A census before an annual figure before a flash one; higher counts."""
    return _VINTAGES.get(vintage or "", 1)


def _rank(fact: Fact, scope: Match, order: int) -> tuple[int, int, int, date, int]:
    """Higher counts. A part-year figure first counts by how much of the year it covers."""
    return (
        fact.months or 12,
        scope is Match.SAME,
        vintage_rank(fact.vintage),
        fact.known_on or _LONG_AGO,
        order,
    )
