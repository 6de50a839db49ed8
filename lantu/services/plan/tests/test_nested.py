"""Annual plans on their pages, and how little they change elsewhere."""

import pytest

from lantu.kernel.commitments import queries as commitments

pytestmark = pytest.mark.django_db


def get(client, address, language="zh-hans"):
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_zones_plan_stays_the_five_year_plan(qinghe):
    assert commitments.current(qinghe) == "qinghe-2021-2025"
    assert [one.name for one in commitments.plans(qinghe)] == ["qinghe-2021-2025"]


def test_an_annual_plan_is_judged_like_any_plan(client):
    page = client.get("/api/v1/plans/qinghe-2024/verdicts?as_of=2024-12-31").json()

    states = {one["code"]: one["state"] for one in page["items"]}
    assert (states["hightech"], states["pm25"]) == ("over-fulfilled", "missed")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_names_each_plan_and_what_does_not_fit(client, qinghe, language):
    page = get(client, "/z/qinghe/plans/", language)

    assert "/z/qinghe/plans/qinghe-2024/" in page
    assert ">3<" in page  # contradictions


def test_each_target_stands_beside_the_path_and_what_is_left(client, qinghe):
    page = get(client, "/z/qinghe/plans/qinghe-2024/")

    assert "181.76" in page  # what the path asks
    assert "4.40" in page  # of foreign capital, after 3.6 were reached and 2 are promised
    assert "上级规划没有对应事项" in page


@pytest.mark.parametrize(
    ("language", "nothing", "falls"),
    [("zh-hans", "无：整体目标已达到", "再降"), ("en", "nothing: the whole is reached", "down by")],
)
def test_what_is_left_is_never_below_zero(client, qinghe, language, nothing, falls):
    page = get(client, "/z/qinghe/plans/qinghe-2024/", language)
    table = page.split("<tbody>")[1].split("</tbody>")[0]

    assert nothing in table  # 105 firms, where the whole plan asks for 100
    assert falls in table  # PM2.5, from 44 to 38
    assert ">-" not in table and "−" not in table


def test_the_page_of_a_promise_says_what_the_annual_plan_eases(client, qinghe):
    page = get(client, "/z/qinghe/promises/pm25/")

    assert "约束性指标放宽" in page
    assert "2024年目标44" in page


def test_a_zone_without_annual_plans_says_so(client, xinxiang):
    assert "尚未载入年度计划" in get(client, "/z/xinxiang/plans/")
    assert client.get("/z/xinxiang/plans/qinghe-2024/").status_code == 404


def test_the_api_lists_the_plans_below(client):
    [found] = client.get("/api/v1/plans/qinghe-2021-2025/nested").json()

    assert (found["name"], found["level"]) == ("qinghe-2024", "annual")
