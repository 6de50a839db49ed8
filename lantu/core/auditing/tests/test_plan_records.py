"""What the records of a plan say of each other, linked or not."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from lantu.core.auditing.audit import audit_plan, audit_text
from lantu.core.judging.records import Base
from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.records import PlanCommitment


@pytest.fixture(scope="module")
def plan():
    return read_folder(find("qinghe-2021-2025"))


def promise(code, metric, value, unit, **more):
    return PlanCommitment(
        code=code, kind="target", title={"zh": metric, "en": code}, metric={"zh": metric},
        form=more.pop("form", "level"), unit=unit, target_value=D(value), target_year=2025, **more,
    )  # fmt: skip


def judged(plan, *records):
    found = audit_plan(replace(plan, commitments=records))
    return [(one.rule, one.result) for one in found]


def test_records_of_one_place_agree_in_what_is_stated_per_head(plan):
    gdp = promise("gdp", "地区生产总值", "400", "亿元")
    people = promise("people", "常住人口", "50", "万人")

    assert judged(plan, gdp, people, promise("each", "人均地区生产总值", "8", "万元")) == [
        ("ratio", "holds")
    ]
    assert judged(plan, gdp, people, promise("each", "人均地区生产总值", "9", "万元")) == [
        ("ratio", "contradicts")
    ]


def test_a_head_of_another_place_proves_nothing(plan):
    gdp = promise("gdp", "地区生产总值", "400", "亿元", scope="old-town")
    people = promise("people", "常住人口", "50", "万人", scope="old-town")
    each = promise("each", "人均地区生产总值", "9", "万元", scope="whole")

    assert judged(plan, gdp, people, each) == []


@pytest.mark.parametrize(("rate", "result"), [("10", "holds"), ("20", "contradicts")])
def test_growth_of_the_same_name_needs_no_link(plan, rate, result):
    firms = promise("firms", "高新技术企业数量", "80.5", "家", base=Base(2020, D("50.0")))
    growth = replace(promise("g", "高新技术企业年均增长", "1", "%", form="growth"),
                     target_value=None, growth_pct=D(rate))  # fmt: skip

    assert judged(plan, firms, growth) == [("growth-identity", result)]


def test_growth_of_at_least_so_much_is_held_as_a_bound(plan):
    firms = promise("firms", "高新技术企业数量", "110", "家", base=Base(2020, D("50")))
    growth = replace(promise("g", "高新技术企业年均增长", "1", "%", form="growth"),
                     target_value=None, growth_pct=D(10), comparator=">=")  # fmt: skip

    assert judged(plan, firms, growth) == []
    assert judged(plan, replace(firms, target_value=D(60)), growth) == [
        ("growth-identity", "contradicts")
    ]


@pytest.mark.parametrize(("share", "result"), [("45", "holds"), ("52", "contradicts")])
def test_a_promised_share_is_that_of_the_promised_part(plan, share, result):
    records = (
        promise("gdp", "地区生产总值", "400", "亿元"),
        promise("services", "服务业增加值", "180", "亿元"),
        promise("share", "服务业增加值占比", share, "%"),
    )

    assert judged(plan, *records) == [("share", result)]


@pytest.mark.parametrize(("third", "result"), [("47", "holds"), ("52", "contradicts")])
def test_the_shares_of_the_industries_make_a_hundred(plan, third, result):
    records = [
        promise(str(at), f"第{name}产业增加值比重", value, "%")
        for at, (name, value) in enumerate((("一", "5"), ("二", "48"), ("三", third)))
    ]

    assert judged(plan, *records) == [("structure", result)]


@pytest.mark.parametrize(("points", "result"), [("5", "holds"), ("8", "contradicts")])
def test_a_linked_change_is_the_difference(plan, points, result):
    town = promise("town", "城镇化率", "65", "%", base=Base(2020, D(60)), links=("rise",))
    rise = promise("rise", "城镇化率提高", points, "百分点", form="change")

    assert judged(plan, town, rise) == [("difference", result)]


@pytest.mark.parametrize(("last", "result"), [("30", "holds"), ("50", "contradicts")])
def test_the_years_of_a_quota_make_its_sum(plan, last, result):
    annual = {2021: D(10), 2022: D(15), 2023: D(20), 2024: D(25), 2025: D(last)}
    bridges = promise("b", "新建桥梁", "100", "座", form="cumulative", annual=annual)

    assert judged(plan, bridges) == [("yearly-total", result)]


def test_a_quota_of_some_years_makes_no_sum(plan):
    bridges = promise("b", "新建桥梁", "100", "座", form="cumulative", annual={2021: D(200)})

    assert judged(plan, bridges) == []


ROW = """“十四五”规划

| 指标 | 2020年 | 2025年 | 年均增长（%） | 属性 |
| --- | --- | --- | --- | --- |
| 高新技术企业（家） | 133 | {target} | {rate} | 预期性 |
| 专利授权（件） | 10 | 20 | — | 预期性 |
"""


@pytest.mark.parametrize(
    ("target", "rate", "results"),
    [
        ("224", "11", ["holds"]),
        ("200", "11以上", ["contradicts"]),
        ("300", "11以上", []),
        ("261以上", "11", ["contradicts"]),
        ("≥261", "≥11", []),
        ("261", "11左右", []),
    ],
)
def test_a_bound_in_a_row_is_held_as_a_bound(target, rate, results):
    found = audit_text(ROW.format(target=target, rate=rate))

    assert [one.result for one in found if one.rule == "growth-identity"] == results
