"""Evidence: of all figures entered, the one that counts for each year, and why the others do not.

VERDICTS §4: known on the day asked about, of the right scope, its period over; then 普查修订 before
年报 before 快报, then the one known last. Nothing is averaged, nothing is overwritten.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from lantu.core.figures.periods import Period
from lantu.core.figures.scopes import Match, match
from lantu.core.judging.records import Fact, Unused

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
    unused: list[Unused] = field(default_factory=list)

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


def gather(facts: Iterable[Fact], question: Question) -> Evidence:
    """Choose for each year the figure that counts."""
    found = Evidence()
    ranks: dict[tuple[int, bool, Sort], tuple[int, int, int, date, int]] = {}
    for order, fact in enumerate(facts):
        reason = _unusable(fact, question)
        if reason:
            found.unused.append(Unused(fact, reason))
            continue
        sort: Sort = "growth" if fact.kind == "growth" else "level"
        scope = match(fact.scope, question.scope)
        if scope is Match.OTHER:
            _set_aside(found, fact, sort)
            continue
        place = (fact.year, fact.is_part, sort)
        rank = _rank(fact, scope, order)
        shelf = found.part(sort) if fact.is_part else found.final(sort)
        if place in ranks and ranks[place] >= rank:
            found.unused.append(Unused(fact, "outranked"))
            continue
        if place in ranks:
            found.unused.append(Unused(shelf[fact.year], "outranked"))
        ranks[place] = rank
        shelf[fact.year] = fact
    return found


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


def _set_aside(found: Evidence, fact: Fact, sort: Sort) -> None:
    found.unused.append(Unused(fact, "other-scope"))
    if fact.is_part:
        found.other_scope_part.add(fact.year)
    else:
        found.other_scope[sort].add(fact.year)


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
