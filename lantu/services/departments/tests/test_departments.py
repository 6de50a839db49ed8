"""A department's page: what it answers for, how that stands, what is due; who sees how much."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.actions import hand_down, release_split
from lantu.kernel.commitments.models import Plan
from lantu.services.departments import queries

MIDWAY = date(2023, 6, 30)


@pytest.fixture
def plan(qinghe):
    return Plan.objects.get(name="qinghe-2021-2025")


@pytest.fixture
def handed(plan, planner):
    """Bridges, which the plan gives to the building office, now led by planning."""
    return hand_down(
        plan, "bridges", department="planning", part="lead", value=Decimal(6), by=planner
    )


@pytest.fixture
def issued(qinghe, planner):
    """A return of a fortnight ago: late in working days, whatever the day is today."""
    from lantu.kernel.cases.actions import open_case

    clerk = create_user("ann", password="a-long-enough-secret", by=None)
    grant_role(clerk, qinghe, "clerk", by=None, department="industry")
    return open_case(
        qinghe, "returns.data_return", "r-1", title={"zh": "工业数据", "en": "Industry figures"},
        department="industry", due_on=localdate() - timedelta(days=14), by=planner,
        terms={"period": "2025", "plan": "qinghe-2021-2025", "vintage": "年报"},
    )  # fmt: skip


def page(zone, slug="industry", *, is_member=False, as_of=MIDWAY):
    plan = commitments.current_plan(zone)
    return queries.department(zone, plan, slug, Question(as_of), localdate(), is_member=is_member)


def text(client, address, language="zh-hans"):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_department_leads_what_the_plan_names_it_for(qinghe):
    plan = commitments.current_plan(qinghe)
    named = {one.code for one in plan.commitments if one.is_judged and one.lead == "industry"}

    found = page(qinghe)

    assert {one.code for one in found.leads} == named
    assert all(one.is_named for one in found.leads)


def test_its_states_are_those_of_the_promises_with_a_number(qinghe):
    found = page(qinghe)
    own = {one.code for one in found.leads}

    judged = commitments.commitments("qinghe-2021-2025", Question(MIDWAY))
    states = [
        one.verdict.state
        for one in judged
        if one.record.code in own and one.record.form not in (None, "task")
    ]
    assert found.counts == {state: states.count(state) for state in set(states)}


def test_a_split_takes_the_place_of_what_the_plan_names_once_it_is_released(
    qinghe, plan, planner, handed
):
    def leads(slug, is_member):
        return {one.code for one in page(qinghe, slug, is_member=is_member).leads}

    assert "bridges" in leads("building", False)
    assert "bridges" not in leads("planning", False)
    assert "bridges" in leads("planning", True)

    release_split(plan, "bridges", by=planner)

    assert "bridges" in leads("planning", False)
    assert "bridges" not in leads("building", False)


def test_the_public_sees_no_part_that_is_not_released(client, qinghe, handed, planner):
    address = "/z/qinghe/departments/planning/"
    public = text(client, address, "en")
    client.force_login(planner)
    member = text(client, address, "en")

    assert "not released yet" in member
    assert "not released yet" not in public
    assert "/promises/bridges/" not in public


def test_members_see_its_open_cases_and_which_are_late(qinghe, issued):
    found = page(qinghe, is_member=True)

    assert [(one.line.key, one.line.is_late) for one in found.matters] == [("r-1", True)]
    assert found.late == 1
    assert found.matters[0].address == "/z/qinghe/returns/r-1/"
    assert page(qinghe, "welfare", is_member=True).matters == ()


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_nobody_else_sees_cases(client, request, issued, who):
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    for address in ("/z/qinghe/departments/", "/z/qinghe/departments/industry/"):
        found = text(client, address).partition("<main")[2]  # the menu has a group of that name
        assert "各部门" in found or "工业" in found
        assert "工业数据" not in found
        assert "办理" not in found


def test_what_is_due_next_stands_in_order_and_is_not_over(qinghe, issued):
    found = page(qinghe, is_member=True).due

    assert [one.day for one in found] == sorted(one.day for one in found)
    assert [one.is_late for one in found if one.kind == ""] == [True]
    assert all(one.day >= MIDWAY for one in found)


def test_a_milestone_of_a_task_is_due_before_its_last_one(qinghe):
    tasks = [one for one in page(qinghe, "planning").due if one.kind == "milestone"]

    assert [(one.day, one.address) for one in tasks] == [
        (date(2024, 12, 31), "/z/qinghe/promises/one-window/")
    ]


def test_a_plan_that_names_no_department_says_so(client, xinxiang):
    plan = commitments.current_plan(xinxiang)
    judged = sum(one.is_judged for one in plan.commitments)

    found = text(client, "/z/xinxiang/departments/")

    assert "规划没有列出部门。" in found
    assert f"其{judged}项承诺和任务均未写明责任部门" in found
    assert client.get("/z/xinxiang/departments/industry/").status_code == 404


def test_the_list_counts_what_each_page_shows(qinghe, issued):
    plan = commitments.current_plan(qinghe)
    board = queries.board(qinghe, plan, Question(MIDWAY), localdate(), is_member=True)

    for line in board.lines:
        own = page(qinghe, line.slug, is_member=True)
        assert line.leads == len({one.code for one in own.leads})
        assert line.counts == own.counts
        assert (line.open_cases, line.late_cases) == (len(own.matters), own.late)
    assert board.unnamed == 0


def test_the_list_asks_few_questions_of_the_database(client, qinghe, planner, issued):
    client.force_login(planner)
    with CaptureQueriesContext(connection) as asked:
        text(client, "/z/qinghe/departments/")

    assert len(asked) <= 25


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("slug", ["planning", "industry", "building", "welfare", "science"])
def test_every_department_has_a_page_in_both_languages(client, qinghe, language, slug):
    found = text(client, f"/z/qinghe/departments/{slug}/", language)

    has_number = bool(page(qinghe, slug).counts)
    assert ('class="statebar"' in found) is has_number
