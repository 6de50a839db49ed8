"""Working days of China: holidays, make-up days, suspensions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.clock import workdays
from lantu.core.clock.terms import Pause, Term, days_late, due

TODAY = date(2024, 12, 31)
DAYS = st.dates(date(2021, 1, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 10, 1), False),  # National Day
        (date(2024, 10, 12), True),  # a Saturday that was worked for it
        (date(2024, 10, 7), False),  # a Monday off
        (date(2024, 10, 8), True),
        (date(2024, 10, 19), False),  # an ordinary Saturday
    ],
)
def test_days_off_and_make_up_days(day, works):
    assert workdays.is_workday(day) is works


def test_five_working_days_over_national_day_end_on_the_make_up_saturday():
    assert workdays.after(date(2024, 9, 30), 5) == date(2024, 10, 12)


def test_a_term_of_zero_days_ends_where_it_begins():
    assert workdays.after(date(2024, 10, 3), 0) == date(2024, 10, 3)


def test_a_year_that_is_not_announced_is_counted_monday_to_friday_and_said_so():
    found = due(date(2090, 1, 6), Term(5), today=TODAY)

    assert found.is_provisional
    assert found.day == date(2090, 1, 13)


def test_calendar_days_are_never_provisional():
    assert not due(date(2090, 1, 6), Term(5, "days"), today=TODAY).is_provisional


def test_a_pause_of_three_working_days_moves_the_end_by_three():
    plain = due(date(2024, 3, 4), Term(10), today=TODAY).day
    pause = Pause(date(2024, 3, 6), date(2024, 3, 11))  # Wednesday to Friday, on Monday it goes on

    assert workdays.between(plain, due(date(2024, 3, 4), Term(10), [pause], today=TODAY).day) == 3


def test_a_pause_that_lasts_moves_the_end_with_every_day():
    pause = [Pause(date(2024, 3, 6))]
    one = due(date(2024, 3, 4), Term(10), pause, today=date(2024, 3, 20)).day
    two = due(date(2024, 3, 4), Term(10), pause, today=date(2024, 3, 21)).day

    assert two > one


def test_a_pause_after_the_end_changes_nothing():
    late = [Pause(date(2024, 5, 6), date(2024, 5, 20))]

    assert due(date(2024, 3, 4), Term(5), late, today=TODAY) == due(
        date(2024, 3, 4), Term(5), today=TODAY
    )


def test_days_late_are_working_days():
    assert days_late(date(2024, 9, 30), date(2024, 10, 9)) == 2
    assert days_late(date(2024, 9, 30), date(2024, 9, 30)) == 0


@given(DAYS, st.integers(0, 60))
def test_a_term_holds_exactly_its_working_days(start, count):
    end = workdays.after(start, count)

    assert workdays.between(start, end) == count
    assert count == 0 or workdays.is_workday(end)


@given(DAYS, st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_a_pause_never_brings_the_end_forward(start, count, begins, lasts):
    since = start + timedelta(days=begins)
    pause = Pause(since, since + timedelta(days=lasts))

    assert (
        due(start, Term(count), [pause], today=TODAY).day
        >= due(start, Term(count), today=TODAY).day
    )
