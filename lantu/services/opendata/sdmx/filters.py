"""Filters of components, `c[NAME]=…`: a comma is OR, a plus is AND and binds closer.

Source: the operators of SDMX-REST 2.1, github.com/sdmx-twg/sdmx-rest, doc/data.md.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar

from lantu.core.figures.periods import Period, period
from lantu.services.opendata.sdmx.faults import syntax

T = TypeVar("T")
Check = Callable[[T], bool]
# Alternatives, of each of which every part must hold.
Filter = tuple[tuple[tuple[str, T], ...], ...]
_OPERATOR: Final = re.compile(r"(?:(?P<sign>eq|ne|lt|le|gt|ge|co|nc|sw|ew):)?(?P<value>.*)", re.S)
_RANGE: Final = re.compile(r"(\d{4}-\d{2})-\d{2}/P(\d{1,3})M")
_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda found, value: found == value,
    "ne": lambda found, value: found != value,
    "lt": lambda found, value: found < value,
    "le": lambda found, value: found <= value,
    "gt": lambda found, value: found > value,
    "ge": lambda found, value: found >= value,
}
_TEXT: Final[dict[str, Callable[[Any, Any], bool]]] = {
    **_ORDER,
    "co": lambda found, value: value in found,
    "nc": lambda found, value: value not in found,
    "sw": lambda found, value: found.startswith(value),
    "ew": lambda found, value: found.endswith(value),
}
_TIME: Final[dict[str, Callable[[Period, Period], bool]]] = {
    "eq": lambda when, other: when == other,
    "ne": lambda when, other: when != other,
    "ge": lambda when, other: _first(when) >= _first(other),
    "gt": lambda when, other: _first(when) > other.last_day,
    "le": lambda when, other: when.last_day <= other.last_day,
    "lt": lambda when, other: when.last_day < _first(other),
}


def _first(when: Period) -> date:
    return date(when.start_year, when.start_month, 1)


def of_texts(text: str) -> Check[str]:
    """What a filter of codes or words asks of one."""
    return _check(_read(text, str), _TEXT)


def of_numbers(text: str) -> Check[Decimal]:
    """What a filter of the value asks of a number. Raises Fault."""
    return _check(_read(text, _number, _ORDER, "A number"), _ORDER)


def of_times(text: str) -> Check[Period]:
    """What a filter of the time asks of a period. Raises Fault."""
    return _check(_read(text, moment, _TIME, "A time"), _TIME)


def _read(
    text: str,
    told: Callable[[str], T],
    signs: dict[str, Any] | None = None,
    what: str = "",
) -> Filter[T]:
    every = []
    for part in text.split(","):
        together = []
        # A plus in an address is a blank by the time it is read.
        for one in re.split(r"[+ ]", part):
            match = _OPERATOR.fullmatch(one)
            assert match is not None  # the value may be anything
            sign = match["sign"] or "eq"
            if signs is not None and sign not in signs:
                raise syntax(f"{what} is compared with eq, ne, lt, le, gt or ge.")
            together.append((sign, told(match["value"])))
        every.append(tuple(together))
    return tuple(every)


def _check(filtered: Filter[T], signs: dict[str, Callable[[T, T], bool]]) -> Check[T]:
    return lambda found: any(
        all(signs[sign](found, value) for sign, value in together) for together in filtered
    )


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise syntax(f"{text[:40]!r} is not a number.") from error
    if not found.is_finite():
        raise syntax(f"{text[:40]!r} is not a number.")
    return found


def moment(text: str) -> Period:
    """A time as SDMX writes it: 2023, 2023-Q1, 2023-S1, 2023-06, 2023-01-01/P6M, 2023-06-30."""
    plain = text.strip().replace("-S", "-H").replace("-A1", "")
    if match := _RANGE.fullmatch(plain):
        plain = _span(match[1], int(match[2]))
    elif re.fullmatch(r"\d{4}-M\d{2}", plain):
        plain = plain.replace("M", "")
    elif match := re.fullmatch(r"(\d{4}-\d{2})-\d{2}(T.*)?", plain):
        plain = match[1]
    try:
        return period(plain)
    except ValueError as error:
        raise syntax(f"{text[:40]!r} is not a time. Write 2023, 2023-Q1 or 2023-06.") from error


def _span(first: str, months: int) -> str:
    year, month = int(first[:4]), int(first[5:])
    index = year * 12 + month - 1 + max(months, 1) - 1
    return f"{first}/{index // 12:04d}-{index % 12 + 1:02d}"


def written(when: Period) -> str:
    """A period as SDMX writes it; what is no year, quarter or month is a first day and a length."""
    plain = str(when)
    if "/" not in plain:
        return plain
    return f"{when.start_year:04d}-{when.start_month:02d}-01/P{when.months}M"
