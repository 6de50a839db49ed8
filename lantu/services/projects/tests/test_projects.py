"""Projects: what is known of them, and nothing more."""

import csv
import io

import pytest


def test_the_boxes_hold_eighty_one_projects(client, xinxiang):
    response = client.get("/z/xinxiang/projects/?export=csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len([row for row in rows if row["box"]]) == 81


def test_the_stated_investment_stands_beside_what_the_plan_promises(client, xinxiang):
    text = client.get("/z/xinxiang/projects/").content.decode()

    assert "固定资产投资累计690亿元" in text
    assert "148.442594" in text


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
