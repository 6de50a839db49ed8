"""Figures: exact, as printed, and never set beside what they cannot be compared with."""

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.figures import units
from lantu.core.figures.decimals import bounds, grouped, half_unit, power, printed, rounded, shown
from lantu.core.figures.periods import add_months, period
from lantu.core.figures.units import UnitError, convert, convertible, unit

# Names that a plan prints; each is known, and each measures what it says.
UNITS = (
    "元 万元 亿元 美元 亩 公顷 平方米 万平方米 平方公里 吨 万吨 吨标准煤 人 万人 户 "
    "家 个 件 张 套 % 百分点 千米 年"
).split()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("261.0", "261.0"), ("１２．５", "12.5"), ("1,234", "1234"), ("−3", "-3"), ("1e3", "1000"),
        (" 7 ", "7"), ("0.40", "0.40"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_printed(text, value):
    assert str(printed(text)) == value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1925462.50", "1,925,462.50"), ("12345", "12,345"), ("-117500", "-117,500"),
        ("2025", "2025"), ("9999.123456", "9999.123456"), ("0.123456", "0.123456"),
        ("12000–30000", "12,000–30,000"), ("2024-06-30", "2024-06-30"), ("012345", "012345"),
    ],
)  # fmt: skip
def test_long_numbers_are_read_in_threes_and_years_and_codes_are_not(text, read):
    assert grouped(text) == read


@pytest.mark.parametrize(
    "text", ["", "—", "…", "十二", "1.2.3", "NaN", "inf", "1e99", "12人", "1,23"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        printed(text)


def test_the_last_digit_says_how_exact_a_number_is():
    assert half_unit(printed("261")) == Decimal("0.5")
    assert half_unit(printed("261.0")) == Decimal("0.05")
    assert bounds(printed("133")) == (Decimal("132.5"), Decimal("133.5"))


@pytest.mark.parametrize(
    ("text", "places", "result"),
    [("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("10.502", 0, "11"), ("12.1498", 1, "12.1"),
     ("-0.0365", 3, "-0.036"), ("1.050", 1, "1.0")],
)  # fmt: skip
def test_rounding_goes_half_to_even(text, places, result):
    assert shown(rounded(printed(text), places)) == result


def test_a_power_is_exact_where_it_can_be():
    assert power(Decimal("1.1"), 5, 1) == Decimal("1.61051")
    assert power(Decimal(2), 1, 5) == Decimal("1.148698354997")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_shown_is_read_back_the_same(number):
    assert printed(shown(number)) == number


@pytest.mark.parametrize("name", UNITS)
def test_the_units_of_a_plan_are_known(name):
    assert unit(name).name == name


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("1", "亿元/亩", "万元/亩", "10000"),
        ("15", "亩", "公顷", "1"),
        ("1", "平方公里", "亩", "1500"),
        ("12105", "万美元", "亿美元", "1.2105"),
        ("3", "万人", "人", "30000"),
        ("100", "平方公里", "公顷", "10000"),
        ("1", "家", "个", "1"),
    ],
)
def test_units_that_measure_the_same_are_converted_exactly(value, source, target, result):
    assert convert(Decimal(value), source, target) == Decimal(result)


@pytest.mark.parametrize(
    ("source", "target"),
    [("亿元", "亩"), ("元", "美元"), ("人", "户"), ("%", "百分点"), ("吨", "吨标准煤")],
)
def test_units_that_measure_different_things_are_refused(source, target):
    assert not convertible(source, target)
    with pytest.raises(UnitError, match=source):
        convert(Decimal(1), source, target)


def test_an_unknown_unit_is_refused_with_a_remedy():
    with pytest.raises(UnitError, match="The unit '亿圆' is not known"):
        unit("亿圆")


@pytest.mark.parametrize(
    ("text", "first", "months", "is_ytd"),
    [
        ("2022", (2022, 1), 12, False),
        ("2022-Q3", (2022, 7), 3, False),
        ("2022-06", (2022, 6), 1, False),
        ("2022-01/2022-06", (2022, 1), 6, True),
        ("2018-03/2022-03", (2018, 3), 49, False),
    ],
)
def test_a_period_is_whole_months(text, first, months, is_ytd):
    found = period(text)

    assert (found.start_year, found.start_month) == first
    assert (found.months, found.is_year_to_date) == (months, is_ytd)
    assert period(str(found)) == found


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2022-Q5", "2022-06/2022-01", "2022/"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="is not a period"):
        period(text)


def test_three_months_after_the_last_of_november_is_the_last_of_february():
    from datetime import date

    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


@pytest.mark.parametrize("line", units.WORKED_OUT.read_text(encoding="utf-8").splitlines())
def test_a_unit_that_is_worked_out_is_what_the_definitions_make_of_it(line):
    name = line.split("\t")[0]

    assert units.unit(name) == units.by_definition(name)


def test_common_units_are_converted_without_the_library_of_units():
    told = (
        "import sys; from decimal import Decimal; from lantu.core.figures.units import convert;"
        "print(convert(Decimal('1.5'), '亿美元', '万美元'), 'pint' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert found.stdout.split() == ["15000.0", "False"]
