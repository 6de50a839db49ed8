"""The path of a promise beside what was reached, year by year, whatever its form.

Levels stand in their own unit. Totals, changes, falls, multiples and works are told as the share
of the way that is gone, by the same judge as the verdict. Growth, yearly counts and ranks owe a
figure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Final, Literal

from lantu.core.figures.decimals import ARITHMETIC, power
from lantu.core.judging.paths import default_path
from lantu.core.judging.records import Fact, Verdict
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.services.plan.ahead import Prospect
from lantu.ui.charts import line_against_path
from lantu.ui.templatetags.ui import as_unit

Language = Literal["zh", "en"]
LEVELS: Final = ("level", "floor", "ceiling", "range")
SHARES: Final = ("cumulative", "change", "reduction", "multiple", "complete")
YEARLY: Final = ("growth", "per_year", "rank")
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class PathRow:
    """One year of the chart's table."""

    year: int
    path: Decimal | None
    actual: Decimal | None
    high: Decimal | None = None  # the upper end of what is due, where it is a range


@dataclass(frozen=True, slots=True)
class Path:
    """The rows, the unit of their values, and whether they are shares of the way."""

    rows: tuple[PathRow, ...]
    unit: str
    is_share: bool = False

    @property
    def places(self) -> int:
        """After the point: a share is told as exactly as in the verdict's own card."""
        return 1 if self.is_share else 2

    @property
    def is_way(self) -> bool:
        """Whether more is owed than the end alone, so that it matters how the way is walked."""
        return sum(row.path is not None for row in self.rows) > 1


def path(
    plan: PlanFolder,
    record: PlanCommitment,
    verdict: Verdict,
    judged_at: Callable[[date], Verdict],
    as_of: date,
) -> Path:
    """The path and the figures; without rows where the form has no path that can be drawn.

    `judged_at`: the verdict of the promise as of another day, by what is known on the same day.
    """
    if record.form in SHARES:
        return Path(_shares(plan, record, judged_at, as_of), "%", is_share=True)
    if record.form in YEARLY:
        return Path(_yearly(plan, record, verdict), "%" if record.form == "growth" else record.unit)
    return Path(_levels(plan, record, verdict), record.unit)


def _shares(
    plan: PlanFolder, record: PlanCommitment, judged_at: Callable[[date], Verdict], as_of: date
) -> tuple[PathRow, ...]:
    """Of each year that is over: the share gone and the share due; of the last year all is due."""
    last = record.target_year or plan.period.end
    rows = []
    for year in range(plan.period.start, last + 1):
        end = date(year, 12, 31)
        told = judged_at(end) if end <= as_of else None
        known = told is not None and told.at == year
        due = told.due if told and known else None
        rows.append(
            PathRow(
                year,
                _percent(Decimal(1) if year == last else due),
                _percent(told.progress) if told and known else None,
            )
        )
    return tuple(rows) if any(row.actual is not None for row in rows) else ()


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * HUNDRED


def _yearly(plan: PlanFolder, record: PlanCommitment, verdict: Verdict) -> tuple[PathRow, ...]:
    """The figure of each year beside the one that is owed; a rank is owed in the last year only."""
    kind = "growth" if record.form == "growth" else None
    actual = _figures(verdict, lambda fact: kind is None or fact.kind == kind)
    owed = record.growth_pct if record.form == "growth" else None
    owed = next((one for one in (owed, record.target_value, record.low) if one is not None), None)
    last = record.target_year or plan.period.end
    if not actual:
        return ()
    return tuple(
        PathRow(year, owed if record.form != "rank" or year == last else None, actual.get(year))
        for year in range(plan.period.start, max([last, *actual]) + 1)
    )


def _figures(verdict: Verdict, fits: Callable[[Fact], bool]) -> dict[int, Decimal]:
    """By year, those that the verdict used before those that it did not need."""
    unused = {
        found.fact.year: found.fact.value
        for found in verdict.unused
        if fits(found.fact) and found.reason == "not-needed" and not found.fact.is_part
    }
    return {**unused, **{fact.year: fact.value for fact in verdict.used if fits(fact)}}


def _levels(plan: PlanFolder, record: PlanCommitment, verdict: Verdict) -> tuple[PathRow, ...]:
    """The path from base to target beside the figures, year by year; levels only."""
    actual = _figures(verdict, lambda fact: fact.kind == "level")
    if record.form not in LEVELS or not (actual or record.target_value or record.low):
        return ()
    last = record.target_year or plan.period.end
    first = record.base.year if record.base.value is not None else plan.period.start
    due = _way(record, first or plan.period.start, last)
    if record.base.value is not None and record.base.year:
        actual.setdefault(record.base.year, record.base.value)
    years = range(min([first or last, *actual]), max([last, *actual]) + 1)
    high = {last: record.high} if record.form == "range" else {}
    return tuple(PathRow(one, due.get(one), actual.get(one), high.get(one)) for one in years)


def _way(record: PlanCommitment, first: int, last: int) -> dict[int, Decimal]:
    target = record.target_value if record.target_value is not None else record.low
    if target is None:
        return {}
    base = record.base.value
    if base is None or last <= first:
        return {last: target}
    walked = record.path or default_path(record.promise())
    found = {first: base, last: target}
    with localcontext(ARITHMETIC):
        for year in range(first + 1, last):
            if walked == "annual" and year in record.annual:
                found[year] = record.annual[year]
            elif walked == "geometric" and base > 0 and target > 0:
                found[year] = base * power(target / base, year - first, last - first)
            elif walked in ("linear", "geometric"):
                found[year] = base + (target - base) * (year - first) / (last - first)
    return found


WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {"actual": "实际", "path": "应达到", "target": "目标", "band": "预测范围"},
    "en": {"actual": "Actual", "path": "Due", "target": "Target", "band": "Forecast"},
}


def chart(record: PlanCommitment, found: Path, ahead: Prospect | None, language: Language) -> str:
    """The rows as a chart, with the band of the forecast where it foretells the same figure."""
    rows, words = found.rows, WORDS[language]
    if not any(row.actual is not None for row in rows):
        return ""
    last = max((row.year for row in rows if row.path is not None), default=None)
    points: list[dict[str, object]] = []
    for row in rows:
        if row.path is not None:
            series = words["target"] if row.year == last else words["path"]
            points.append({"year": row.year, "value": row.path, "series": series})
            if row.year == last and found.is_way:
                points.append({"year": row.year, "value": row.path, "series": words["path"]})
        if row.high is not None:
            points.append({"year": row.year, "value": row.high, "series": words["target"]})
        if row.actual is not None:
            points.append({"year": row.year, "value": row.actual, "series": words["actual"]})
    if ahead is not None and record.form in (*LEVELS, *YEARLY):
        points += _band(rows, ahead, words["band"])
    unit, is_place = as_unit(found.unit), record.form == "rank"
    return line_against_path(points, words, unit, from_zero=found.is_share, is_place=is_place)


def _band(rows: Sequence[PathRow], ahead: Prospect, name: str) -> list[dict[str, object]]:
    """From the last figure, where all futures begin, to the range of each year to come."""
    if not ahead.years:
        return []
    known = [row for row in rows if row.actual is not None and row.year < ahead.years[0].year]
    begin = [(row.year, row.actual, row.actual) for row in known[-1:]]
    to_come = [(one.year, one.low, one.high) for one in ahead.years]
    return [
        {"year": year, "low": low, "high": high, "series": name}
        for year, low, high in [*begin, *to_come]
    ]
