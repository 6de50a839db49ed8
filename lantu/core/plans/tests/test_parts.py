"""A department's part of a promise is a promise of its own, with its own figures and base."""

from decimal import Decimal

import pytest

from lantu.core.judging.records import Base, Plan
from lantu.core.plans.parts import part_of
from lantu.core.plans.records import Measure, PlanCommitment

PERIOD = Plan(2021, 2025)


def promise(form="cumulative", **more):
    more = {"unit": "亿元", "target_value": Decimal(10)} | more
    return PlanCommitment(
        "x", "commitment", {"zh": "x", "en": "x"}, form=form,
        base=Base(2020, Decimal(4)), measured_by=Measure("投资", "全区"), **more,
    )  # fmt: skip


def test_a_part_of_the_whole_plan_has_its_own_target_subject_and_no_printed_base():
    part, years = part_of(promise(), "经发局", Decimal(6), year=0, period=PERIOD)

    assert (part.target_value, part.measured_by.subject) == (6, "经发局")
    assert part.base == Base() and years == PERIOD


def test_a_part_of_one_year_is_a_plan_one_year_long():
    part, years = part_of(promise(), "经发局", Decimal(2), year=2024, period=PERIOD)

    assert (part.target_year, years) == (2024, Plan(2024, 2024))


def test_a_part_of_growth_is_a_rate():
    growth = promise("growth", growth_pct=Decimal(9), target_value=None, unit="%")
    part, _ = part_of(growth, "经发局", Decimal(11), year=0, period=PERIOD)

    assert part.growth_pct == 11


@pytest.mark.parametrize(
    "record",
    [promise("level", unit="%"), promise("task"), promise("multiple", k=Decimal(2))],
    ids=["a share", "a task", "a multiple"],
)
def test_what_does_not_add_up_has_no_part_that_is_told_by_a_number(record):
    assert part_of(record, "经发局", Decimal(6), year=0, period=PERIOD) is None
