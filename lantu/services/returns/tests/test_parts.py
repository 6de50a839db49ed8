"""A department is asked for its own part where a released split gives it one."""

from datetime import date
from decimal import Decimal as D

import pytest

from lantu.core.figures.periods import period
from lantu.core.plans.records import Observed
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import actions as commitment_acts
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan
from lantu.kernel.facts.actions import import_observed
from lantu.kernel.facts.models import Observation
from lantu.services.returns import actions, queries, template
from lantu.services.returns.actions import Written

NAME = "qinghe-2021-2025"


@pytest.fixture
def split(planner):
    """Six bridges: four of the building office, two of the planning office."""

    def made(*shares, release=True, year=0):
        plan = Plan.objects.get(name=NAME)
        for department, value in shares or (("building", D(4)), ("planning", D(2))):
            commitment_acts.hand_down(
                plan, "bridges", department=department, part="lead", value=value, year=year,
                by=planner,
            )  # fmt: skip
        if release:
            commitment_acts.release_split(
                plan, "bridges", by=planner, year=year, explanation="余数另行安排"
            )

    return made


@pytest.fixture
def ask(qinghe, planner):
    """The returns of a year by department."""

    def asked(when="2023"):
        plan = commitments.plan(NAME)
        issued = actions.issue_returns(
            qinghe, plan, commitments.responsible(plan),
            when=when, vintage="年报", due_on=date(2026, 2, 15), by=planner,
        )  # fmt: skip
        return {case.department: case for case in issued.cases}

    return asked


def of_bridges(case):
    found = case.return_lines.filter(code__startswith="bridges").order_by("place")
    return [(one.code, one.subject) for one in found]


def test_each_is_asked_for_its_own_part_and_the_leading_one_for_the_whole(split, ask):
    split()
    found = ask()

    assert of_bridges(found["building"]) == [("bridges", "青禾示范区"), ("bridges.own", "建设局")]
    assert of_bridges(found["planning"]) == [("bridges.own", "规划局")]
    assert of_bridges(found["industry"]) == []


def test_a_split_that_is_not_released_asks_nobody(split, ask):
    split(release=False)

    assert all(not code.endswith(".own") for case in ask().values()
               for code, _ in of_bridges(case))  # fmt: skip


def test_who_alone_took_over_the_whole_is_asked_once(split, ask):
    split(("building", D(6)))

    assert of_bridges(ask()["building"]) == [("bridges", "青禾示范区")]


def test_who_alone_took_over_less_than_the_whole_is_asked_for_both(split, ask):
    split(("building", D(5)))

    assert [code for code, _ in of_bridges(ask()["building"])] == ["bridges", "bridges.own"]


def test_a_split_of_one_year_is_asked_for_in_that_year_only(split, ask):
    split(year=2023)

    assert ("bridges.own", "规划局") in of_bridges(ask("2023")["planning"])
    assert "bridges.own" not in {code for case in ask("2022").values()
                                 for code, _ in of_bridges(case)}  # fmt: skip


def test_an_approved_figure_of_a_part_is_a_fact_of_the_department_and_judges_its_part(
    qinghe, split, ask, person, reviewer, fill, send
):
    split()
    record = next(one for one in commitments.plan(NAME).commitments if one.code == "bridges")
    asked = ("建设局", D(4), Question(date(2023, 12, 31)))
    before = [Observed("新建桥梁", "建设局", period(year), D(1), "座", "level")
              for year in ("2021", "2022")]  # fmt: skip
    import_observed(qinghe, before, source="test", by=None)
    case, clerk = ask()["building"], person("bill", "clerk", "building")

    fill(case, clerk, **{"bridges": "2", "bridges.own": "1"})
    # It is asked about by its own history: the same figure as in both years before.
    [key] = queries.open_questions(case)["bridges.own"]
    actions.write_lines(case, {"bridges.own": Written(answers={key: "属实"})}, by=clerk)
    send(case, clerk)
    actions.approve(case, by=reviewer)

    found = Observation.objects.filter(zone=qinghe, source_url__endswith=f"/{case.key}/")
    assert {(one.subject.zh, one.value) for one in found} == {
        ("青禾示范区", D(2)),
        ("建设局", D(1)),
    }
    verdict = commitments.part_verdict(NAME, record, *asked)
    assert verdict.is_judged and [fact.value for fact in verdict.used] == [1, 1, 1]


def test_asking_again_after_a_release_adds_the_part_to_what_is_open_only(
    split, ask, person, fill, send
):
    before = ask()
    clerk = person("ian", "clerk", "industry")
    fill(before["industry"], clerk)
    send(before["industry"], clerk)
    split(("building", D(4)), ("industry", D(2)))

    after = ask()

    assert "bridges.own" in {code for code, _ in of_bridges(after["building"])}
    assert of_bridges(after["industry"]) == []  # it was sent before


def test_page_and_spreadsheet_name_the_part_and_take_it(client, split, ask, person):
    split()
    case, clerk = ask()["planning"], person("pia", "clerk", "planning")
    client.force_login(clerk)
    address = f"/z/qinghe/returns/{case.key}/"

    assert "（本部门承担的部分）" in client.get(address).content.decode()
    client.post(address, {"value:bridges.own": "2"})
    assert case.return_lines.get(code="bridges.own").value == 2

    shown = queries.data_return(case, clerk, date(2026, 1, 5))
    written, report = template.filled(template.workbook(shown, "zh"), "a.xlsx", shown)
    assert not report.refused and written["bridges.own"] == Written(value="2", remark=None)
