"""How far a late promise, or a late paper, climbs."""

from datetime import date

import pytest

from lantu.core.judging.states import STATES
from lantu.core.warning.ladder import LEVELS, ladder, of_delay, of_promise

DAY = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("states", "is_binding", "level"),
    [
        (["behind"], False, "reminder"),
        (["behind", "behind"], False, "yellow"),
        (["behind", "badly-behind", "behind", "behind"], False, "orange"),
        (["badly-behind", "on-track"], False, "yellow"),
        (["badly-behind", "behind"], False, "orange"),
        (["missed"], False, "red"),
        (["behind"], True, "yellow"),
        (["missed"], True, "red"),
    ],
)
def test_a_promise_climbs_by_its_state_and_by_years_running(states, is_binding, level):
    found = of_promise(states, is_binding=is_binding, on=DAY)

    assert found is not None
    assert found.level == level


@pytest.mark.parametrize("states", [[], ["on-track", "missed"], ["no-data", "behind"], ["not-due"]])
def test_what_is_not_late_now_gets_no_warning_whatever_was(states):
    assert of_promise(states, is_binding=True, on=DAY) is None


@pytest.mark.parametrize(
    ("days", "level"), [(0, None), (1, "reminder"), (4, "yellow"), (5, "orange"), (40, "red")]
)
def test_a_paper_climbs_by_working_days(days, level):
    found = of_delay(days, on=DAY)

    assert (found and found.level) == level


def test_a_warning_says_why_in_both_languages():
    found = of_promise(["behind", "behind"], is_binding=True, on=DAY)

    assert found is not None
    assert found.why["zh"] == "滞后预期，连续2年滞后；约束性指标升一级"
    assert "late 2 years running" in found.why["en"]


def test_there_is_no_ladder_before_its_first_day():
    assert ladder(date(2020, 12, 31)) is None
    assert of_promise(["missed"], is_binding=False, on=date(2020, 12, 31)) is None


def test_the_ladder_speaks_of_states_that_the_judge_knows():
    found = ladder(DAY)

    assert found is not None
    assert set(found.states) <= set(STATES)
    assert list(found.levels) == list(LEVELS)
