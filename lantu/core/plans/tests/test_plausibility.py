"""A figure that looks odd raises a question; it is never forbidden."""

from decimal import Decimal

import pytest

from lantu.core.plans.plausibility import questions

HISTORY = {2020: Decimal(100), 2021: Decimal(110), 2022: Decimal(121)}


def keys(value, history=HISTORY, unit="亿元", year=2023, **more):
    found = questions(Decimal(value), unit, history=history, year=year, **more)
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("value", "raised"),
    [
        ("133", []),
        ("145.2", []),  # 20 % more is twice the usual step
        ("150", ["jump"]),
        ("60", ["jump"]),
        ("121", ["same"]),
        ("1330000", ["unit"]),  # 万元 for 亿元
        ("0.0133", ["unit"]),
        ("-5", ["negative"]),
        ("0", []),
    ],
)
def test_a_volume_is_held_against_its_own_past(value, raised):
    assert keys(value) == raised


def test_a_question_about_the_unit_names_it_in_the_language_of_the_question():
    [found] = questions(Decimal(1_330_000), "亿元", history=HISTORY, year=2023)

    assert "单位是“亿元”" in found.zh
    assert "The unit is CNY 100 m:" in found.en


def test_the_first_figure_raises_nothing():
    assert keys("999", history={}) == []


def test_later_years_are_not_the_past():
    assert keys("100", history={2024: Decimal(100)}) == []


@pytest.mark.parametrize(
    ("value", "raised"), [("101", ["share"]), ("100", []), ("-1", ["share", "negative"])]
)
def test_a_share_lies_between_0_and_100(value, raised):
    assert keys(value, history={}, unit="%", is_share=True) == raised


@pytest.mark.parametrize(("value", "raised"), [("-12", []), ("120", ["steep"]), ("99", [])])
def test_growth_may_be_negative_but_seldom_doubles(value, raised):
    assert keys(value, history={}, unit="%", is_growth=True) == raised


def test_a_question_is_asked_in_both_languages_with_the_numbers():
    (one,) = questions(Decimal(150), "亿元", history=HISTORY, year=2023)

    assert "121" in one.zh and "24.0%" in one.zh
    assert "121" in one.en and "24.0%" in one.en
