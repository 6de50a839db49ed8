"""Columns: cells read alike on every engine, and the setting in force on each row's day.

Engines differ in what they take for a number, in how they round, and in what they do beyond the
range of a double. All that is decided here, in operations that each of them computes alike.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.figures.decimals import LARGEST_EXPONENT
from lantu.core.rules.parameters import Parameter

# Full-width signs and the spaces of other scripts; what has no partner is dropped.
_WRITTEN = "０１２３４５６７８９．，＋－−–﹣٫Ｅｅ\u3000\u00a0\t\r\n_"
_PLAIN = "0123456789.,+----.Ee     "
_NUMBER = r"^[+-]?(([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YES = ("true", "t", "yes", "y", "1", "是", "有")
# Beyond these a cell is no figure, as for `printed`. PostgreSQL fails where a product of doubles
# leaves their range, DuckDB and Spark go on with infinity or zero.
LARGEST, LEAST = 10.0 ** (LARGEST_EXPONENT + 1), 10.0 ** -(LARGEST_EXPONENT + 1)
# From here on a double has no ninth place that could be rounded.
_WHOLE = 9e6


def _double(value: float) -> float:  # type: ignore[empty-body]
    """What the engines' own floor and ceil are given and give."""


# The whole number at or below, and at or above, as double. What ibis writes itself passes through
# integers, which do not reach as far: a condition would first have to find that they do.
whole_below: Any = ibis.udf.scalar.builtin(_double, name="floor")
whole_above: Any = ibis.udf.scalar.builtin(_double, name="ceil")


def number(column: Any) -> Any:
    """Numbers as double. Null: a text that is no number, such as `/`, and what is out of range."""
    return bounded(double(column))


def double(column: Any) -> Any:
    """A column as double, with what texts say; null where a text is no number."""
    if column.type().is_string():
        plain = column.translate(_WRITTEN, _PLAIN).strip()
        # The cast meets only texts that are numbers: PostgreSQL has no cast that may fail.
        column = ibis.cases((plain.re_search(_NUMBER), plain.replace(",", "")), else_=ibis.null())
    return column.cast("float64")


def bounded(column: Any) -> Any:
    """A double within the range of figures; null beyond it, and for NaN."""
    # The usual case, a number above zero, is asked first and by itself: it settles most rows with
    # one comparison, where size or zero asked of every row cost half as much as the whole score.
    rest = column.abs().between(LEAST, LARGEST) | (column == 0.0)
    return ibis.cases((column.between(LEAST, LARGEST), column), (rest, column), else_=ibis.null())


def truth(column: Any) -> Any:
    """Yes or no; a text that is no yes is no, and null stays null."""
    kind = column.type()
    if kind.is_string():
        return column.strip().lower().isin(_YES)
    return column if kind.is_boolean() else column.cast("float64") != 0


def rounded(column: Any) -> Any:
    """Nine places, halves upwards. Engines round doubles in ways of their own."""
    return ibis.cases((column.abs() < _WHOLE, nine_places(column)), else_=column)


def nine_places(column: Any) -> Any:
    """The same of a column within ±9 million, in one operation: an expression stays short."""
    return whole_below(column * 1e9 + 0.5) / 1e9


def settled(column: Any) -> Any:
    """The same as rounded(finite()), in one choice: a column of doubles is looked at once."""
    column = column.cast("float64")
    size = column.abs()
    return ibis.cases(
        (size < _WHOLE, nine_places(column)), (size < 1e300, column), else_=ibis.null()
    )


def finite(column: Any) -> Any:
    """The column as double, null where there is no number."""
    column = column.cast("float64")
    # Each engine takes NaN for greater than any number, so one comparison finds both.
    return ibis.cases((column.abs() < 1e300, column), else_=ibis.null())


def day(table: ir.Table, on: date) -> Any:
    """The day of each row as a whole number (20221231); null where it cannot be read."""
    if "date" in table.columns:
        return day_of(table["date"])
    if "period" in table.columns:
        # What holds at a year's end holds for the year.
        return year(table["period"]) * 10_000 + 1231
    return ibis.literal(_whole(on), "int64")


def year(column: Any) -> Any:
    """A year as a whole number; null where the cell is none."""
    if column.type().is_integer():
        return column.cast("int64")
    found = number(column)
    usual = ibis.cases((found.between(1, 9999), found), else_=ibis.null())
    return usual.floor().cast("int64")


def day_of(column: Any) -> Any:
    """A date, a time, or a text such as 2022-12-31, as a whole number."""
    if column.type().is_string():
        plain = column.strip()
        digits = plain.substr(0, 10).replace("-", "")
        return ibis.cases((plain.re_search(_DAY), digits), else_=ibis.null()).cast("int64")
    parts = (column.year() * 10_000, column.month() * 100, column.day())
    return sum(part.cast("int64") for part in parts)


def _whole(when: date) -> int:
    return when.year * 10_000 + when.month * 100 + when.day


def dated(
    values: Mapping[date, Any], day: Any, *, given: Callable[[Any], Any] | None = None
) -> Any:
    """What was in force on each row's day; null before the first. `given` makes it of a value."""
    listed = sorted(values.items())
    # What a later paper sets again unchanged needs no choice of its own.
    changes = [
        one for place, one in enumerate(listed) if not place or one[1] != listed[place - 1][1]
    ]
    branches = [
        (day >= _whole(since), (given or literal)(value)) for since, value in reversed(changes)
    ]
    return ibis.cases(*branches, else_=ibis.null())


def literal(value: Any) -> Any:
    """A parameter's value as a literal: numbers as double."""
    return ibis.literal(float(value)) if isinstance(value, Decimal) else ibis.literal(value)


class Dated:
    """A table of parameters by date: a rule says what a table gives, each row takes its own."""

    def __init__(self, parameter: Parameter, day: Any) -> None:
        self._values, self._day = {one.since: one.value for one in parameter.settings}, day

    def each(self, given: Callable[[Any], Any]) -> Any:
        """What the rule gives with the table in force on each row's day; null before the first."""
        return dated(self._values, self._day, given=given)


def setting(parameter: Parameter, day: Any, override: Decimal | None = None) -> Any:
    """A parameter as a rule takes it: a column, or for a table what gives its own to each row."""
    if parameter.unit == "table":
        return Dated(parameter, day)
    if override is not None:
        return ibis.literal(float(override))
    return dated({one.since: one.value for one in parameter.settings}, day)
