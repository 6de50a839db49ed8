"""What pages and the API show of areas and their totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from lantu.core.figures.decimals import exponent, rounded
from lantu.core.figures.periods import Period
from lantu.core.rollup.kinds import Kind, kinds
from lantu.core.rollup.slots import EACH, MONTHS, QUARTER, YEAR, Grain
from lantu.core.rollup.totals import Total
from lantu.kernel.access.models import Zone
from lantu.kernel.facts import queries as facts
from lantu.kernel.places import queries as places
from lantu.kernel.places.models import Area
from lantu.kernel.places.queries import Lay
from lantu.services.totals.choosing import Chosen
from lantu.services.totals.gathering import Rolled, rolled, steady

PLACES = 4  # decimals of a ratio as shown
State = Literal["complete", "least", "part", "unknown"]


@dataclass(frozen=True, slots=True)
class Line:
    """An area of the list, `depth` areas below the uppermost, with how many zones lie in it."""

    area: Area
    depth: int
    zones: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An indicator that can be rolled up, and in how many zones of the area it has figures."""

    kind: Kind
    zones: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A total of a row: the whole, what it is at least, what is known of it, or nothing."""

    period: Period
    total: Total
    state: State
    shown: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """An area or a zone with its totals, a cell for each period."""

    area: Area | None
    zone: Zone | None
    depth: int
    cells: tuple[Cell, ...]

    @property
    def named(self) -> Area | Zone:
        found = self.area or self.zone
        assert found is not None  # a row is of one of them
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The totals of an area by period.

    `scopes` are those that any figure states, `unscoped` counts figures that state none and are in
    the totals. `mixed` (periods) and `other_unit` (figures) count what was left out.
    """

    kind: Kind
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    years: tuple[int, ...]
    year: int
    scopes: tuple[str, ...]
    unscoped: int
    mixed: int
    other_unit: int


@dataclass(frozen=True, slots=True)
class Page:
    """An area, what can be rolled up in it, and the table that was asked for, if there is one."""

    area: Area
    zones: int
    choices: tuple[Choice, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which indicator, month by month or otherwise, in which year, of which scope, as known when.

    Without a year, the last that has figures. Areas lie as they did on `on`.
    """

    indicator: str
    grain: Grain
    year: int | None
    scope: str
    on: date
    known_on: date | None


def areas(on: date) -> list[Line]:
    """All areas from the top down, real ones first."""
    found = []
    for invented in (False, True):
        lay = places.lay(invented=invented, on=on)
        for slug in lay.tree.areas:
            first, last = lay.tree.spans[slug]
            found.append(Line(lay.areas[slug], _depth(lay, slug), last - first))
    return found


def page(slug: str, asked: Asked) -> Page | None:
    """An area's page; None where there is no such area, or no such indicator in it."""
    area = places.area(slug)
    if area is None:
        return None
    lay = places.lay(invented=area.invented, on=asked.on)
    first, last = lay.tree.spans[slug]
    choices = _choices([lay.zones[unit] for unit in lay.tree.units[first:last]])
    if not asked.indicator:
        return Page(area, last - first, choices, None)
    if asked.indicator not in kinds():
        return None
    kind = kinds()[asked.indicator]
    with steady:
        found = rolled(lay, kind, scope=asked.scope, known_on=asked.known_on)
        table = None if found is None else _table(lay, slug, found, asked)
    return Page(area, last - first, choices, table)


def _choices(zones: list[Zone]) -> tuple[Choice, ...]:
    names = {name for one in kinds().values() for name in one.names}
    held = facts.holding(zones, names)
    found = [Choice(one, min(held.get(name, 0) for name in one.names)) for one in kinds().values()]
    return tuple(sorted((one for one in found if one.zones), key=lambda one: -one.zones))


def _table(lay: Lay, slug: str, found: Rolled, asked: Asked) -> Table:
    years = tuple(range(found.years.first, found.years.last + 1))
    year = asked.year if asked.year in years else years[-1]
    slots = _slots(asked.grain, years.index(year), len(years))
    picked = _within(lay, slug, found)
    scopes = frozenset[str]().union(*(one.stated for one in picked))
    return Table(
        kind=found.kind,
        periods=tuple(found.years.period(slot) for slot in slots),
        rows=tuple(_rows(lay, slug, found, slots)),
        years=years,
        year=year,
        scopes=tuple(sorted(scopes)),
        unscoped=sum(one.unscoped for one in picked),
        mixed=sum(one.mixed for one in picked),
        other_unit=sum(one.other_unit for one in picked),
    )


def _slots(grain: Grain, place: int, years: int) -> list[int]:
    if grain == "year":
        return [one * EACH + YEAR for one in range(years)]
    first, last = (0, MONTHS) if grain == "month" else (QUARTER, YEAR)
    return [place * EACH + one for one in range(first, last)]


def _within(lay: Lay, slug: str, found: Rolled) -> list[Chosen]:
    first, last = lay.tree.spans[slug]
    inside = set(lay.tree.units[first:last])
    return [one for (_, unit), one in found.picked.items() if unit in inside]


def _rows(lay: Lay, slug: str, found: Rolled, slots: list[int]) -> list[Row]:
    """The area, the areas in it, and the zones directly in each, from the top down."""
    totals, rows, top = found.totals, [], _depth(lay, slug)
    periods = [(slot, found.years.period(slot)) for slot in slots]
    for one in lay.tree.within(slug):
        depth = _depth(lay, one) - top
        cells = tuple(_cell(when, totals.total(one, slot)) for slot, when in periods)
        rows.append(Row(lay.areas[one], None, depth, cells))
        for unit in lay.tree.directly(one):
            cells = tuple(_cell(when, totals.of_unit(unit, slot)) for slot, when in periods)
            rows.append(Row(None, lay.zones[unit], depth + 1, cells))
    return rows


def _depth(lay: Lay, slug: str) -> int:
    upper: Mapping[str, Area] = lay.areas
    depth, area = 0, upper[slug]
    while area.upper is not None:
        depth, area = depth + 1, upper[area.upper.slug]
    return depth


def _cell(period: Period, total: Total) -> Cell:
    if total.known is None:
        return Cell(period, total, "unknown", None)
    state: State = "part"
    if total.is_complete:
        state = "complete"
    elif total.at_least is not None:
        state = "least"
    return Cell(period, total, state, _short(total.known))


def _short(value: Decimal) -> Decimal:
    """A quotient never ends; sums are shown with every digit that was entered."""
    return rounded(value, PLACES) if exponent(value) < -12 else value
