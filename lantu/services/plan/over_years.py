"""The figures of whole years that may be joined by one line: of one scope, one kind, one unit.

Figures of different scopes are different things, so a line through both would show a change
that never was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lantu.kernel.facts.queries import Figure
from lantu.ui.charts import line_over_years
from lantu.ui.templatetags.ui import as_unit


@dataclass(frozen=True, slots=True)
class Line:
    """A value for each year from the first to the last; a year without a figure has none."""

    points: tuple[tuple[int, Decimal | None], ...]
    unit: str
    kind: str
    scope: str
    left_out: int  # years that only another scope, kind or unit has, or that it has as well

    @property
    def chart(self) -> str:
        """The line as a chart."""
        rows = [{"year": year, "value": value} for year, value in self.points]
        return line_over_years(rows, as_unit(self.unit))


def line(figures: Iterable[Figure]) -> Line | None:
    """The line with the most years; the one that ends latest where several have as many.

    Of a year's figures the one that became known last counts, and none that was superseded.
    None where no two years can be joined.
    """
    lines: dict[tuple[str, str, str], dict[int, Figure]] = {}
    for one in figures:
        if len(one.period) == 4 and not one.is_superseded:
            years = lines.setdefault((one.scope, one.kind, one.unit), {})
            years[int(one.period)] = max(years.get(int(one.period), one), one, key=_known)
    if not lines:
        return None
    chosen = max(lines, key=lambda key: (len(lines[key]), max(lines[key])))
    found = lines[chosen]
    if len(found) < 2:
        return None
    scope, kind, unit = chosen
    every = range(min(found), max(found) + 1)
    points = tuple((year, found[year].value if year in found else None) for year in every)
    return Line(points, unit, kind, scope, sum(map(len, lines.values())) - len(found))


def _known(one: Figure) -> tuple[date, int]:
    return one.known_on or date.min, one.id
