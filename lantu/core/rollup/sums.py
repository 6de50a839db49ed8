"""One indicator over all units and months: kept rolled up, and put right cell by cell.

Values are whole numbers of 10^-scale, in 64 bits as long as no total can leave them, else in
numbers of any length: every total is exact. A cell that changes moves the totals above it by the
difference, three periods by as many areas as it lies in.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from lantu.core.figures.decimals import exponent
from lantu.core.rollup.kinds import Missing, OverTime
from lantu.core.rollup.slots import EACH, MONTHS, QUARTER, YEAR, Years, beneath, upwards
from lantu.core.rollup.totals import Total, decimal_of, scaled_of
from lantu.core.rollup.tree import Tree

if TYPE_CHECKING:
    import numpy as np

ROOM: Final = 2**62  # no total may come near the end of 64 bits
Cell = tuple[str, int, Decimal]  # unit, slot, value


class Sums:
    """The totals of one indicator whose figures add up.

    Arrays are units by slots: `value` scaled, `some` where anything is known, `whole` where all
    is, `own` where a figure was reported for that very period, which then counts before its months.
    """

    def __init__(
        self, tree: Tree, years: Years, *, time: OverTime = "sum", missing: Missing = "bound"
    ) -> None:
        import numpy as np  # a worker begins without it

        self.tree, self.years, self.time, self.missing = tree, years, time, missing
        self.scale = 0
        self._largest = 0  # of all values, scaled
        self._below_zero = 0  # cells
        shape, areas = (len(tree.units), years.slots), (len(tree.areas), years.slots)
        self.value: np.ndarray[Any, Any] = np.zeros(shape, np.int64)
        self.own, self.some, self.whole = (np.zeros(shape, np.bool_) for _ in range(3))
        self.sums: np.ndarray[Any, Any] = np.zeros(areas, np.int64)
        self.wholes, self.somes = (np.zeros(areas, np.int32) for _ in range(2))

    # Everything at once

    def fill(self, cells: Iterable[Cell]) -> None:
        """Enter figures into an empty roll-up, and compute all totals.

        Raises KeyError for a unit that the tree does not have.
        """
        import numpy as np

        found = list(cells)
        scale = max((max(0, -exponent(value)) for _, _, value in found), default=0)
        scaled = [scaled_of(value, scale) for _, _, value in found]
        largest = max((abs(one) for one in scaled), default=0)
        kind: Any = np.int64 if largest < ROOM else object
        self.fill_columns(
            np.array([self.tree.places[unit] for unit, _, _ in found], np.int64),
            np.array([slot for _, slot, _ in found], np.int64),
            np.array(scaled, kind),
            scale=scale,
        )

    def fill_columns(
        self,
        units: "np.ndarray[Any, Any]",
        slots: "np.ndarray[Any, Any]",
        values: "np.ndarray[Any, Any]",
        *,
        scale: int,
    ) -> None:
        """The same from columns: the place of each unit, the slot, the value scaled."""
        self.scale = scale
        if len(values):
            self._make_room(max(abs(int(values.max())), abs(int(values.min()))))
        self.value[units, slots] = values
        self.own[units, slots] = True
        self._below_zero = int((values < 0).sum())
        self._roll_time()
        self._roll_areas()

    def _roll_time(self) -> None:
        """Months to quarters, quarters to years, unless they were reported themselves."""
        self.some[:], self.whole[:] = self.own, self.own
        if self.time == "none":
            return
        shape = (len(self.tree.units), self.years.count, EACH)
        value, own, some, whole = (
            one.reshape(shape) for one in (self.value, self.own, self.some, self.whole)
        )
        for parts, each, target in (
            (slice(0, MONTHS), 3, slice(QUARTER, YEAR)),
            (slice(QUARTER, YEAR), 4, slice(YEAR, EACH)),
        ):
            inner = (*shape[:2], -1, each)
            values, somes, wholes = (
                one[:, :, parts].reshape(inner) for one in (value, some, whole)
            )
            free = ~own[:, :, target]
            if self.time == "sum":
                made = (values.sum(-1), somes.any(-1), wholes.all(-1))
            else:  # a stock: the end of the period is what counts
                made = (values[..., -1], somes[..., -1], wholes[..., -1])
            for kept, new in zip((value, some, whole), made, strict=True):
                kept[:, :, target][free] = new[free]

    def _roll_areas(self) -> None:
        for number, area in enumerate(self.tree.areas):
            first, last = self.tree.spans[area]
            self.sums[number] = self.value[first:last].sum(0)
            self.wholes[number] = self.whole[first:last].sum(0)
            self.somes[number] = self.some[first:last].sum(0)

    # One cell

    def put(self, unit: str, slot: int, value: Decimal | None) -> None:
        """Enter one figure, or take it away, and put right all totals above it."""
        place = self.tree.places[unit]
        scaled = 0 if value is None else self._scaled(value)
        was_below = bool(self.own[place, slot] and self.value[place, slot] < 0)
        self._below_zero += (scaled < 0) - was_below
        self.own[place, slot] = value is not None
        for one in upwards(slot):
            if one != slot and (self.own[place, one] or self.time == "none"):
                break
            # Without a figure of its own a quarter or year is again what its months make.
            stands = one == slot and (value is not None or self.time == "none")
            fresh = (
                (scaled, value is not None, value is not None) if stands else self._made(place, one)
            )
            self._move(place, one, *fresh)

    def _scaled(self, value: Decimal) -> int:
        """The value in the scale of all, which becomes finer where it must."""
        finer = max(0, -exponent(value)) - self.scale
        if finer > 0:
            self._make_room(max(1, self._largest) * 10**finer)
            self.value *= 10**finer
            self.sums *= 10**finer
            self.scale += finer
        scaled = scaled_of(value, self.scale)
        self._make_room(abs(scaled))
        return scaled

    def _made(self, place: int, slot: int) -> tuple[int, bool, bool]:
        """What a slot comes to from those beneath it; nothing for a month."""
        below = beneath(slot)
        if not below:
            return 0, False, False
        if self.time == "last":
            below = below[-1:]
        parts = slice(below[0], below[-1] + 1)
        return (
            int(self.value[place, parts].sum()),
            bool(self.some[place, parts].any()),
            bool(self.whole[place, parts].all()),
        )

    def _move(self, place: int, slot: int, value: int, some: bool, whole: bool) -> None:
        areas = list(self.tree.above[place])
        self.sums[areas, slot] += value - self.value[place, slot]
        self.somes[areas, slot] += int(some) - int(self.some[place, slot])
        self.wholes[areas, slot] += int(whole) - int(self.whole[place, slot])
        self.value[place, slot] = value
        self.some[place, slot], self.whole[place, slot] = some, whole

    def _make_room(self, largest: int) -> None:
        """Leave 64 bits before a total of values this large could."""
        self._largest = max(self._largest, largest)
        cells = MONTHS * max(1, len(self.tree.units))
        if self._largest * cells >= ROOM and self.value.dtype != object:
            self.value, self.sums = self.value.astype(object), self.sums.astype(object)

    # Reading

    def total(self, area: str, slot: int) -> Total:
        """What an area comes to in a period."""
        number = self.tree.areas.index(area)
        first, last = self.tree.spans[area]
        return self._total(
            self.sums[number, slot], self.wholes[number, slot], self.somes[number, slot],
            last - first,
        )  # fmt: skip

    def of_unit(self, unit: str, slot: int) -> Total:
        """What one unit comes to in a period."""
        place = self.tree.places[unit]
        return self._total(
            self.value[place, slot], self.whole[place, slot], self.some[place, slot], 1
        )

    def _total(self, value: Any, whole: Any, some: Any, of: int) -> Total:
        known = decimal_of(int(value), self.scale) if some else None
        # What is below zero once may be so where it is unknown.
        missing: Missing = "null" if self._below_zero else self.missing
        return Total(known, int(whole), int(some) - int(whole), of, missing)
