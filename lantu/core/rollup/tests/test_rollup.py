"""Totals are exact, the same by steps as at once, and never take the unknown for zero."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.figures.periods import period
from lantu.core.rollup.kinds import kinds
from lantu.core.rollup.ratios import Ratio
from lantu.core.rollup.slots import Years, beneath
from lantu.core.rollup.sums import Sums
from lantu.core.rollup.tree import grow

UPPERS = {"province": None, "north": "province", "south": "province", "far": "south", "other": None}
LYING = {"a": "north", "b": "north", "c": "south", "d": "far", "e": "province", "f": "other"}
YEARS = Years(2023, 2024)
TREE = grow(UPPERS, LYING)


def at(text):
    return YEARS.slot(period(text))


# A plain reference, slow and without any array


def lies_in(unit, area):
    above = LYING[unit]
    while above is not None and above != area:
        above = UPPERS[above]
    return above == area


def of_unit(cells, unit, slot, time):
    """(sum of what is known, is anything known, is all known)"""
    if (unit, slot) in cells:
        return cells[unit, slot], True, True
    below = [] if time == "none" else list(beneath(slot))
    if not below:
        return Decimal(0), False, False
    parts = [of_unit(cells, unit, one, time) for one in below]
    if time == "last":
        return parts[-1]
    return (
        plain_sum(part[0] for part in parts),
        any(part[1] for part in parts),
        all(part[2] for part in parts),
    )


def plain_sum(values):
    with localcontext(prec=200):
        return sum(values, Decimal(0))


def expected(cells, area, slot, time):
    parts = [of_unit(cells, unit, slot, time) for unit in LYING if lies_in(unit, area)]
    some, whole = (sum(part[place] for part in parts) for place in (1, 2))
    known = plain_sum(part[0] for part in parts if part[1]) if some else None
    return known, whole, some - whole, len(parts)


def assert_as_reference(found, cells, time):
    for area in UPPERS:
        for slot in range(YEARS.slots):
            total = found.total(area, slot)
            got = (total.known, total.whole, total.partly, total.of)
            assert got == expected(cells, area, slot, time), (area, slot)


NUMBERS = st.one_of(
    st.decimals(-1000, 1000, places=2),
    st.decimals(-10, 10, places=9),
    st.sampled_from([Decimal("0.00"), Decimal(10**28), -Decimal(10**28) - 1, Decimal("1e-29")]),
)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(list(LYING)), st.integers(0, YEARS.slots - 1)), NUMBERS, max_size=60
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(list(LYING)), st.integers(0, YEARS.slots - 1), st.none() | NUMBERS
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(CELLS, STEPS, st.sampled_from(["sum", "last", "none"]))
def test_totals_are_those_of_a_plain_sum_at_once_and_cell_by_cell(cells, steps, time):
    found = Sums(TREE, YEARS, time=time)
    found.fill((unit, slot, value) for (unit, slot), value in cells.items())
    assert_as_reference(found, cells, time)

    for unit, slot, value in steps:
        found.put(unit, slot, value)
        if value is None:
            cells.pop((unit, slot), None)
        else:
            cells[unit, slot] = value
    assert_as_reference(found, cells, time)


@settings(max_examples=40, deadline=None)
@given(CELLS, CELLS, st.booleans())
def test_a_ratio_is_of_totals_over_the_same_units(above, below, is_weighted):
    over, under = Sums(TREE, YEARS), Sums(TREE, YEARS)
    for sums, cells in ((over, above), (under, below)):
        sums.fill((unit, slot, value) for (unit, slot), value in cells.items())
    found = Ratio(over, under, times=100, is_weighted=is_weighted)

    for area in UPPERS:
        for slot in range(YEARS.slots):
            both = [
                (of_unit(above, unit, slot, "sum"), of_unit(below, unit, slot, "sum"))
                for unit in LYING
                if lies_in(unit, area)
            ]
            pairs = [(one[0], other[0]) for one, other in both if one[2] and other[2]]
            total = found.total(area, slot)
            assert (total.whole, total.of) == (len(pairs), len(both))
            divisor = plain_sum(y for _, y in pairs)
            if not divisor:
                assert total.known is None
                continue
            with localcontext(prec=200):
                dividend = sum((x * y if is_weighted else x for x, y in pairs), Decimal(0))
            with localcontext(ARITHMETIC):
                assert total.known == dividend * 100 / divisor


# What it means


def filled(*cells, **how):
    found = Sums(TREE, YEARS, **how)
    found.fill((unit, at(text), Decimal(value)) for unit, text, value in cells)
    return found


def test_an_unknown_unit_is_not_zero_and_the_rest_is_a_lower_bound():
    total = filled(("a", "2024", "1.50")).total("north", at("2024"))

    assert (total.value, total.at_least) == (None, Decimal("1.50"))
    assert (total.whole, total.of) == (1, 2)


def test_where_nothing_is_known_there_is_no_number_at_all():
    total = filled(("a", "2024", "1")).total("far", at("2024"))

    assert (total.value, total.at_least, total.known, total.of) == (None, None, None, 1)


def test_an_approved_zero_is_known():
    total = filled(("d", "2024", "0")).total("far", at("2024"))

    assert (total.value, total.is_complete) == (Decimal(0), True)


def test_what_may_be_below_zero_has_no_lower_bound():
    declared = filled(("a", "2024", "3"), missing="null").total("north", at("2024"))
    seen = filled(("a", "2024", "3"), ("c", "2023", "-1")).total("north", at("2024"))

    assert declared.at_least is None and seen.at_least is None
    assert declared.known == 3


def test_a_flow_adds_up_to_its_year_and_a_stock_takes_the_last_month():
    months = [("d", f"2024-{month:02d}", str(month)) for month in range(1, 13)]

    assert filled(*months).total("far", at("2024")).value == 78
    assert filled(*months, time="last").total("far", at("2024-Q1")).value == 3
    assert filled(*months, time="last").total("far", at("2024")).value == 12
    assert filled(*months, time="none").total("far", at("2024")).value is None


def test_a_stock_whose_last_month_is_missing_is_unknown():
    months = [("d", f"2024-{month:02d}", "5") for month in range(1, 12)]

    assert filled(*months, time="last").total("far", at("2024")).known is None


def test_eleven_months_make_part_of_a_year():
    months = [("d", f"2024-{month:02d}", "5") for month in range(1, 12)]
    total = filled(*months).total("far", at("2024"))

    assert (total.value, total.at_least, total.whole, total.partly) == (None, 55, 0, 1)


def test_a_year_that_was_reported_counts_before_its_months():
    found = filled(("d", "2024-01", "7"), ("d", "2024", "100"))
    assert found.total("far", at("2024")).value == 100

    found.put("d", at("2024-01"), Decimal(8))
    assert found.total("far", at("2024")).value == 100
    found.put("d", at("2024"), None)
    assert found.total("far", at("2024")).at_least == 8


def test_tax_per_mu_is_weighted_by_land_and_no_mean_of_ratios():
    over = filled(("a", "2024", "1"), ("b", "2024", "3"), ("c", "2024", "1000"))
    under = filled(("a", "2024", "100"), ("b", "2024", "900"))
    found = Ratio(over, under, times=10_000)

    # a pays 100 and b 33.3 a mu; the mean would be 66.7. c has no land that is known.
    assert found.total("north", at("2024")).value == 40
    south = found.total("province", at("2024"))
    assert (south.value, south.at_least, south.known, south.whole) == (None, None, 40, 2)


def test_totals_beyond_64_bits_keep_every_digit():
    found = filled(*((unit, "2024", "9" * 18 + ".9") for unit in LYING))
    assert found.total("province", at("2024")).value == Decimal("4999999999999999999.5")

    found.put("a", at("2024"), Decimal("1e-25"))
    assert found.total("province", at("2024")).value == Decimal(
        "3999999999999999999.6" + "0" * 23 + "1"
    )


def test_a_tree_says_what_is_wrong_with_it():
    with pytest.raises(ContentError, match="lies in itself"):
        grow({"x": "y", "y": "x"}, {})
    with pytest.raises(ContentError, match="There is no area z"):
        grow({"x": None}, {"a": "z"})


def test_a_tree_knows_what_lies_within_an_area_and_directly_in_it():
    assert TREE.within("south") == ("south", "far")
    assert TREE.directly("south") == ("c",)
    assert TREE.directly("province") == ("e",)


def test_every_kind_names_amounts_of_the_file():
    found = kinds()

    assert found["亩均税收"].names == ("税收收入", "工业用地面积")
    assert found["利润总额"].missing == "null"
    assert all(one.under in found for one in found.values() if one.areas != "sum")
