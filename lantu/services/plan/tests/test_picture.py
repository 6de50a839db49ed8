"""The plan as one picture: every promise one mark, by chapter and state, to date or for a year."""

import gzip
import re
from datetime import date
from decimal import Decimal

import pytest

from lantu.core.judging.states import STATES, WORDS
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan import picture as drawing

TODAY = date(2026, 11, 27)
MARK = re.compile(r'<a class="mark[^"]*" href="([^"]*)" aria-label="([^"]*)">(.)</a>')


def picture(name: str, *, year: int = 0, language: str = "zh") -> drawing.Picture:
    return drawing.picture(
        commitments.plan(name), Question(TODAY), year=year, query="", language=language, today=TODAY
    )


def marks(client, address: str) -> list[tuple[str, str, str]]:
    return MARK.findall(client.get(address).content.decode())


@pytest.mark.parametrize("zone", ["xinxiang", "qinghe"])
def test_every_promise_and_task_is_one_mark_that_leads_to_it(client, xinxiang, zone):
    judged = [one for one in commitments.plan(f"{zone}-2021-2025").commitments if one.is_judged]

    found = marks(client, f"/z/{zone}/")

    assert sorted(address for address, _, _ in found) == sorted(
        f"/z/{zone}/promises/{one.code}/" for one in judged
    )


def test_a_mark_says_chapter_name_target_and_state(client, qinghe):
    told = {address: (label, sign) for address, label, sign in marks(client, "/z/qinghe/")}

    label, sign = told["/z/qinghe/promises/bridges/"]
    assert label == "第三章：新建桥梁6座，目标 6 座，未完成 2025"
    assert sign == "✘"


def test_in_english_the_names_and_states_are_english(db):
    row = picture("qinghe-2021-2025", language="en").rows[0]

    assert all(re.search(r"[a-z]", mark.told) for mark in row.marks)
    assert row.marks[0].told.startswith("Chapter 1: ")


def test_within_a_chapter_promises_come_by_state_and_tasks_last(db):
    for row in picture("xinxiang-2021-2025").rows:
        order = [(mark.is_small, STATES.index(mark.state)) for mark in row.marks]
        assert order == sorted(order)


def test_the_legend_counts_the_promises_with_a_number(db):
    found = picture("qinghe-2021-2025")

    large = [mark for row in found.rows for mark in row.marks if not mark.is_small]
    assert sum(found.counts.values()) == len(large) == 31
    assert found.counts == {
        state: sum(counts.get(state, 0) for _, counts in found.by_chapter) for state in found.counts
    }


def test_a_year_shows_the_verdicts_of_that_year_as_of_its_end(client, qinghe):
    plan = commitments.plan("qinghe-2021-2025")
    then = commitments.explained(plan.name, "hightech", Question(date(2022, 12, 31)))

    told = dict((address, label) for address, label, _ in marks(client, "/z/qinghe/?year=2022"))

    assert told["/z/qinghe/promises/hightech/"].endswith(
        f"{WORDS[then.verdict.year.state][0]} 2022"
    )


def test_the_years_are_links_and_the_chosen_one_is_marked(client, qinghe):
    text = client.get("/z/qinghe/?year=2023&known_on=2024-03-01").content.decode()

    assert 'href="/z/qinghe/?known_on=2024-03-01&amp;year=2023#picture" aria-current="true"' in text
    assert 'href="/z/qinghe/?known_on=2024-03-01#picture"' in text


def test_the_marks_carry_the_question_on(client, qinghe):
    found = marks(client, "/z/qinghe/?as_of=2022-12-31")

    assert all(address.endswith("/?as_of=2022-12-31") for address, _, _ in found)


@pytest.mark.parametrize("year", ["1999", "2027", "soon", "2021x"])
def test_what_is_no_year_of_the_plan_is_told(client, qinghe, year):
    response = client.get(f"/z/qinghe/?year={year}")

    assert response.status_code == 400
    assert f"“{year}”不是规划期内已开始的年份" in response.content.decode()


def test_a_year_that_has_not_begun_is_not_offered(qinghe):
    plan = commitments.plan("qinghe-2021-2025")

    offered = drawing.years(plan, "", "", date(2023, 5, 1))

    assert [one.year for one in offered] == [0, 2021, 2022, 2023]


def test_the_picture_of_the_largest_plan_is_light(client, xinxiang):
    response = client.get("/z/xinxiang/")

    assert len(gzip.compress(response.content)) < 60_000
    assert "charts.js" not in response.content.decode()


def test_a_kept_picture_changes_with_the_zone(client, qinghe, clerk):
    from lantu.kernel.facts.actions import supersede
    from lantu.kernel.facts.models import Observation

    before = marks(client, "/z/qinghe/")
    figure = Observation.objects.get(zone=qinghe, indicator__zh="新建桥梁", period="2025")
    supersede(figure, value=Decimal(9), reason="漏计", known_on=date(2026, 4, 1), by=clerk)

    [(was, _), (now, sign)] = [
        (label, sign)
        for found in (before, marks(client, "/z/qinghe/"))
        for address, label, sign in found
        if address.endswith("/bridges/")
    ]
    assert "未完成" in was
    assert ("超额完成" in now, sign) == (True, "✚")
