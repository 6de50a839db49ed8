"""Indicator tables in the layouts that plans are printed in."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from lantu.core.reading.propose import proposals

CASES = yaml.safe_load(Path(__file__).with_name("layouts.yaml").read_text("utf-8"))


def number(value):
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_row_becomes_one_promise_right_in_every_field(case):
    found = [one for one in proposals(case["text"]) if one.kind == "target"]

    assert [one.metric for one in found] == [row["metric"] for row in case["rows"]]
    for one, row in zip(found, case["rows"], strict=True):
        assert (one.value, one.low, one.high, one.growth_pct) == tuple(
            number(row.get(key)) for key in ("value", "low", "high", "growth")
        ), row["metric"]
        if "form" not in row:
            assert one.comparator == row.get("comparator", "="), row["metric"]
            assert one.unit == row["unit"]
        else:
            assert one.form == row["form"]
        assert one.base_value == number(row.get("base"))
        assert one.base_year == row.get("base_year")
        assert (one.target_year, one.nature) == (row["year"], row.get("nature"))
        assert case["text"][one.start : one.end] == one.quote


PROJECTS = """
青禾区“十四五”规划

单位：万元
| 序号 | 项目名称 | 建设内容及规模 | 建设年限 | 总投资 | 责任单位 |
| 一 | 交通项目 | | | 83000 | |
| 1 | 青禾大道改造工程 | 全长5.2公里 | 2021-2023 | 35000 | 区交通局 |
| 2 | 水厂二期工程 | 日处理10万吨 | 2022—2025 | 48,000 | 区水利局 |
"""


def test_a_table_of_projects_gives_projects_and_no_promises():
    found = proposals(PROJECTS)

    assert [
        (one.kind, one.project, one.investment, one.start_year, one.finish_year, one.owner)
        for one in found
    ] == [
        ("project", "青禾大道改造工程", Decimal("3.5"), 2021, 2023, "区交通局"),
        ("project", "水厂二期工程", Decimal("4.8"), 2022, 2025, "区水利局"),
    ]


RESULTS = """
青禾区“十四五”规划

第一章 发展基础

专栏1 “十三五”主要指标完成情况
指标	2020年目标	2020年完成	属性
地区生产总值（亿元）	200	133	预期性
"""


def test_the_table_of_a_former_plan_states_facts_and_promises_nothing():
    found = proposals(RESULTS)

    assert [(one.kind, one.tense, one.metric, one.value) for one in found] == [
        ("fact", "past", "地区生产总值", 200),
        ("fact", "past", "地区生产总值", 133),
    ]


SPANNED = """
青禾区“十四五”规划

第一章 发展基础

专栏1-1 “十三五”规划目标完成情况
\t“十三五”规划目标\t\t“十三五”完成情况\t\t指标属性
指标\t2020年\t年均\t2020年\t年均\t
\t\t增长(%)\t\t增长(%)\t
1. 地区生产总值(亿元)\t\t210\t9.5\t180\t8.7\t预期性
2. 规模以上工业增加\t加值(亿元)\t[900]\t12\t71.5\t11\t预期性
3. 新增市级以上工程中\t中心(个)\t[20]\t_\t[31]\t\t预期性
4. 城镇污水处理率(%))\t95\t_\t95\t_\t约束性\t
5. 主要污染物减排\t二氧化硫(%)\t8\t_\t9\t_\t约束性
\t氨氮(%)\t7\t_\t6\t_\t约束性
"""


def test_goal_and_result_level_and_growth_of_a_former_plan_are_told_by_their_heads():
    found = proposals(SPANNED)

    assert {one.kind for one in found} == {"fact"}
    goals = [(one.metric, one.value, one.unit) for one in found if one.id.endswith("-goal")]
    results = [(one.metric, one.value, one.unit) for one in found if one.id.isalnum()]
    assert goals == [
        ("地区生产总值", 210, "亿元"),
        ("地区生产总值增速", Decimal("9.5"), "%"),
        ("规模以上工业增加值", 900, "亿元"),
        ("规模以上工业增加值增速", 12, "%"),
        ("新增市级以上工程中心", 20, "个"),
        ("城镇污水处理率", 95, "%"),
        ("二氧化硫", 8, "%"),
        ("氨氮", 7, "%"),
    ]
    assert results == [
        ("地区生产总值", 180, "亿元"),
        ("地区生产总值增速", Decimal("8.7"), "%"),
        ("规模以上工业增加值", Decimal("71.5"), "亿元"),
        ("规模以上工业增加值增速", 11, "%"),
        ("新增市级以上工程中心", 31, "个"),
        ("城镇污水处理率", 95, "%"),
        ("二氧化硫", 9, "%"),
        ("氨氮", 6, "%"),
    ]
