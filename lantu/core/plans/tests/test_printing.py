"""What a promise says in a cell of a table."""

from decimal import Decimal

import pytest

from lantu.core.plans.printing import target_of, unit_of
from lantu.core.plans.records import PlanCommitment


def record(form, **more):
    return PlanCommitment("a", "target", {}, form=form, target_value=Decimal(100), **more)


@pytest.mark.parametrize(
    ("form", "comparator", "printed"),
    [("rank", "", "≤100"), ("level", "", "100"), ("floor", ">=", "≥100"), ("level", "=", "100")],
)
def test_a_place_is_reached_at_it_or_before_it(form, comparator, printed):
    assert target_of(record(form, comparator=comparator)) == printed


@pytest.mark.parametrize(
    ("form", "unit", "printed"),
    [("change", "%", "个百分点"), ("level", "%", "%"), ("change", "岁", "岁")],
)
def test_a_share_rises_by_points(form, unit, printed):
    assert unit_of(record(form, unit=unit)) == printed
