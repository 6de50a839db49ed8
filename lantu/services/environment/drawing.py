"""What is drawn: the calendar of a year as places of an SVG, and the charts as Vega-Lite."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lantu.services.environment.queries import Day
from lantu.ui.charts import BLUE, ORANGE, QUIET, _frame, _plain

STEP, LEFT, TOP = 24, 34, 20


@dataclass(frozen=True, slots=True)
class Cell:
    """A day's square."""

    day: Day
    x: int
    y: int
    middle: int
    base: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year: a row for each month, a column for each day of it."""

    cells: tuple[Cell, ...]
    months: tuple[tuple[int, int], ...]  # number of the month, where its name stands
    heads: tuple[tuple[int, int], ...]
    width: int = LEFT + 31 * STEP
    height: int = TOP + 12 * STEP


def calendar(days: Sequence[Day]) -> Calendar:
    """Where each day of a year stands."""
    cells = []
    for one in days:
        x, y = LEFT + (one.day.day - 1) * STEP, TOP + (one.day.month - 1) * STEP
        cells.append(Cell(one, x, y, x + STEP // 2 - 1, y + 16))
    months = tuple((month, TOP + (month - 1) * STEP + 16) for month in range(1, 13))
    heads = tuple((day, LEFT + (day - 1) * STEP + STEP // 2 - 1) for day in range(1, 32))
    return Calendar(tuple(cells), months, heads)


def lines(
    rows: Sequence[dict[str, Any]], *, x: str, kind: str, unit: str, limit: Decimal | None = None
) -> str:
    """A line for each series over time or years; gaps stay gaps, a limit is a dashed rule."""
    colours = {"range": [BLUE, ORANGE, QUIET, "#0b6e4f", "#7a3e9d", "#a3131b"]}
    dashes = {"field": "series", "type": "nominal", "title": None}
    axis = {"labelAngle": 0, "format": "%m-%d"} if kind == "temporal" else {"labelAngle": 0}
    layers: list[dict[str, Any]] = [
        {
            "mark": {
                "type": "line",
                "point": kind != "temporal",
                "invalid": "break-paths-show-domains",
            },
            "encoding": {
                "x": {"field": x, "type": kind, "title": None, "axis": axis},
                "y": {"field": "value", "type": "quantitative", "title": unit},
                "color": {**dashes, "scale": colours, "legend": {"orient": "top"}},
                "strokeDash": {**dashes, "legend": None},
            },
        }
    ]
    if limit is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeDash": [6, 4], "color": "#a3131b"},
                "encoding": {"y": {"datum": float(limit), "type": "quantitative"}},
            }
        )
    spec = {**_frame(240), "data": {"values": [_plain(row) for row in rows]}, "layer": layers}
    return json.dumps(spec, ensure_ascii=False)
