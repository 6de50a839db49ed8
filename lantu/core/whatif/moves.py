"""Moves: by how much each lever moves each year's figure, in order, with the arithmetic in words.

The course without levers and each move are rounded to the same places, so that what is shown adds
up exactly as it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from lantu.core.figures.decimals import ARITHMETIC, rounded, shown
from lantu.core.whatif.levers import HUNDRED, ZERO, Growth, Lever, Policy, Project

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """A promise's figures as they would go on without levers, the last known one included."""

    code: str
    last: int  # the year of the last known figure
    course: Mapping[int, Decimal]
    places: int

    @property
    def years(self) -> tuple[int, ...]:
        """The years to come."""
        return tuple(year for year in sorted(self.course) if year > self.last)


@dataclass(frozen=True, slots=True)
class Move:
    """What one lever does to one year; `amount` is None where it is not known."""

    lever: int  # its place in the scenario, from 1
    title: str
    amount: Decimal | None
    after: Decimal | None  # the year's figure with this lever and those before it
    why: Words


@dataclass(frozen=True, slots=True)
class Year:
    """One year: the figure without levers, what each lever does to it, and what comes out."""

    year: int
    before: Decimal
    moves: tuple[Move, ...]

    @property
    def after(self) -> Decimal | None:
        """None where a lever's amount is not known: an unknown is not zero."""
        return self.moves[-1].after if self.moves else self.before

    @property
    def moved(self) -> Decimal | None:
        return None if self.after is None else self.after - self.before


def moves(ground: Ground, levers: Sequence[Lever]) -> tuple[Year, ...]:
    """Every year to come with the moves of the levers, in their order."""
    with localcontext(ARITHMETIC):
        return tuple(_year(ground, levers, year) for year in ground.years)


def _year(ground: Ground, levers: Sequence[Lever], year: int) -> Year:
    before = ground.course[year]
    now: Decimal | None = before
    found = []
    for place, lever in enumerate(levers, 1):
        for amount, why in _amounts(lever, ground, year, now):
            step = None if amount is None else rounded(amount, ground.places)
            now = None if now is None or step is None else now + step
            found.append(Move(place, lever.title, step, now, why))
    return Year(year, before, tuple(found))


Amounts = Iterator[tuple[Decimal | None, Words]]


def _amounts(lever: Lever, ground: Ground, year: int, now: Decimal | None) -> Amounts:
    if isinstance(lever, Project):
        yield from _project(lever, ground, year)
    elif lever.into != ground.code or year < lever.since:
        return
    elif isinstance(lever, Growth):
        yield _growth(lever, ground, year)
    elif lever.until is None or year <= lever.until:
        yield _policy(lever, now)


def _project(lever: Project, ground: Ground, year: int) -> Amounts:
    if lever.cancelled:
        if ground.code in (lever.into, lever.invested_into):
            yield ZERO, {"zh": "项目取消，不计", "en": "cancelled, so it adds nothing"}
        return
    late_zh = f"（推迟{lever.delay}年）" if lever.delay else ""
    late_en = f" ({lever.delay} year{'s' * (lever.delay > 1)} late)" if lever.delay else ""
    put_in = lever.investment.get(year - lever.delay)
    if lever.invested_into == ground.code and put_in is not None:
        yield (
            put_in,
            {
                "zh": f"{year - lever.delay}年投资{shown(put_in)}{late_zh}",
                "en": f"invests {shown(put_in)} of {year - lever.delay}{late_en}",
            },
        )
    if lever.into != ground.code or lever.runs_from is None:
        return
    runs = lever.runs_from + lever.delay
    if runs <= ground.last:
        told = {"zh": f"{runs}年已投产，已含在{ground.last}年数字中",
                "en": f"ran from {runs}, so the figure of {ground.last} holds it"}  # fmt: skip
        yield ZERO, told
    elif year >= runs and lever.output is None:
        yield None, {"zh": "投产后的年产出未知", "en": "its yearly output is not known"}
    elif year >= runs:
        much = shown(lever.output or ZERO)
        yield (
            lever.output,
            {
                "zh": f"{runs}年投产{late_zh}，年产出{much}",
                "en": f"runs from {runs}{late_en}: {much} a year",
            },
        )
    else:
        yield ZERO, {"zh": f"{runs}年才投产{late_zh}", "en": f"runs only from {runs}{late_en}"}


def _growth(lever: Growth, ground: Ground, year: int) -> tuple[Decimal, Words]:
    """What the sector would have with its own growth, less what it has of the course."""
    first = max(lever.since, ground.last + 1)
    years = year - first + 1
    set_out, whole = ground.course[first - 1], ground.course[year]
    factor = (1 + lever.rate / HUNDRED) ** years
    amount = (set_out * factor - whole) * lever.share / HUNDRED
    sum_of_it = (
        f"{shown(lever.share)}% × ({shown(set_out)} × {shown(1 + lever.rate / HUNDRED)}^{years}"
        f" − {shown(whole)})"
    )
    return amount, {"zh": sum_of_it, "en": sum_of_it}


def _policy(lever: Policy, now: Decimal | None) -> tuple[Decimal | None, Words]:
    if not lever.relative:
        much = shown(lever.amount)
        return lever.amount, {"zh": f"每年{much}", "en": f"{much} a year"}
    if now is None:
        return None, {"zh": "前一项未知", "en": "what comes before it is not known"}
    told = f"{shown(lever.amount)}% × {shown(now)}"
    return now * lever.amount / HUNDRED, {"zh": told, "en": told}
