"""Two days beside each other: what changed and why; clear words for days that do not fit."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.services.comparing.queries import days
from lantu.services.comparing.queries.asking import Days, years

PLAN = "qinghe-2021-2025"
YEAR = "/z/qinghe/compare/?from=2023-01-01&to=2023-12-31"


def compare(zone, since, until, as_of=None):
    plan = commitments.current_plan(zone)
    return days.comparison(zone, plan, Days(since, until), as_of=as_of, rules=None)


@pytest.fixture
def year(qinghe):
    return compare(qinghe, date(2023, 1, 1), date(2023, 12, 31))


def change(page, code):
    return next(one for one in page.changes if one.record.code == code)


def text(client, address, language="zh-hans"):
    return client.get(address, headers={"accept-language": language}).content.decode()


def states(day):
    question = Question(day, day)
    judged = [*commitments.commitments(PLAN, question), *commitments.projects(PLAN, question)]
    found = {}
    for one in judged:
        year = one.verdict.year
        found[one.record.code] = (one.verdict.state, "" if year is None else year.state)
    return found


def test_what_changed_is_what_judging_each_day_alone_gives(year):
    before, after = states(date(2023, 1, 1)), states(date(2023, 12, 31))

    found = {one.record.code for one in year.changes}
    assert found == {code for code in before if before[code] != after[code]}
    for one in year.changes:
        assert one.before.state == before[one.record.code][0]
        assert one.after.state == after[one.record.code][0]


def test_a_verdict_leads_to_the_figure_that_made_it_and_to_its_source(year):
    one = change(year, "trade")

    assert (one.before.state, one.after.state, one.way) == ("ahead", "achieved-early", "better")
    [used] = [reason.figure for reason in one.reasons if reason.kind == "used"]
    assert (used.period, used.vintage) == ("2022", "年报")
    assert date(2023, 1, 1) < used.known_on <= date(2023, 12, 31)
    assert used.source_url


def test_every_change_has_a_reason(year):
    assert year.changes
    assert all(one.reasons for one in year.changes)


def test_an_event_is_a_reason_and_so_is_time_alone(year):
    assert "event" in [one.kind for one in change(year, "library").reasons]

    late = [one for one in year.changes if [why.kind for why in one.reasons] == ["time"]]
    assert late
    assert all(one.before.at == one.after.at for one in late)


def test_judged_as_of_one_day_only_knowledge_differs(qinghe):
    page = compare(qinghe, date(2023, 3, 1), date(2023, 12, 31), as_of=date(2022, 12, 31))

    assert page.sides[0].as_of == page.sides[1].as_of == date(2022, 12, 31)
    kinds = {reason.kind for one in page.changes for reason in one.reasons}
    assert "used" in kinds


def test_the_figures_are_those_that_came_to_be_known_in_between(qinghe, year):
    expected = Observation.objects.filter(
        zone=qinghe, known_on__gt=date(2023, 1, 1), known_on__lte=date(2023, 12, 31)
    )

    assert year.arrivals == expected.count()
    assert {one.id for one in year.arrived} == set(expected.values_list("pk", flat=True))


def test_a_correction_is_told_as_one_and_the_corrected_figure_no_longer_counts(qinghe, clerk):
    today = localdate()
    old = Observation.objects.get(
        zone=qinghe, indicator__zh="进出口总额", period="2025", vintage="年报"
    )
    new = supersede(old, value=old.value / 4, reason="重复计算", known_on=today, by=clerk)

    one = change(compare(qinghe, today - timedelta(days=1), today), "trade")

    kinds = {reason.kind: reason.figure for reason in one.reasons}
    assert (kinds["used"].id, kinds["used"].reason) == (new.pk, "重复计算")
    assert kinds["dropped"].id == old.pk


def test_a_revised_target_is_a_reason_and_stands_in_its_own_list(qinghe, client):
    from decimal import Decimal

    from lantu.kernel.commitments.actions import decide_revision, propose_revision
    from lantu.kernel.commitments.models import Plan

    people = [create_user(name, password="a-long-enough-secret", by=None) for name in ("d", "l")]
    for user, role in zip(people, ("planner", "leader"), strict=True):
        grant_role(user, qinghe, role, by=None)
    plan = Plan.objects.get(name=PLAN)
    proposal = propose_revision(
        plan, "gdp", Decimal(400), reason="口径", document="纪要3号", by=people[0]
    )
    decide_revision(proposal, approve=True, by=people[1])
    today = localdate()

    page = compare(qinghe, today - timedelta(days=1), today)

    assert [one.move.code for one in page.moved] == ["gdp"]
    assert (change(page, "gdp").way, change(page, "gdp").reasons[0].kind) == ("worse", "target")
    # GDP 124 → 400 no longer agrees with 10 % a year: a contradiction that the revision made.
    assert any("gdp" in one.codes for one in page.came)
    assert "目标调整：" in text(client, f"/z/qinghe/compare/?from={today - timedelta(days=1)}")


def test_how_many_questions_are_asked_does_not_grow_with_what_changed(qinghe, client):
    counts = []
    for address in (YEAR, "/z/qinghe/compare/?from=2021-01-01&to=2026-01-01"):
        commitments.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 45


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=gestern", "“gestern”不是日期。请写成2023-12-31。"),
        ("from=2020-12-31", "2020-12-31早于规划起始日2021-01-01。请选择该日或以后的日期。"),
        ("to=2099-01-01", "2099-01-01尚未到来"),
        ("from=2023-01-01&to=2023-01-01", "两个日期都是2023-01-01"),
        ("from=2024-01-01&to=2023-01-01", "晚于截止日2023-01-01。请把两个日期对调。"),
        ("as_of=tomorrow", "不是日期"),
        ("rules=mine", "没有规则"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_compared_are_told(client, qinghe, query, message):
    answer = client.get(f"/z/qinghe/compare/?{query}")

    assert answer.status_code == 400
    assert message in answer.content.decode()


def test_swapped_days_are_one_click_from_the_right_order(client, qinghe):
    page = text(client, "/z/qinghe/compare/?from=2024-01-01&to=2023-01-01")

    assert 'href="?from=2023-01-01&amp;to=2024-01-01"' in page
    assert 'value="2024-01-01"' in page  # what was written stays


def test_the_years_of_the_plan_that_have_begun_can_be_chosen(qinghe):
    plan = commitments.current_plan(qinghe)

    found = years(plan.period, date(2023, 6, 30))
    assert [(one.since.year, one.until) for one in found] == [
        (2021, date(2021, 12, 31)), (2021, date(2022, 12, 31)), (2022, date(2023, 6, 30)),
    ]  # fmt: skip


def test_the_changes_leave_as_csv_with_figures_and_sources(client, qinghe, year):
    body = client.get(f"{YEAR}&export=csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == len(year.changes)
    row = next(one for one in rows if one["code"] == "trade")
    assert (row["before"], row["after"], row["after_zh"]) == ("ahead", "achieved-early", "提前实现")
    assert "进出口总额 2022" in row["figures"]
    assert row["sources"].startswith("https://")


def test_the_figures_leave_as_csv_all_of_them(client, qinghe, year):
    body = client.get(f"{YEAR}&export=figures").content.decode("utf-8-sig")

    assert len(body.splitlines()) == year.arrivals + 1


@pytest.mark.parametrize("who", ["clerk", "auditor", "stranger"])
def test_everybody_compares_what_is_published(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert "Verdicts that changed" in text(client, YEAR, "en")


def test_where_nothing_changed_the_page_says_so(client, xinxiang):
    day = localdate() - timedelta(days=1)
    page = text(client, f"/z/xinxiang/compare/?from={day}&as_of=2025-12-31")

    assert "两个日期之间没有评判结果变化" in page
    assert "未注明获知日期" in page


def test_what_is_neither_better_nor_worse_is_counted_too(client, xinxiang):
    page = text(client, "/z/xinxiang/compare/?from=2025-12-31&to=2026-01-31")
    ways = [int(one) for one in re.findall(r"(?:好转|变差|首次作出评判|不再能评判)(\d+)项", page)]
    (all_of_them,) = re.findall(r'href="#verdicts">(\d+)<', page)

    assert int(all_of_them) > 0
    assert sum(ways) == int(all_of_them)
