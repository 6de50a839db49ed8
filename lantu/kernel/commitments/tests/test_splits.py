"""Targets handed down, set for a year, and revised: everything on record, nothing eased unseen."""

from datetime import date
from decimal import Decimal

import pytest

from lantu.core.errors import Refused
from lantu.core.plans.splits import is_eased
from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.commitments import queries
from lantu.kernel.commitments.actions import (
    decide_revision,
    hand_down,
    propose_revision,
    release_split,
    set_annual,
    take_back,
)
from lantu.kernel.commitments.models import Plan

NAME = "qinghe-2021-2025"


@pytest.fixture
def plan(qinghe):
    return Plan.objects.get(name=NAME)


@pytest.fixture
def planner(qinghe):
    return person(qinghe, "dora", "planner")


@pytest.fixture
def leader(qinghe):
    return person(qinghe, "lea", "leader")


def person(zone, name, role):
    user = create_user(name, password="a-long-enough-secret", by=None)
    grant_role(user, zone, role, by=None)
    return user


def record(code):
    return next(one for one in queries.plan(NAME).commitments if one.code == code)


def departments():
    return list(queries.plan(NAME).departments)


def binding():
    return next(
        one
        for one in queries.plan(NAME).commitments
        if one.nature == "binding" and one.target_value is not None
    )


def test_a_split_that_adds_up_is_released(plan, planner):
    first, second, *_ = departments()
    hand_down(plan, "bridges", department=first, part="lead", value=Decimal(3), by=planner)
    rest = record("bridges").target_value - 3
    hand_down(plan, "bridges", department=second, part="support", value=rest, by=planner)

    release_split(plan, "bridges", by=planner)

    found = queries.split(queries.plan(NAME), record("bridges"))
    assert (found.is_released, found.balance.remainder) == (True, 0)


def test_what_is_left_open_must_be_explained(plan, planner):
    first, *_ = departments()
    hand_down(plan, "bridges", department=first, part="lead", value=Decimal(1), by=planner)

    with pytest.raises(Refused, match="is left open. Hand it down or explain it."):
        release_split(plan, "bridges", by=planner)

    release_split(plan, "bridges", by=planner, explanation="其余由省厅建设")
    assert queries.split(queries.plan(NAME), record("bridges")).explanation == "其余由省厅建设"


def test_a_released_split_is_closed(plan, planner):
    first, *_ = departments()
    hand_down(plan, "bridges", department=first, part="lead", by=planner)
    release_split(plan, "bridges", by=planner)

    with pytest.raises(Refused, match="was released"):
        take_back(plan, "bridges", department=first, by=planner)


def test_an_expected_target_is_tracked_and_not_handed_down(plan, planner):
    first, *_ = departments()

    with pytest.raises(Refused, match="it is tracked, not handed down"):
        hand_down(plan, "gdp", department=first, part="lead", value=Decimal(100), by=planner)

    hand_down(plan, "gdp", department=first, part="track", by=planner)
    assert queries.responsible(queries.plan(NAME))["gdp"] == (first,)


def test_a_department_that_the_plan_does_not_know_is_refused(plan, planner):
    with pytest.raises(Refused, match="The plan knows no department moon"):
        hand_down(plan, "bridges", department="moon", part="lead", by=planner)


def test_an_annual_target_judges_the_year(plan, planner):
    ask = Question(date(2022, 12, 31))
    before = queries.explained(NAME, "gdp", ask).verdict

    set_annual(plan, "gdp", 2022, Decimal(190), document="2022年计划", by=planner)

    after = queries.explained(NAME, "gdp", ask).verdict
    assert after.state == before.state  # the plan to date keeps its own path
    assert after.year.state in ("behind", "badly-behind")


def test_an_annual_target_needs_its_paper_and_its_year(plan, planner):
    with pytest.raises(Refused, match="needs the paper"):
        set_annual(plan, "gdp", 2022, Decimal(150), document=" ", by=planner)
    with pytest.raises(Refused, match="2030 is not a year of this promise"):
        set_annual(plan, "gdp", 2030, Decimal(150), document="计划", by=planner)


def test_setting_the_same_annual_target_twice_leaves_one_entry(plan, planner):
    for _ in range(2):
        set_annual(plan, "gdp", 2022, Decimal(150), document="2022年计划", by=planner)

    assert LedgerEntry.objects.filter(object_type="annual-target").count() == 1


def test_a_binding_target_cannot_be_made_easier(plan, planner):
    promise = binding()
    step = Decimal("0.1")
    easier = next(
        value
        for value in (promise.target_value - step, promise.target_value + step)
        if is_eased(promise, value)
    )

    with pytest.raises(Refused, match="To ease it, load the amended plan."):
        propose_revision(plan, promise.code, easier, reason="太难", document="会议纪要", by=planner)


def test_a_revision_counts_once_a_colleague_approved_it(plan, planner, leader):
    found = propose_revision(
        plan, "gdp", Decimal(190), reason="口径调整", document="管委会纪要3号", by=planner
    )
    assert record("gdp").target_value == 200

    with pytest.raises(Refused, match="Ask a colleague"):
        decide_revision(found, approve=True, by=planner)
    decide_revision(found, approve=True, by=leader)

    assert record("gdp").target_value == 190
    (line,) = queries.revisions(queries.plan(NAME), "gdp")
    assert (line.old, line.new, line.decided_by) == (200, 190, "lea")
    assert verify().faults == ()


def test_a_refused_revision_changes_nothing_and_says_why(plan, planner, leader):
    found = propose_revision(
        plan, "gdp", Decimal(190), reason="口径调整", document="纪要", by=planner
    )

    with pytest.raises(Refused, match="needs a reason"):
        decide_revision(found, approve=False, by=leader)
    decide_revision(found, approve=False, by=leader, note="依据不足")

    assert record("gdp").target_value == 200


def test_two_proposals_do_not_wait_at_once(plan, planner):
    propose_revision(plan, "gdp", Decimal(190), reason="一", document="纪要", by=planner)

    with pytest.raises(Refused, match="waits for a decision already"):
        propose_revision(plan, "gdp", Decimal(195), reason="二", document="纪要", by=planner)
