"""Targets as known on a day: what was approved later did not count yet."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.commitments import queries
from lantu.kernel.commitments.actions import decide_revision, propose_revision, set_annual
from lantu.kernel.commitments.models import AnnualTarget, Plan

NAME = "qinghe-2021-2025"
TODAY = timezone.localdate
YESTERDAY = timedelta(days=1)


@pytest.fixture
def plan(qinghe):
    return Plan.objects.get(name=NAME)


@pytest.fixture
def people(qinghe):
    found = []
    for name, role in (("dora", "planner"), ("lea", "leader")):
        user = create_user(name, password="a-long-enough-secret", by=None)
        grant_role(user, qinghe, role, by=None)
        found.append(user)
    return found


@pytest.fixture
def revised(plan, people):
    planner, leader = people
    proposal = propose_revision(
        plan, "gdp", Decimal(190), reason="口径调整", document="纪要3号", by=planner
    )
    return decide_revision(proposal, approve=True, by=leader)


def target(code, known_on=None):
    question = Question(date(2023, 12, 31), known_on)
    found = queries.commitments(NAME, question)
    return next(one.record for one in found if one.record.code == code).target_value


def test_a_revised_target_counts_from_the_day_of_its_approval(revised):
    assert target("gdp") == 190
    assert target("gdp", TODAY()) == 190
    assert target("gdp", TODAY() - YESTERDAY) == 200


def test_a_revision_that_is_only_proposed_moves_nothing(plan, people):
    propose_revision(plan, "gdp", Decimal(190), reason="口径", document="纪要", by=people[0])

    assert target("gdp", TODAY()) == 200
    assert queries.moves(NAME, date(2021, 1, 1), TODAY()) == []


def test_an_approval_is_told_among_the_moves_of_its_day(revised):
    [move] = queries.moves(NAME, TODAY() - YESTERDAY, TODAY())

    assert (move.code, move.sort, move.old, move.new) == ("gdp", "revision", "200", "190")
    assert (move.document, move.on) == ("纪要3号", TODAY())
    assert queries.moves(NAME, date(2021, 1, 1), TODAY() - YESTERDAY) == []


def annual(code, year, known_on=None):
    found = queries.commitments(NAME, Question(date(2023, 12, 31), known_on))
    record = next(one.record for one in found if one.record.code == code)
    return record.annual.get(year)


def test_the_first_target_of_a_year_counts_all_along_and_a_second_from_its_entry(plan, people):
    set_annual(plan, "gdp", 2024, Decimal(180), document="2024年计划", by=people[0])
    set_annual(plan, "gdp", 2024, Decimal(182), document="调整", by=people[0])
    first, second = AnnualTarget.objects.filter(plan=plan, code="gdp").order_by("pk")

    assert annual("gdp", 2024) == 182
    assert annual("gdp", 2024, TODAY()) == 182
    assert annual("gdp", 2024, TODAY() - YESTERDAY) == 180
    assert (first.value, second.value) == (180, 182)


def test_both_settings_of_a_year_are_told_with_what_they_moved(plan, people):
    set_annual(plan, "gdp", 2024, Decimal(180), document="2024年计划", by=people[0])
    set_annual(plan, "gdp", 2024, Decimal(182), document="调整", by=people[0])

    moves = queries.moves(NAME, TODAY() - YESTERDAY, TODAY())

    assert [(one.year, one.old, one.new) for one in moves] == [
        (2024, "", "180"),
        (2024, "180", "182"),
    ]


def test_an_amended_folder_is_told_by_what_it_moved(plan):
    from lantu.kernel.access.actions import record

    change = {
        "act": "change", "sort": "commitment", "code": "gdp",
        "before": {"target_value": "200"}, "after": {"target_value": "210"},
    }  # fmt: skip
    record(
        zone=plan.zone, by=None, act="load", object_type="plan", object_key=NAME,
        before={"fingerprint": "a"}, after={"fingerprint": "b", "changes": [change]},
    )  # fmt: skip

    [move] = queries.moves(NAME, TODAY() - YESTERDAY, TODAY())

    assert (move.sort, move.old, move.new) == ("amended", "200", "210")


def test_a_day_is_the_day_in_the_zones_own_time(plan, people):
    set_annual(plan, "gdp", 2024, Decimal(180), document="2024年计划", by=people[0])
    late = datetime.fromisoformat("2024-01-31T18:00:00+00:00")  # 2 o'clock in Shanghai
    AnnualTarget.objects.filter(plan=plan).update(at=late)

    assert queries.moves(NAME, date(2024, 1, 31), date(2024, 2, 1))[0].on == date(2024, 2, 1)
