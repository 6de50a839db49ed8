"""Working days of China, with the days off and the make-up days that are announced each year.

Years without an announcement are counted Monday to Friday, and what rests on them is provisional.
Source of the calendar: the State Council's yearly notices, as kept by the package chinesecalendar.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

IsWorkday = Callable[[date], bool]
ONE_DAY = timedelta(days=1)


def is_announced(day: date) -> bool:
    """Whether the days off of that year were announced."""
    first, last = _announced_years()
    return first <= day.year <= last


def is_workday(day: date) -> bool:
    """Whether offices work; Monday to Friday in a year that is not announced."""
    if not is_announced(day):
        return day.weekday() < 5
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


def after(start: date, days: int) -> date:
    """The last day of a term of so many working days; the day it begins on is not counted."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_workday(day)
    return day


def between(start: date, end: date) -> int:
    """The working days after `start` up to `end`; negative where `end` comes first."""
    if end < start:
        return -between(end, start)
    return sum(is_workday(day) for day in _days(start + ONE_DAY, end))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


@lru_cache(maxsize=1)
def _announced_years() -> tuple[int, int]:
    from chinese_calendar import constants

    years = {day.year for day in constants.holidays}
    return min(years), max(years)
