"""Periods: the time a figure speaks for, in whole months, and whether it is over on a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_HALF = re.compile(r"(\d{4})-?[Hh]([12])")
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Whole months from the first to the last, both included."""

    start_year: int
    start_month: int
    end_year: int
    end_month: int

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(year, 1, year, 12)

    @property
    def months(self) -> int:
        return (self.end_year - self.start_year) * 12 + self.end_month - self.start_month + 1

    @property
    def last_day(self) -> date:
        last = calendar.monthrange(self.end_year, self.end_month)[1]
        return date(self.end_year, self.end_month, last)

    @property
    def is_year(self) -> bool:
        return self.is_within_a_year and self.months == 12

    @property
    def is_within_a_year(self) -> bool:
        return self.start_year == self.end_year

    @property
    def is_year_to_date(self) -> bool:
        """Whether it runs from January to a month of the same year, and not to its end."""
        return self.is_within_a_year and self.start_month == 1 and self.end_month < 12

    def is_over_on(self, day: date) -> bool:
        return self.last_day <= day

    def __str__(self) -> str:
        if self.is_year:
            return f"{self.start_year:04d}"
        first = f"{self.start_year:04d}-{self.start_month:02d}"
        last = f"{self.end_year:04d}-{self.end_month:02d}"
        if self.is_within_a_year and self.months == 3 and self.end_month % 3 == 0:
            return f"{self.start_year:04d}-Q{self.end_month // 3}"
        return first if first == last else f"{first}/{last}"


def period(text: str) -> Period:
    """Read 2022, 2022-Q3, 2022-H1, 2022-06 or 2022-01/2022-06.

    Raises ValueError, saying what a period looks like.
    """
    written = str(text).strip()
    first, slash, last = written.partition("/")
    start = _single(first)
    end = _single(last) if slash else start
    if start is None or end is None or end.last_day < date(start.start_year, start.start_month, 1):
        raise ValueError(
            f"{written!r} is not a period. Write 2022, 2022-Q3, 2022-06 or 2022-01/2022-06."
        )
    return Period(start.start_year, start.start_month, end.end_year, end.end_month)


def _single(text: str) -> Period | None:
    """One year, half, quarter or month; None for anything else."""
    if match := _YEAR.fullmatch(text):
        found = Period.of_year(int(match[1]))
    elif match := _QUARTER.fullmatch(text):
        last = int(match[2]) * 3
        found = Period(int(match[1]), last - 2, int(match[1]), last)
    elif match := _HALF.fullmatch(text):
        last = int(match[2]) * 6
        found = Period(int(match[1]), last - 5, int(match[1]), last)
    elif match := _MONTH.fullmatch(text):
        found = Period(int(match[1]), int(match[2]), int(match[1]), int(match[2]))
    else:
        return None
    sound = 1 <= found.start_month <= 12 and 1900 <= found.start_year <= 2200
    return found if sound else None


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
