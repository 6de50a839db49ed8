"""A split adds up, multiplies up, or says what it leaves open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.judging.records import Base, Plan
from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.splits import (
    Part,
    balance,
    balance_of_years,
    is_eased,
    sort_of,
    years_of,
)

PLAN = Plan(2021, 2025)


def promise(form, target=None, **more):
    fields = {"code": "p", "kind": "target", "title": {"zh": "", "en": ""}, "unit": "亿元"}
    value = None if target is None else Decimal(target)
    return PlanCommitment(**{**fields, "form": form, "target_value": value, **more})


def parts(*pairs):
    return [
        Part(f"d{place}", Decimal(value), None if weight is None else Decimal(weight))
        for place, (value, weight) in enumerate(pairs)
    ]


def test_amounts_add_up():
    found = balance("additive", Decimal(100), parts(("60", None), ("40", None)))

    assert (found.got, found.remainder, found.holds) == (100, 0, True)


def test_what_is_left_open_is_shown():
    found = balance("additive", Decimal(100), parts(("60", None), ("30", None)))

    assert (found.remainder, found.holds) == (10, False)


def test_within_half_a_unit_of_the_print_it_holds():
    assert balance("additive", Decimal("100"), parts(("99.6", None))).holds
    assert not balance("additive", Decimal("100.0"), parts(("99.6", None))).holds


def test_growth_is_weighted_by_the_base_it_grows_from():
    # 75 growing by 12 % and 25 growing by 4 % grow by 10 % together; the mean of the rates is 8.
    found = balance("weighted", Decimal(10), parts(("12", "75"), ("4", "25")))

    assert found.got == 10


def test_shares_come_from_numerators_and_denominators():
    # 9 of 10 and 10 of 90 are 19 of 100, not the mean of 90 % and 11 %.
    found = balance("ratio", Decimal(19), parts(("9", "10"), ("10", "90")))

    assert found.got == 19


def test_a_part_that_is_not_known_makes_the_whole_unknown():
    found = balance("additive", Decimal(10), [Part("a", Decimal(10)), Part("b", None)])

    assert (found.got, found.remainder, found.missing) == (None, None, ("b",))
    assert not found.holds


def test_a_weight_that_is_not_known_is_missing_too():
    assert balance("weighted", Decimal(5), [Part("a", Decimal(5))]).missing == ("a",)


@pytest.mark.parametrize(
    ("form", "unit", "sort"),
    [
        ("growth", "%", "weighted"),
        ("level", "%", "ratio"),
        ("level", "万元/亩", "ratio"),
        ("cumulative", "亿元", "additive"),
    ],
)
def test_the_sort_follows_form_and_unit(form, unit, sort):
    assert sort_of(promise(form, "1", unit=unit)) == sort


def test_a_sum_is_spread_evenly():
    assert years_of(promise("cumulative", "10"), PLAN) == dict.fromkeys(range(2021, 2026), 2)


def test_a_level_of_money_grows_by_one_factor():
    found = years_of(promise("level", "200", base=Base(2020, Decimal(100))), PLAN)

    assert round(found[2021], 2) == Decimal("114.87")
    assert found[2025] == 200


def test_an_annual_target_stands_before_the_path():
    record = promise("cumulative", "10", annual={2021: Decimal("1.5")})

    assert years_of(record, PLAN)[2021] == Decimal("1.5")


def test_falls_multiply_up():
    record = promise("reduction", "13.5", unit="%")

    assert balance_of_years(record, PLAN, years_of(record, PLAN)).holds


def test_annual_growth_multiplies_up_to_the_mean():
    record = promise("growth", growth_pct=Decimal(11), unit="%")
    annual = dict(zip(range(2021, 2026), map(Decimal, (9, 10, 11, 12, 13)), strict=True))

    assert round(balance_of_years(record, PLAN, annual).got, 2) == Decimal("10.99")


def test_annual_plans_that_stay_short_are_seen():
    annual = dict.fromkeys(range(2021, 2026), Decimal(1))

    assert balance_of_years(promise("cumulative", "10"), PLAN, annual).remainder == 5


@pytest.mark.parametrize(
    ("record", "value", "eased"),
    [
        (promise("level", "200", base=Base(2020, Decimal(100))), "190", True),
        (promise("level", "200", base=Base(2020, Decimal(100))), "210", False),
        (promise("level", "35", base=Base(2020, Decimal(60))), "40", True),
        (promise("ceiling", "5"), "6", True),
        (promise("ceiling", "5"), "4", False),
        (promise("reduction", "18"), "16", True),
        (promise("rank", "100"), "120", True),
        (promise("growth", growth_pct=Decimal(11)), "10", True),
        (promise("delegated"), "1", True),
    ],
)
def test_what_eases_a_target(record, value, eased):
    assert is_eased(record, Decimal(value)) is eased


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=8))
def test_a_split_of_any_amounts_holds_for_their_sum(values):
    found = [Part(str(place), value) for place, value in enumerate(values)]

    assert balance("additive", sum(values), found).holds
