"""Slots: the months of whole years, each year followed by its quarters and itself.

A year takes seventeen slots: twelve months, four quarters, the year.
"""

from dataclasses import dataclass
from typing import Final, Literal

from lantu.core.figures.periods import Period

Grain = Literal["month", "quarter", "year"]
MONTHS: Final = 12
QUARTER: Final = 12  # where the quarters begin
YEAR: Final = 16  # where the year is
EACH: Final = 17


@dataclass(frozen=True, slots=True)
class Years:
    """Whole years from the first to the last, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def slots(self) -> int:
        return self.count * EACH

    def slot(self, period: Period) -> int | None:
        """Where a period stands; None for what is no month, quarter or year of these years."""
        inside = self.first <= period.start_year <= self.last and period.is_within_a_year
        if not inside:
            return None
        start = (period.start_year - self.first) * EACH
        if period.months == 1:
            return start + period.start_month - 1
        if period.months == 3 and period.end_month % 3 == 0:
            return start + QUARTER + period.end_month // 3 - 1
        return start + YEAR if period.is_year else None

    def period(self, slot: int) -> Period:
        """The period that stands in a slot."""
        years, place = divmod(slot, EACH)
        year = self.first + years
        if place == YEAR:
            return Period.of_year(year)
        if place >= QUARTER:
            last = (place - QUARTER + 1) * 3
            return Period(year, last - 2, year, last)
        return Period(year, place + 1, year, place + 1)


def upwards(slot: int) -> tuple[int, ...]:
    """A slot, then those that hold it: of a month its quarter and its year."""
    start, place = slot - slot % EACH, slot % EACH
    if place < MONTHS:
        return slot, start + QUARTER + place // 3, start + YEAR
    return (slot, start + YEAR) if place < YEAR else (slot,)


def beneath(slot: int) -> tuple[int, ...]:
    """The slots that a quarter or year is made of, in their order; none for a month."""
    start, place = slot - slot % EACH, slot % EACH
    if place == YEAR:
        return tuple(range(start + QUARTER, start + YEAR))
    first = start + (place - QUARTER) * 3
    return tuple(range(first, first + 3)) if place >= QUARTER else ()
