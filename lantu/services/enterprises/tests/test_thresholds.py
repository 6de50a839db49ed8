"""Thresholds: met, near, far, or unknown; what is missing is a number."""

from datetime import date
from decimal import Decimal

import pytest

from lantu.services.enterprises.thresholds import Firm, measure, standings

FULL = {
    "revenue": 10_000, "employees": 100, "rd_spending": 500, "rd_staff": 30, "assets": 8_000,
    "rights_first": 1, "rights_second": 0, "hightech_revenue": 7_000, "niche_years": 6,
    "main_product_revenue": 8_000, "debts": 4_000,
}  # fmt: skip


def firm(year=2024, founded=date(2015, 1, 1), **more):
    figures = {key: Decimal(str(value)) for key, value in {**FULL, **more}.items()
               if value is not None}  # fmt: skip
    return Firm({back: figures for back in range(year - 2, year + 1)}, year, founded)


def state(found, name):
    return next(one for one in standings(found) if one.name == name)


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [("2000", "met"), ("1999.99", "near"), ("1599", "far"), (None, "unknown")],
)
def test_above_scale_is_two_thousand(revenue, expected):
    assert state(firm(revenue=revenue), "above_scale").state == expected


def test_before_2011_it_was_five_hundred():
    assert state(firm(year=2010, revenue="600"), "above_scale").state == "met"


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({}, 90),  # staff 30 % → 20, R&D 5 % → 40, one right of class I → 30
        ({"rd_staff": 29}, 86),
        ({"rd_spending": 600}, 100),
        ({"rd_spending": 199}, 50),
        ({"rights_first": 0, "rights_second": 3}, 78),
        ({"rights_first": 0, "rights_second": 0}, 60),
        ({"rd_staff": None}, None),
        ({"rights_first": None, "rights_second": None}, None),
    ],
)
def test_the_hundred_points_of_a_technology_sme(figures, points):
    assert measure("technology_points", firm(**figures)) == points


def test_a_technology_sme_is_small_and_has_somebody_for_technology():
    assert state(firm(), "technology_sme").state == "met"
    too_large = state(firm(employees=501, rd_staff=200), "technology_sme")
    assert too_large.state == "near"
    assert [(one.what, one.gap) for one in too_large.open_conditions] == [("employees", 1)]
    assert state(firm(rd_staff=0), "technology_sme").state == "far"


@pytest.mark.parametrize(
    ("revenue", "spent", "met"),
    [(5_000, 250, True), (5_000, 249, False), (20_000, 800, True), (20_001, 601, True)],
)
def test_the_share_of_research_of_a_high_tech_firm_goes_by_its_size(revenue, spent, met):
    found = firm(revenue=revenue, rd_spending=spent, hightech_revenue=revenue)

    condition = next(one for one in state(found, "high_tech").conditions
                     if one.what == "rd_ratio_three_years")  # fmt: skip
    assert condition.is_met is met


def test_a_young_firm_is_measured_over_the_years_it_has():
    figures = {key: Decimal(value) for key, value in FULL.items()}

    found = Firm({2024: figures}, 2024, date(2024, 2, 1))

    assert measure("rd_ratio_three_years", found) == Decimal("0.05")
    assert measure("rd_ratio_three_years", Firm({2024: figures}, 2024, date(2020, 2, 1))) is None


def test_what_is_not_reported_is_unknown_and_neither_met_nor_missed():
    found = state(firm(niche_years=None), "specialised")

    assert found.state == "unknown"
    (one,) = found.open_conditions
    assert (one.what, one.is_met, one.gap) == ("niche_years", None, None)


def test_specialised_firms_and_little_giants():
    assert state(firm(), "specialised").state == "met"
    missing = state(firm(rd_spending=290), "specialised").open_conditions
    assert [(one.what, one.gap) for one in missing] == [("rd_ratio", Decimal("0.001"))]
    giant = state(firm(revenue=12_000, main_product_revenue=9_000), "little_giant")
    # The revenue of two years ago was the same, so it did not grow.
    assert [one.what for one in giant.open_conditions] == ["revenue_growth_two_years"]
