"""Outcome: what a scenario does to a promise: figures, the judge's word, and the probability.

A promise keeps its judge, and a scenario adds no figure to it. Refused where the figures or the
levers say too little; what is missing is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from lantu.core.figures.decimals import exponent, rounded
from lantu.core.judging.evidence import Question, gather
from lantu.core.judging.forecast.assumptions import Assumptions, assumptions
from lantu.core.judging.forecast.basis import belief_in, series_of
from lantu.core.judging.forecast.outlook import FORMS
from lantu.core.judging.forecast.series import Series, Way, ahead
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Commitment, Fact, Plan
from lantu.core.whatif import draws
from lantu.core.whatif.chances import fulfilled
from lantu.core.whatif.levers import Growth, Lever, touched
from lantu.core.whatif.moves import Ground, Year, moves

Refusal = Literal[
    "no-form", "over", "too-few", "rates", "share-growth", "no-scatter", "no-target", "unknown"
]
PATHS: Final = 10_000
EXTRA_PLACES: Final = 2  # of an estimate, beyond those of the last figure
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of futures that end fulfilled, and the range of eight in ten at the end."""

    probability: Decimal  # to the whole per cent
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise without and with the levers of a scenario. Everything here is an assumption.

    `refusal` without `years` says why there are no figures; with them, why no probability.
    """

    code: str
    refusal: Refusal | None = None
    missing: tuple[str, ...] = ()  # the levers whose output nobody stated
    last: int | None = None
    figure: Decimal | None = None  # of the last known year
    years: tuple[Year, ...] = ()
    state: str = ""  # the judge's word at the end, on the middle course with the levers
    state_before: str = ""
    chance: Chance | None = None
    chance_before: Chance | None = None
    way: str = ""
    scatter: Decimal | None = None
    known_sum: Decimal | None = None  # of the plan's known years, where their sum is promised

    @property
    def end_before(self) -> Decimal | None:
        """What stands at the end without levers: the last year's figure, or the sum promised."""
        return self._end([year.before for year in self.years])

    @property
    def end_after(self) -> Decimal | None:
        """The same with the levers; None where one of them is not known."""
        known = [year.after for year in self.years if year.after is not None]
        return self._end(known) if len(known) == len(self.years) else None

    def _end(self, figures: Sequence[Decimal]) -> Decimal | None:
        if not figures or self.known_sum is None:
            return figures[-1] if figures else None
        return sum(figures, self.known_sum)

    @property
    def by_lever(self) -> tuple[tuple[str, Decimal | None], ...]:
        """By how much each lever moves what stands at the end, in their order."""
        years = self.years[-1:] if self.known_sum is None else self.years
        found: dict[tuple[int, str], Decimal | None] = {}
        for move in (move for year in years for move in year.moves):
            key = (move.lever, move.title)
            before = found.get(key, Decimal(0))
            found[key] = None if None in (before, move.amount) else before + move.amount  # type: ignore[operator]
        return tuple((title, found[place, title]) for place, title in sorted(found))


def outcome(
    code: str,
    commitment: Commitment,
    facts: Iterable[Fact],
    levers: Sequence[Lever],
    *,
    plan: Plan,
    as_of: date,
    known_on: date | None = None,
    paths: int = PATHS,
) -> Outcome:
    """What the levers do to one promise, going on from the figures known on a day."""
    promise = commitment.entered if commitment.form == "delegated" else commitment
    if promise is None or promise.form not in FORMS:
        return Outcome(code, "no-form")
    until = promise.target_year or plan.end
    evidence = gather(tuple(facts), Question(promise.scope, as_of, known_on, until))
    found = series_of(promise, evidence, plan)
    if found is None:
        return Outcome(code, "too-few")
    if found.kind == "rate":
        return Outcome(code, "rates")
    if found.years[-1] >= until:
        return Outcome(code, "over")
    if found.kind == "share" and any(isinstance(x, Growth) and x.into == code for x in levers):
        return Outcome(code, "share-growth")
    asked = _Asked(code, promise, tuple(evidence.level.values()), plan, found, until)
    return _told(asked, levers, assumptions(as_of), paths)


@dataclass(frozen=True, slots=True)
class _Asked:
    code: str
    promise: Commitment
    kept: tuple[Fact, ...]
    plan: Plan
    found: Series
    until: int

    @property
    def last(self) -> int:
        return self.found.years[-1]

    @property
    def known_sum(self) -> Decimal | None:
        """Of the plan's years that are known; None where no sum is promised."""
        if self.promise.form != "cumulative":
            return None
        years = range(self.plan.start, self.last + 1)
        return sum((one.value for one in self.kept if one.year in years), Decimal(0))

    def word(self, figures: Sequence[Decimal]) -> str:
        facts = [
            Fact(self.last + place, value, scope=self.promise.scope)
            for place, value in enumerate(figures, 1)
        ]
        day = date(self.until, 12, 31)
        return judge(self.promise, (*self.kept, *facts), plan=self.plan, as_of=day).state

    def chance(self, drawn: Any, places: int) -> Chance | None:
        import numpy as np

        share = fulfilled(self.promise, self.kept, self.plan, drawn, self.last + 1)
        if share is None:
            return None
        known = self.known_sum
        ends = drawn[:, -1] if known is None else drawn.sum(axis=1) + float(known)
        low, high = (
            rounded(Decimal(f"{value:.12g}"), places) for value in np.quantile(ends, (LOW, HIGH))
        )
        return Chance(Decimal(round(share * 100)) / 100, low, high)


def _told(asked: _Asked, levers: Sequence[Lever], assumed: Assumptions, paths: int) -> Outcome:
    belief = belief_in(asked.found, assumed)
    way: Way = "damped" if belief is None else belief.way
    ground = _ground(asked, way, assumed.damping.value)
    years = moves(ground, levers)
    unknown = _unknown(years)
    before = after = None
    if belief is not None:
        base = draws.course(asked.found, belief, len(years), paths, asked.code)
        before = asked.chance(base[:, 1:], ground.places)
        if before is not None and not unknown:
            pulled = draws.pulled(base, levers, asked.code, asked.last)
            after = asked.chance(pulled, ground.places)
    refusal: Refusal | None = None
    if unknown:
        refusal = "unknown"
    elif after is None:
        refusal = "no-scatter" if belief is None else "no-target"
    ends = [year.after for year in years if year.after is not None]
    return Outcome(
        asked.code,
        refusal,
        unknown,
        asked.last,
        asked.found.values[-1],
        years,
        state=asked.word(ends) if len(ends) == len(years) else "",
        state_before=asked.word([year.before for year in years]),
        chance=after,
        chance_before=before,
        way=way,
        scatter=None if belief is None else Decimal(f"{belief.scatter:.3g}"),
        known_sum=asked.known_sum,
    )


def _ground(asked: _Asked, way: Way, damping: float) -> Ground:
    """The middle course without levers, rounded to the places of the last figure and two more."""
    found, last = asked.found, asked.last
    places = max(0, -exponent(found.values[-1])) + EXTRA_PLACES
    course = {last: found.values[-1]}
    for year in range(1, asked.until - last + 1):
        course[last + year] = rounded(found.figure(ahead(found, way, year, damping)), places)
    return Ground(asked.code, last, course, places)


def _unknown(years: Sequence[Year]) -> tuple[str, ...]:
    """The projects whose output nobody stated."""
    stopped = (next((m for m in year.moves if m.amount is None), None) for year in years)
    return tuple(dict.fromkeys(move.title for move in stopped if move is not None))


def reach(levers: Sequence[Lever]) -> tuple[str, ...]:
    """The codes of the promises that a scenario moves, in the order of its levers."""
    return tuple(dict.fromkeys(code for one in levers for code in touched(one)))
