"""Lift: what would bring a firm into the next class, item by item, all others unchanged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.rules.methods import Method
from lantu.core.rules.scores import Item
from lantu.services.enterprises.items import RATIOS
from lantu.services.enterprises.scoring import MULTIPLE, class_ends, year_end


@dataclass(frozen=True, slots=True)
class Way:
    """One item that alone would do it: the indicator needed, and the figure that gives it."""

    item: str
    now: Decimal
    needed: Decimal
    figure: str  # the item of items.yaml above the line
    figure_now: Decimal
    figure_needed: Decimal  # with the figure below the line as it is


@dataclass(frozen=True, slots=True)
class Lift:
    """The class above, the score it takes, and the ways there."""

    target: str
    needed_score: Decimal
    gap: Decimal
    ways: tuple[Way, ...]
    beyond: tuple[str, ...]  # items that cannot do it alone: capped, or without a figure


def lift(
    method: Method,
    year: int,
    *,
    score: Decimal,
    current: str,
    others: Sequence[Decimal],
    values: Mapping[str, Decimal | None],
    points: Mapping[str, Decimal | None],
    figures: Mapping[str, Decimal],
    cohort: Mapping[str, Sequence[Decimal]],
) -> Lift | None:
    """The ways into the next better class. None in the first class, or where it has no place.

    `others` are the scores of all other ranked firms, `cohort` all values of each item.
    """
    target = _target(method, year, current)
    if target is None:
        return None
    end, name = target
    places = int((len(others) + 1) * end // 100)
    if places < 1:
        return None
    ahead = sorted(others, reverse=True)
    # Equal scores share a rank, so it is enough to reach the last firm that is in.
    needed = ahead[places - 1] if places <= len(ahead) else score
    gap = max(needed - score, Decimal(0))
    ways, beyond = [], []
    assert method.score is not None
    for item in method.score.items:
        way = _way(method, item, year, gap, values, points, figures, cohort.get(item.column, ()))
        if way is None:
            beyond.append(item.column)
        else:
            ways.append(way)
    return Lift(name, needed, gap, tuple(ways), tuple(beyond))


def _target(method: Method, year: int, current: str) -> tuple[Decimal, str] | None:
    ends = class_ends(method, year)
    names = [name for _, name in ends]
    if current not in names or names.index(current) == 0:
        return None
    return ends[names.index(current) - 1]


def _way(
    method: Method,
    item: Item,
    year: int,
    gap: Decimal,
    values: Mapping[str, Decimal | None],
    points: Mapping[str, Decimal | None],
    figures: Mapping[str, Decimal],
    cohort: Sequence[Decimal],
) -> Way | None:
    value, earned = values.get(item.column), points.get(item.column)
    key = item.column.removesuffix(MULTIPLE)
    if value is None or earned is None or item.less_is_better:
        return None
    with localcontext(ARITHMETIC):
        needed = _needed(method, item, year, earned + gap, cohort)
        if needed is None or needed <= value:
            return None
        one = RATIOS[key]
        now, below = figures[one.above], figures[one.below]
        raw_now = now / below
        # For a multiple of last year's mean the two are in proportion.
        raw_needed = needed if key == item.column else raw_now * needed / value
        return Way(item.column, raw_now, raw_needed, one.above, now, raw_needed * below)


def _needed(
    method: Method, item: Item, year: int, points: Decimal, cohort: Sequence[Decimal]
) -> Decimal | None:
    """The value that earns these points; None where no value does."""
    assert method.score is not None
    settings = method.parameters[method.score.table]
    table = settings.at(max(year_end(year), settings.settings[0].since))[item.column]
    share = points / table["weight"]
    if method.score.kind == "ratio":
        if method.score.cap is not None and share > method.score.cap:
            return None
        found: Decimal = share * table["baseline"]
        return found
    if share > 1 or not cohort:
        return None  # a firm beyond the best would be the new best
    if method.score.kind == "best":
        return share * max(cohort) if max(cohort) > 0 else None
    if max(cohort) == min(cohort):
        return None
    floor = method.score.floor or Decimal(0)
    return min(cohort) + (share - floor) / (1 - floor) * (max(cohort) - min(cohort))
