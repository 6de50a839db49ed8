"""Areas over units: every area is one stretch of the units, so that its total is one sum."""

from collections.abc import Mapping
from dataclasses import dataclass

from lantu.core.errors import ContentError


@dataclass(frozen=True, slots=True)
class Tree:
    """Units in the order of their areas.

    `spans` gives the first unit of an area and the one after its last. `above` gives for each unit
    the numbers of the areas it lies in, the nearest first, as `areas` has them.
    """

    units: tuple[str, ...]
    areas: tuple[str, ...]  # from the top down
    spans: Mapping[str, tuple[int, int]]
    above: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]  # for each area the number after the last area within it
    places: Mapping[str, int]  # a unit's place in `units`

    def within(self, area: str) -> tuple[str, ...]:
        """An area and the areas within it, from the top down."""
        number = self.areas.index(area)
        return self.areas[number : self.ends[number]]

    def directly(self, area: str) -> tuple[str, ...]:
        """The units whose nearest area this is."""
        first, last = self.spans[area]
        number = self.areas.index(area)
        return tuple(
            unit for unit in self.units[first:last] if self.above[self.places[unit]][0] == number
        )


def grow(uppers: Mapping[str, str | None], units: Mapping[str, str]) -> Tree:
    """The tree of areas, each with the one above it, and of units, each with its nearest area.

    Order is kept: areas and units stand as they were named. Raises ContentError where an area lies
    in itself, or where one that is named is not there.
    """
    below = _below(uppers)
    lying: dict[str, list[str]] = {one: [] for one in uppers}
    for unit, area in units.items():
        if area not in lying:
            raise _unknown(unit, area)
        lying[area].append(unit)
    order: list[str] = []
    areas: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    ends: dict[str, int] = {}

    def visit(area: str) -> None:
        first = len(order)
        areas.append(area)
        order.extend(lying[area])
        for one in below[area]:
            visit(one)
        spans[area], ends[area] = (first, len(order)), len(areas)

    for top in (one for one, upper in uppers.items() if upper is None):
        visit(top)
    if len(areas) < len(uppers):
        lost = next(one for one in uppers if one not in spans)
        raise ContentError(lost, f"The area {lost} lies in itself.", "Name another area above it.")
    numbers = {area: number for number, area in enumerate(areas)}
    above = tuple(_path(units[unit], uppers, numbers) for unit in order)
    places = {unit: place for place, unit in enumerate(order)}
    last = tuple(ends[area] for area in areas)
    return Tree(tuple(order), tuple(areas), spans, above, last, places)


def _below(uppers: Mapping[str, str | None]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {one: [] for one in uppers}
    for one, upper in uppers.items():
        if upper is not None:
            if upper not in below:
                raise _unknown(one, upper)
            below[upper].append(one)
    return below


def _path(
    area: str | None, uppers: Mapping[str, str | None], numbers: Mapping[str, int]
) -> tuple[int, ...]:
    found = []
    while area is not None:
        found.append(numbers[area])
        area = uppers[area]
    return tuple(found)


def _unknown(name: str, area: str) -> ContentError:
    return ContentError(name, f"There is no area {area}.", "Name the area before what lies in it.")
