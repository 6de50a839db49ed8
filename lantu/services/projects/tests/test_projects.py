"""Projects: what is known of them, and nothing more."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.projects import queries
from lantu.services.projects.course import course


def test_the_boxes_stand_in_the_order_of_their_numbers_and_the_text_comes_last(qinghe, xinxiang):
    for zone in ("qinghe", "xinxiang"):
        plan = commitments.current_plan(Zone.objects.get(slug=zone))
        boxes = [one.box for one in queries.board(plan, Question(date(2025, 12, 31))).boxes]
        named = [tuple(map(int, box.split("-"))) for box in boxes if box]
        assert named == sorted(named) and "" not in boxes[:-1]


def test_the_boxes_hold_eighty_one_projects(client, xinxiang):
    response = client.get("/z/xinxiang/projects/?export=csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len([row for row in rows if row["box"]]) == 81


def test_the_stated_investment_stands_beside_what_the_plan_promises(client, xinxiang):
    text = client.get("/z/xinxiang/projects/").content.decode()

    assert "固定资产投资累计690亿元" in text
    assert "148.44亿元" in text  # the file has it to the last digit


def test_a_project_shows_its_events_on_a_time_line(client, xinxiang):
    text = client.get("/z/xinxiang/projects/p-text-29/").content.decode()

    assert "2019-03-27" in text
    assert "新乡经开区官网" in text


def test_a_project_nobody_reported_on_says_so(client, xinxiang):
    assert "没有公开报道" in client.get("/z/xinxiang/projects/p-2-1-07/").content.decode()


def test_events_that_fit_no_project_for_certain_are_listed(client, xinxiang):
    text = client.get("/z/xinxiang/projects/").content.decode()

    assert "不能确定归属项目的事件" in text
    assert "中储棉项目" in text


def test_an_event_after_the_day_asked_about_is_not_shown(client, qinghe):
    text = client.get("/z/qinghe/projects/?as_of=2021-01-31").content.decode()

    assert "竣工" not in text


@pytest.mark.parametrize("who", ["clerk", "auditor", "stranger"])
def test_projects_are_read_by_owner_colleague_and_stranger(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/z/qinghe/projects/").status_code == 200


def test_a_project_that_does_not_exist_is_not_found(client, xinxiang):
    assert client.get("/z/xinxiang/projects/none/").status_code == 404


def test_the_time_line_says_what_was_planned_and_reported_in_each_year(client, qinghe):
    text = client.get("/z/qinghe/projects/?as_of=2025-12-31").content.decode()
    row = re.search(r"<tr><th[^>]*><a[^>]*/q-04/[^<]*<.*?</tr>", text, re.DOTALL)[0]

    assert row.count("gantt__planned") == 2  # 2021 and 2022
    assert row.count("gantt__late") == 3  # and then three years without a finish
    assert "开工" in row
    assert "完成</span>" in row


def test_a_cohort_is_of_those_whose_start_was_reported(qinghe):
    found = _course("2025-12-31")

    assert [(one.year, one.count, one.done, one.stopped) for one in found.begun] == [
        (2021, 10, 4, 2)
    ]
    assert found.only_done == 2
    assert found.signed == ()


def test_money_is_summed_by_the_year_in_which_it_is_due(qinghe):
    found = {one.year: one for one in _course("2025-12-31").money}

    assert sum(one.stated for one in found.values()) == Decimal("57.3")
    assert (found[2023].count, found[2023].done) == (3, 3)
    assert found[None].count == 1


def test_projects_that_state_no_investment_come_to_no_sum_and_not_to_zero(xinxiang):
    found = {one.year: one for one in _course("2025-12-31", "xinxiang").money}

    assert (found[2023].count, found[2023].stated) == (1, None)
    assert (found[2023].done, found[2023].done_stated) == (0, 0)


def test_what_came_later_is_not_known_on_the_day(qinghe):
    found = _course("2022-01-31")

    assert found.years == (2021, 2022, 2023, 2024, 2025)
    assert [one.done for one in found.begun] == [0]


def _course(day, zone="qinghe"):
    plan = commitments.current_plan(Zone.objects.get(slug=zone))
    as_of = date.fromisoformat(day)
    return course(queries.board(plan, Question(as_of)), as_of)


def _features(text):
    (found,) = re.findall(r'data-map="([^"]*)"', text)
    return json.loads(unescape(found))["features"]


def on_the_map(text):
    points = (one for one in _features(text) if "address" in one["properties"])
    return {one["properties"]["address"]: one for one in points}


def test_the_outline_of_the_zone_and_its_parts_lies_under_the_projects(client, qinghe):
    features = _features(client.get("/z/qinghe/projects/").content.decode())

    under = [one["properties"] for one in features[:4]]
    assert [one["kind"] for one in under] == ["zone", "part", "part", "part"]
    assert [one["told"] for one in under[1:]] == ["工业片区", "城市片区", "创新片区"]
    assert {one["geometry"]["type"] for one in features[:4]} == {"Polygon"}


def test_what_the_map_shows_is_told_in_numbers_too(client, qinghe):
    text = client.get("/z/qinghe/projects/").content.decode()

    table = text.partition("各片区的项目")[2].partition("</table>")[0]
    totals = [int(one) for one in re.findall(r"<summary>(\d+)</summary>", table)]
    assert len(totals) == 3 and sum(totals) == 11
    assert "来源：虚构" in re.sub(r"<[^>]+>", "", text)


def test_a_project_says_in_which_part_of_the_zone_it_lies(client, qinghe):
    page = client.get("/z/qinghe/projects/q-01/", headers={"accept-language": "en"})

    assert "Town quarter · 100.0137° east, 40.0081° north" in page.content.decode()


def test_projects_with_a_known_place_stand_on_a_map_with_their_stage(client, qinghe):
    text = client.get("/z/qinghe/projects/?as_of=2023-12-31").content.decode()

    found = on_the_map(text)
    assert "12个项目中，11个的所在地已知" in text
    assert len(found) == 11
    first = found["/z/qinghe/projects/q-01/?as_of=2023-12-31"]
    assert first["geometry"] == {"type": "Point", "coordinates": [100.0137, 40.0081]}
    assert first["properties"]["told"] == "智能工厂"
    signs = {one["properties"]["kind"]: one["properties"]["sign"] for one in found.values()}
    assert signs.items() <= {"done": "✔", "running": "▷", "stopped": "■", "unknown": "?"}.items()
    assert {"done", "stopped"} <= signs.keys()


def test_the_map_speaks_english_to_who_reads_it(client, qinghe):
    text = client.get("/z/qinghe/projects/", headers={"accept-language": "en"}).content.decode()

    assert "Smart factory" in {one["properties"]["told"] for one in on_the_map(text).values()}


def test_a_plan_that_says_no_place_has_no_map(client, xinxiang):
    text = client.get("/z/xinxiang/projects/").content.decode()

    assert "data-map" not in text
    assert "leaflet" not in text


def test_a_box_with_one_stated_investment_reads_as_english(client, xinxiang):
    text = client.get("/z/xinxiang/projects/", headers={"accept-language": "en"}).content.decode()

    assert "investment stated for 1: " in text
    assert ">1 state" not in text


def test_every_count_of_projects_opens_to_the_projects_themselves(client, qinghe):
    text = client.get("/z/qinghe/projects/?as_of=2023-12-31").content.decode()

    opened = re.findall(r"<details><summary>(\d+)</summary>(.*?)</details>", text, re.DOTALL)
    assert len(opened) >= 8  # three parts of the zone, a cohort, the years in which money is due
    for count, inside in opened:
        links = re.findall(r'href="/z/qinghe/projects/q-\d\d/\?as_of=2023-12-31"', inside)
        assert len(links) == int(count)
