"""What stands near a promise in its plan, with states, and nothing of another zone."""

from datetime import date

from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan.neighbours import SHOWN, neighbours

ASKED = Question(date(2026, 11, 27))


def near(name, code):
    plan = commitments.plan(name)
    [record] = [one for one in plan.commitments if one.code == code]
    return neighbours(plan, record, ASKED)


def test_the_same_department_is_listed_with_states_and_a_way_to_all(qinghe):
    plan = commitments.plan("qinghe-2021-2025")
    led = [one for one in plan.commitments if one.lead == "industry" and one.is_judged]

    found = near("qinghe-2021-2025", led[0].code).department

    assert found.total == len(led) - 1
    assert len(found.shown) == min(SHOWN, found.total)
    assert all(one.state for one in found.shown)
    assert found.whole == "/z/qinghe/promises/?department=industry"


def test_promises_of_one_series_are_the_same_indicator(qinghe):
    plan = commitments.plan("qinghe-2021-2025")
    by_series = {}
    for one in plan.commitments:
        if one.is_judged and one.measured_by is not None:
            key = (one.measured_by.indicator, one.measured_by.subject)
            by_series.setdefault(key, []).append(one.code)
    first, *others = next(codes for codes in by_series.values() if len(codes) > 1)

    found = near("qinghe-2021-2025", first).indicator

    assert [one.address.split("/")[-2] for one in found.shown] == others


def test_the_nearest_of_a_section_come_first_and_projects_of_it_are_there(client, xinxiang):
    found = near("xinxiang-2021-2025", "roads")

    assert found.section.total > SHOWN
    assert {one.address for one in found.section.shown} >= {
        f"/z/xinxiang/promises/roads-{part}/" for part in ("trunk", "secondary")
    }
    assert all("/z/xinxiang/projects/" in one.address for one in found.projects.shown)
    listed = client.get(found.section.whole).content.decode()
    assert listed.count('<td class="whole">') == found.section.total + 1  # with the promise itself
    assert found.chapter.total == 0  # the section says it more closely


def test_nobody_responsible_is_no_common_department(xinxiang):
    assert near("xinxiang-2021-2025", "roads").department.total == 0


def test_nothing_of_another_zone_is_near(client, xinxiang):
    text = client.get("/z/xinxiang/promises/roads/").content.decode()

    assert "规划中的相关内容" in text
    assert "qinghe" not in text


def test_the_question_goes_along_to_a_neighbour(client, qinghe):
    text = client.get("/z/qinghe/promises/hightech/?as_of=2022-12-31").content.decode()

    section = text.split("规划中的相关内容")[1]
    assert section.count("?as_of=2022-12-31") >= 3
