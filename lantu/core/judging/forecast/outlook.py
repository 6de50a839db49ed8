"""The outlook of a promise: simulated years are put before the judge, and his verdicts counted.

The forecast never decides what "met" means: each simulated future is judged at the end by the same
calculation as real figures. Refused where there is too little to go by: 数据不足，不作预测.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from lantu.core.judging.evidence import Question, gather
from lantu.core.judging.forecast.assumptions import assumptions
from lantu.core.judging.forecast.basis import Belief, belief_in, series_of
from lantu.core.judging.forecast.series import Series, Way, ahead
from lantu.core.judging.forecast.steps import steps_of
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Commitment, Fact, Plan, Verdict

Band = Literal["likely", "uncertain", "unlikely"]
Refusal = Literal["no-form", "over", "too-few", "no-scatter", "no-target"]
FORMS: Final = frozenset(
    {"level", "growth", "cumulative", "change", "reduction", "floor", "ceiling", "range",
     "multiple", "complete", "per_year"}
)  # fmt: skip
PATHS: Final = 500
SEED: Final = 20210910  # any fixed number: the same question has the same answer
_END: Final = ("fulfilled", "over-fulfilled")
QUANTILES: Final = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Ahead:
    """One year to come: the middle of the simulated figures, and the range of eight in ten."""

    year: int
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a promise will be met, as far as its figures can tell.

    `needed` is the yearly step that would just reach the target, `best` the best one ever seen:
    per cent for volumes and rates, units of the figure otherwise.
    """

    refusal: Refusal | None = None
    probability: Decimal | None = None  # of the simulated futures, to the whole per cent
    band: Band | None = None
    way: Way | None = None
    scatter: Decimal | None = None
    scatter_source: dict[str, str] | None = None  # None: the series' own errors alone
    years: tuple[Ahead, ...] = ()
    needed: Decimal | None = None
    best: Decimal | None = None
    is_rate: bool = False
    points: int = 0

    @property
    def was_reached_before(self) -> bool | None:
        """Whether the step still needed was ever reached; None where one of them is unknown."""
        if self.needed is None or self.best is None:
            return None
        return self.best >= self.needed


def outlook(
    commitment: Commitment,
    facts: Iterable[Fact],
    *,
    plan: Plan,
    as_of: date,
    known_on: date | None = None,
    paths: int = PATHS,
) -> Outlook:
    """The outlook of a promise as of a day, from what was known on a day."""
    promise = commitment.entered if commitment.form == "delegated" else commitment
    if promise is None or promise.form not in FORMS:
        return Outlook("no-form")
    until = promise.target_year or plan.end
    known = tuple(facts)
    evidence = gather(known, Question(promise.scope, as_of, known_on, until))
    found = series_of(promise, evidence, plan)
    if found is None:
        return Outlook("too-few")
    if found.years[-1] >= until:
        return Outlook("over", points=len(found.years))
    now = judge(promise, known, plan=plan, as_of=as_of, known_on=known_on)
    steps = steps_of(promise, found, now, until)
    believed = belief_in(found, assumptions(as_of))
    if believed is None:
        return _without_chances("no-scatter", found, steps)
    drawn = _draw(found, believed, until, paths)
    kept = (*evidence.level.values(), *evidence.growth.values())
    ends = [_judged(promise, (*kept, *_facts(promise, found, path)), plan, until) for path in drawn]
    return _told(found, believed, (drawn, ends), steps)


def _draw(found: Series, belief: Belief, until: int, paths: int) -> list[list[Decimal]]:
    """Simulated figures for each year to come, around the way's own course.

    A part of the error lasts: growth that was misjudged is misjudged in every further year. The
    rest is a random walk.
    """
    dice = random.Random(SEED)  # noqa: S311  # a simulation, nothing secret
    horizon = until - found.years[-1]
    course = [ahead(found, belief.way, year, belief.damping) for year in range(1, horizon + 1)]
    drawn = []
    for _ in range(paths):
        off, path = 0.0, []
        drift = dice.gauss(0.0, belief.scatter * math.sqrt(belief.lasting))
        for level in course:
            off += drift + dice.gauss(0.0, belief.scatter * math.sqrt(1 - belief.lasting))
            path.append(found.figure(level + off))
        drawn.append(path)
    return drawn


def _facts(promise: Commitment, found: Series, path: Sequence[Decimal]) -> list[Fact]:
    kind: Literal["growth", "level"] = "growth" if found.kind == "rate" else "level"
    first = found.years[-1] + 1
    return [Fact(first + i, value, kind, scope=promise.scope) for i, value in enumerate(path)]


def _judged(promise: Commitment, facts: Sequence[Fact], plan: Plan, until: int) -> Verdict:
    """One simulated future before the judge, on the last day of the target's year."""
    return judge(promise, facts, plan=plan, as_of=date(until, 12, 31))


def _told(
    found: Series,
    belief: Belief,
    futures: tuple[Sequence[Sequence[Decimal]], Sequence[Verdict]],
    steps: tuple[Decimal | None, Decimal | None],
) -> Outlook:
    drawn, ends = futures
    judged = [end for end in ends if end.state in (*_END, "missed")]
    if not judged:
        return _without_chances("no-target", found, steps)
    share = sum(end.state in _END for end in judged) / len(judged)
    band: Band = "uncertain"
    if share >= belief.likely:
        band = "likely"
    elif share <= belief.unlikely:
        band = "unlikely"
    return Outlook(
        probability=Decimal(round(share * 100)) / 100,
        band=band,
        way=belief.way,
        scatter=Decimal(f"{belief.scatter:.3g}"),
        scatter_source=belief.source,
        years=tuple(_years(found, drawn)),
        needed=steps[0],
        best=steps[1],
        is_rate=found.kind in ("volume", "rate"),
        points=len(found.years),
    )


def _without_chances(
    refusal: Refusal, found: Series, steps: tuple[Decimal | None, Decimal | None]
) -> Outlook:
    """No probability, but still what is needed and what was reached before."""
    return Outlook(
        refusal,
        needed=steps[0],
        best=steps[1],
        is_rate=found.kind in ("volume", "rate"),
        points=len(found.years),
    )


def _years(found: Series, drawn: Sequence[Sequence[Decimal]]) -> list[Ahead]:
    told = []
    for place in range(len(drawn[0])):
        column = sorted(path[place] for path in drawn)
        low, middle, high = (column[int(share * (len(column) - 1))] for share in QUANTILES)
        told.append(Ahead(found.years[-1] + 1 + place, low, middle, high))
    return told
