"""The course of the projects: year by year, by the year of their start or contract, and in money.

Only what was reported counts: a project whose start nobody reported stands in no cohort.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lantu.core.plans.records import PlanFolder
from lantu.services.projects.queries import Board, Line

CONTRACT = "签约"  # printed so by reports; no event that a verdict reads
_MARKS = {"start": "begun", "stop": "stopped", "done": "done"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One year of one project: whether the plan has it under way, and what was reported."""

    is_planned: bool
    is_late: bool  # the planned finish is past and no finish was reported
    marks: tuple[str, ...]  # due, signed, begun, stopped, done


@dataclass(frozen=True, slots=True)
class Row:
    """A project over the years."""

    line: Line
    earlier: tuple[str, ...]  # what was reported before the first year
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """The projects that were signed or begun in one year, and how far they are by now."""

    year: int
    count: int
    begun: int
    stopped: int
    done: int
    lines: tuple[Line, ...]

    @property
    def begun_share(self) -> Decimal:
        return Decimal(self.begun) / self.count

    @property
    def done_share(self) -> Decimal:
        return Decimal(self.done) / self.count


@dataclass(frozen=True, slots=True)
class Money:
    """The projects that are due in one year (None: no day is stated), and their investment."""

    year: int | None
    count: int
    stated: Decimal | None  # 亿元, of those that state one; None where there are some and none does
    done: int
    done_stated: Decimal | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All of it, as one page shows it."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]
    has_earlier: bool
    signed: tuple[Cohort, ...]
    begun: tuple[Cohort, ...]
    only_done: int  # finished without a reported start
    money: tuple[Money, ...]


def course(board: Board, as_of: date) -> Course:
    """The course of the projects of a board, as of its day."""
    lines = [line for box in board.boxes for line in box.lines]
    years = _years(board.plan, as_of)
    rows = tuple(_row(line, years, as_of) for line in lines if line.project.due or line.events)
    return Course(
        years,
        rows,
        any(row.earlier for row in rows),
        _cohorts(lines, "signed"),
        _cohorts(lines, "begun"),
        sum("done" in _first(line) and "begun" not in _first(line) for line in lines),
        _money(lines),
    )


def _years(plan: PlanFolder, as_of: date) -> tuple[int, ...]:
    """The years of the plan, and the one after it where the day is past the plan."""
    start, end = plan.period.start, plan.period.end
    return tuple(range(start, end + (2 if as_of.year > end else 1)))


def _row(line: Line, years: Sequence[int], as_of: date) -> Row:
    due, first = line.project.due, _first(line)
    begins = line.project.start_year or (due.year if due else None)
    marks: dict[int, list[str]] = defaultdict(list)
    for mark, year in [(name, day.year) for day, name in _reported(line)]:
        marks[max(year, years[0] - 1)].append(mark)
    if due:
        marks[due.year].insert(0, "due")
    is_open = due is not None and due < as_of and "done" not in first
    return Row(
        line,
        tuple(marks[years[0] - 1]),
        tuple(
            Cell(
                begins is not None and due is not None and begins <= year <= due.year,
                is_open and due is not None and due.year < year <= as_of.year,
                tuple(marks[year]),
            )
            for year in years
        ),
    )


def _reported(line: Line) -> Iterable[tuple[date, str]]:
    for event in line.events:
        if event.event in _MARKS:
            yield event.date, _MARKS[event.event]
        elif event.event_printed == CONTRACT:
            yield event.date, "signed"


def _first(line: Line) -> dict[str, int]:
    """The year in which each thing was first reported."""
    found: dict[str, int] = {}
    for day, mark in _reported(line):
        found.setdefault(mark, day.year)
    return found


def _cohorts(lines: Iterable[Line], since: str) -> tuple[Cohort, ...]:
    by_year: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if since in (first := _first(line)):
            by_year[first[since]].append(line)
    return tuple(
        Cohort(
            year,
            len(group),
            sum("begun" in _first(line) or line.stage == "done" for line in group),
            sum(line.stage == "stopped" for line in group),
            sum(line.stage == "done" for line in group),
            tuple(group),
        )
        for year, group in sorted(by_year.items())
    )


def _money(lines: Iterable[Line]) -> tuple[Money, ...]:
    by_year: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        by_year[line.project.due.year if line.project.due else None].append(line)
    ordered = sorted(by_year.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
    return tuple(_sum(year, group) for year, group in ordered)


def _sum(year: int | None, group: Sequence[Line]) -> Money:
    done = [line for line in group if line.stage == "done"]
    return Money(year, len(group), _invested(group), len(done), _invested(done), tuple(group))


def _invested(lines: Sequence[Line]) -> Decimal | None:
    """The sum of what some projects state: nothing for none of them, None where none states it."""
    known = [line.project.investment for line in lines if line.project.investment is not None]
    return None if lines and not known else sum(known, Decimal(0))
