"""Will a promise be met? The simulated futures go before the same judge as real figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.judging.forecast.assumptions import assumptions
from lantu.core.judging.forecast.outlook import outlook
from lantu.core.judging.forecast.series import ahead, errors, series
from lantu.core.judging.records import Base, Commitment, Fact, Plan

PLAN = Plan(2021, 2025)
END_OF_2023 = date(2023, 12, 31)


def level(target, **more):
    base = Base(2020, Decimal(100))
    return Commitment("level", target=Decimal(target), base=base, unit="亿元", **more)


def facts(*values, start=2021, **more):
    return [Fact(start + i, Decimal(str(value)), **more) for i, value in enumerate(values)]


def test_growth_that_runs_far_ahead_of_the_target_is_likely_to_meet_it():
    found = outlook(level(150), facts(120, 144, 172), plan=PLAN, as_of=END_OF_2023)

    assert found.band == "likely"
    assert found.probability > Decimal("0.9")


def test_a_target_far_beyond_all_growth_so_far_is_unlikely():
    found = outlook(level(400), facts(103, 106, 109), plan=PLAN, as_of=END_OF_2023)

    assert found.band == "unlikely"
    assert found.was_reached_before is False


def test_the_growth_still_needed_stands_beside_the_best_ever_reached():
    found = outlook(level(144), facts(110, 110, 100), plan=PLAN, as_of=END_OF_2023)

    assert round(found.needed, 6) == 20  # from 100 to 144 in two years
    assert round(found.best, 6) == 10
    assert found.was_reached_before is False


def test_a_falling_target_asks_for_falls():
    promise = Commitment("level", target=Decimal(81), base=Base(2020, Decimal(100)), unit="吨")
    found = outlook(promise, facts(95, 90, 100), plan=PLAN, as_of=END_OF_2023)

    assert round(found.needed, 6) == 10
    assert found.best > 5


def test_growth_from_rates_needs_what_the_judge_says():
    promise = Commitment("growth", growth_pct=Decimal(10), unit="%")
    rates = [Fact(2021 + i, Decimal(rate), "growth") for i, rate in enumerate((12, 9, 8, 10))]
    found = outlook(promise, rates, plan=PLAN, as_of=date(2024, 12, 31))

    assert found.is_rate
    assert round(found.needed, 1) == Decimal("11.0")
    assert found.best == 12


def test_one_figure_is_too_few_and_so_is_none():
    promise = Commitment("level", target=Decimal(20), unit="个")

    assert outlook(promise, [], plan=PLAN, as_of=END_OF_2023).refusal == "too-few"
    assert outlook(promise, facts(5), plan=PLAN, as_of=END_OF_2023).refusal == "too-few"


def test_a_short_series_without_a_reference_of_its_kind_is_refused():
    promise = Commitment("level", target=Decimal(80), base=Base(2020, Decimal(60)), unit="%")
    found = outlook(promise, facts(62, 65), plan=PLAN, as_of=date(2022, 12, 31))

    assert found.refusal == "no-scatter"
    assert found.probability is None


def test_a_longer_series_speaks_for_its_own_scatter():
    promise = Commitment("level", target=Decimal(80), base=Base(2019, Decimal(60)), unit="%")
    found = outlook(promise, facts(64, 68, 72, 76), plan=PLAN, as_of=date(2024, 12, 31))

    assert found.refusal is None
    assert found.scatter_source is None


@pytest.mark.parametrize("form", ["milestone", "task", "relative", "rank", "delegated"])
def test_events_ranks_and_open_targets_have_no_outlook(form):
    found = outlook(Commitment(form), facts(1, 2, 3), plan=PLAN, as_of=END_OF_2023)

    assert found.refusal == "no-form"


def test_nothing_is_foretold_once_the_last_year_is_known():
    found = outlook(level(150), facts(110, 120, 130, 140, 150), plan=PLAN, as_of=date(2025, 12, 31))

    assert found.refusal == "over"


def test_a_figure_not_yet_known_is_not_foreseen():
    late = [Fact(2023, Decimal(300), known_on=date(2024, 6, 1))]
    known = facts(105, 110, known_on=date(2023, 3, 1))

    then = outlook(
        level(150), [*known, *late], plan=PLAN, as_of=END_OF_2023, known_on=date(2024, 1, 1)
    )

    assert then.points == 3  # the printed base and two figures
    assert then.years[0].year == 2023


def test_the_same_question_has_the_same_answer():
    ask = {"plan": PLAN, "as_of": END_OF_2023}

    assert outlook(level(150), facts(110, 121, 133), **ask) == outlook(
        level(150), facts(110, 121, 133), **ask
    )


def test_ranges_widen_with_the_years():
    found = outlook(level(150), facts(110, 121), plan=PLAN, as_of=date(2022, 12, 31))

    widths = [year.high - year.low for year in found.years]
    assert widths == sorted(widths)
    assert all(year.low <= year.middle <= year.high for year in found.years)


def test_a_gap_of_two_years_is_two_steps():
    found = series({2020: Decimal(100), 2022: Decimal(121), 2023: Decimal("133.1")}, "亿元")

    assert [round(step, 6) for step in found.steps()] == [0.09531, 0.09531]
    assert list(errors(found, "mean", 1.0)) == pytest.approx([0.0])


def test_a_damped_trend_lies_between_the_last_value_and_the_mean_growth():
    found = series({2020: Decimal(100), 2021: Decimal(110)}, "亿元")

    assert ahead(found, "last", 3, 0.8) < ahead(found, "damped", 3, 0.8)
    assert ahead(found, "damped", 3, 0.8) < ahead(found, "mean", 3, 0.8)


def test_every_assumption_has_a_source_in_both_languages():
    found = assumptions(date(2026, 1, 1))

    for number in (found.damping, found.lasting, found.likely, *found.scatter.values()):
        assert number.source["zh"] and number.source["en"]


@given(
    st.lists(st.decimals(min_value=1, max_value=10**6, places=2), min_size=2, max_size=4),
    st.decimals(min_value=1, max_value=10**6, places=1),
)
def test_any_short_series_has_an_outlook_or_a_reason(values, target):
    found = outlook(
        Commitment("level", target=target, unit="亿元"),
        facts(*values),
        plan=PLAN,
        as_of=date(2024, 12, 31),
        paths=20,
    )

    assert (found.refusal is None) == (found.probability is not None)
    if found.probability is not None:
        assert 0 <= found.probability <= 1
