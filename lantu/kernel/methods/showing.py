"""Showing: runs, their rows and their differences as a page writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lantu.core.figures.decimals import shown
from lantu.kernel.methods import catalogue
from lantu.kernel.methods.models import Run
from lantu.kernel.methods.queries import Moved
from lantu.kernel.methods.snapshots import results

MOST = 200  # rows on a page; the whole is in the run
PLACES = 6


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list, with its method's name in both languages."""

    run: Run
    label: Mapping[str, str]
    unit: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of a result as texts; `subject` leads to why it has its result."""

    subject: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The first rows of a result."""

    heads: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A subject that moved: its columns before and after, as texts."""

    subject: str
    period: str
    results: tuple[tuple[str, str, str], ...]
    inputs: tuple[tuple[str, str, str], ...]
    whys: tuple[str, ...]
    is_class_changed: bool


def line(run: Run) -> RunLine:
    """A run with the words of its method; a method that is gone keeps its name."""
    method = catalogue.found(run.method)
    if method is None:
        return RunLine(run, {"zh": run.method, "en": run.method}, "")
    return RunLine(run, method.label, method.unit)


def table(run: Run) -> ResultTable:
    """The first rows of a run. Raises Refused where they are not kept here."""
    found = results(run)
    heads = tuple(name for name in found.column_names if name != "subject")
    rows = tuple(
        ResultRow(str(row.get("subject") or ""), tuple(written(row[name]) for name in heads))
        for row in found.slice(0, MOST).to_pylist()
    )
    return ResultTable(heads, rows, found.num_rows)


def moved(one: Moved) -> MovedLine:
    """A subject that moved, in texts."""
    results, inputs = (
        tuple((name, written(before), written(after)) for name, before, after in listed)
        for listed in (one.results, one.inputs)
    )
    period = written(one.period)
    return MovedLine(one.subject, period, results, inputs, one.whys, one.is_class_changed)


def written(value: Any) -> str:
    """A cell: numbers to six places, the unknown as a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "✔" if value else "✘"
    if isinstance(value, float):
        return shown(Decimal(repr(value)).normalize() + 0, PLACES)
    return str(value)
