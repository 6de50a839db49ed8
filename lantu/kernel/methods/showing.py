"""Showing: runs, their rows and their differences as a page writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lantu.core.figures.decimals import shown
from lantu.core.rules.methods import Method
from lantu.kernel.methods import catalogue
from lantu.kernel.methods.models import Run
from lantu.kernel.methods.queries import Moved
from lantu.kernel.methods.snapshots import results
from lantu.ui.templatetags import ui

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
    names = tuple(name for name in found.column_names if name != "subject")
    method = catalogue.found(run.method)
    rows = tuple(
        ResultRow(
            str(row.get("subject") or ""),
            tuple(_cell(name, row[name], method) for name in names),
        )
        for row in found.slice(0, MOST).to_pylist()
    )
    return ResultTable(tuple(_headed(name, method) for name in names), rows, found.num_rows)


def head(name: str, method: Method | None) -> str:
    """A column of a result in the reader's language; one that nobody named keeps its key."""
    if method is not None and name == method.short:
        return ui.words(method.label)
    for one in method.inputs if method else ():
        if one.name == name:
            return ui.words(one.label)
    if name.endswith("_reason"):
        return _("Why there is none")
    named = ui.register.filters["column_name"](name)
    if named != name:
        return str(named)
    part = ui.register.filters["part_name"](name.removesuffix("_score"))
    return _("%(item)s, points") % {"item": part} if name.endswith("_score") else str(part)


def _headed(name: str, method: Method | None) -> str:
    """The head of a column with the unit of its numbers, where the method states one."""
    units = {one.name: one.unit for one in method.inputs} if method else {}
    if method is not None and method.shown_as is None:
        units[method.short] = method.unit
    unit = units.get(name, "")
    said = ui.register.filters["as_unit"](ui.register.filters["unit_name"](unit))
    return f"{head(name, method)} · {said}" if unit else head(name, method)


def _cell(name: str, value: Any, method: Method | None) -> str:
    if not name.endswith("_reason") or not value:
        return written(value)
    why, colon, of = str(value).partition(": ")
    told = str(ui.register.filters["why_name"](why))
    return f"{told} · {head(of, method)}" if colon else told


def moved(one: Moved, named: Callable[[str], str] = str) -> MovedLine:
    """A subject that moved, in texts; its columns by their keys, or as `named` says them."""
    results, inputs = (
        tuple((named(name), written(before), written(after)) for name, before, after in listed)
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
