"""When somebody is reminded: before the last day, on it, and ever more rarely after it."""

from datetime import date

import pytest

from lantu.core.warning.reminders import rung

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-4, None), (-3, "soon"), (-1, "soon"), (0, "last-day"), (1, "late"), (4, "late"),
        (5, "late-5"), (10, "late-10"), (200, "late-10"),
    ],
)  # fmt: skip
def test_the_steps_of_reminding_from_both_sides(days, name):
    found = rung(days, on=DAY)

    assert (found and found.name) == name


def test_what_is_late_is_said_in_working_days():
    assert rung(1, on=DAY).what == {"zh": "逾期1个工作日", "en": "1 working day late"}
    assert rung(-3, on=DAY).what == {"zh": "还剩3个工作日", "en": "3 working days left"}
    assert not rung(0, on=DAY).is_late


def test_before_the_first_rule_nobody_is_reminded():
    assert rung(10, on=date(2020, 12, 31)) is None
