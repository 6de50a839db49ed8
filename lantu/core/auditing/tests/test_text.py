"""What the audit of a text finds, and what it leaves alone."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.auditing.audit import audit_text
from lantu.core.auditing.findings import Finding

PLAN = Path(__file__).parents[5] / "shared" / "seed" / "xinxiang-etdz-14fyp.txt"
TABLE = """"十四五"规划纲要

2020年，全区生产总值{base}亿元（含合并区域为{other}亿元）。

表1: "十四五"主要目标\t\t\t
序号\t指标\t2020年基数\t2025年目标\t年均增长
1\t地区生产总值(亿元)\t{base}\t{target}\t{rate}\t预期性
"""


def found(text: str, rule: str) -> list[Finding]:
    return [one for one in audit_text(text) if one.rule == rule]


def table(base: object, target: object, rate: object, other: object = "999") -> str:
    return TABLE.format(base=base, target=target, rate=rate, other=other)


def test_growth_that_does_not_reach_the_target_is_contradicted():
    (one,) = found(table(100, 200, "8.0"), "growth-identity")

    assert one.result == "contradicts"
    assert round(one.computed or 0, 1) == Decimal("146.9")
    assert "100亿元按年均8.0%增长5年为146.9亿元，不是200亿元" in one.message["zh"]


def test_growth_that_reaches_the_target_within_rounding_holds():
    (one,) = found(table(100, 147, "8.0"), "growth-identity")

    assert one.result == "holds"


def test_another_figure_beside_the_base_that_makes_it_hold_is_named():
    (one,) = found(table(100, 200, "8.0", other="136.1"), "growth-identity")

    assert one.result == "contradicts"
    assert one.explained_by is not None
    assert one.explained_by.value == Decimal("136.1")


def test_the_places_of_the_numbers_are_theirs():
    text = table(100, 200, "8.0")

    (one,) = found(text, "growth-identity")

    printed = [text[n.start : n.end] for n in one.numbers]
    assert printed == ["100", "8.0", "200"]


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("总投资60亿元，其中工业投资30亿元，商业投资20亿元，其他投资10亿元。", ["holds"]),
        ("总投资60亿元，其中工业投资30亿元，商业投资20亿元。", []),  # the rest may be other
        ("新增企业100家，其中规上企业80家，高新技术企业50家。", []),  # the two may overlap
        ("道路10项，其中主干路1项，次干路2项，支路7项。", ["holds"]),
        (
            "总建筑面积100平方米，分两期建设，一期总建筑面积60平方米；二期总建筑面积30平方米。",
            ["contradicts"],
        ),
        (
            "总建筑面积90平方米，分两期建设，一期总建筑面积60平方米；二期总建筑面积30平方米。",
            ["holds"],
        ),
    ],
)
def test_parts_are_checked_only_where_the_sentence_says_that_they_are_all(sentence, result):
    assert [one.result for one in found(sentence, "sum-of-parts")] == result


def test_a_change_and_its_growth_give_the_base():
    text = "到2025年，某产业产值达到190亿元，较2020年增加107亿元，年均增长18%。"

    (one,) = found(text, "growth-identity")

    assert one.result == "holds"
    assert one.numbers[0].value == 83


@pytest.mark.parametrize(
    ("text", "result"),
    [("用地6667平方米（合10亩）。", "holds"), ("用地6667平方米（合12亩）。", "contradicts")],
)
def test_one_area_in_two_units_is_converted(text, result):
    (one,) = found(text, "unit-conversion")

    assert one.result == result


SHARES = """"十四五"规划

专栏1: "十三五"规划目标完成情况\t\t\t
指标\t"十三五"目标\t"十三五"完成情况\t属性
1. 地区生产总值(亿元)\t200\t133\t预期性
2. 服务业增加值(亿元)\t15\t{part}\t预期性

专栏2: 主要目标\t\t\t
序号\t指标\t2020年基数\t2025年目标\t年均增长\t属性
1\t服务业增加值占比(%)\t13.2\t32.0\t_\t预期性
"""


@pytest.mark.parametrize(("part", "result"), [("17.31", "contradicts"), ("17.55", "holds")])
def test_a_base_that_is_a_share_is_checked_against_part_and_whole(part, result):
    (one,) = found(SHARES.format(part=part), "share")

    assert one.result == result
    assert one.stated == Decimal("13.2")


FORMER = """“十四五”规划

“十四五”时期是关键时期。

{past}研发经费年均增长18%，地区生产总值年均增长12%。
{now}研发经费占地区生产总值比重由2.0%提高到3.5%。
"""


@pytest.mark.parametrize(
    ("past", "rules"),
    [("“十三五”期间，", []), ("过去五年，", []), ("“十四五”期间，", ["contradicts"])],
)
def test_a_share_is_not_held_against_the_growth_of_the_former_plan(past, rules):
    text = FORMER.format(past=past, now="到2025年，")

    assert [one.result for one in found(text, "share-growth")] == rules


BOTH = """“十四五”规划

到2025年，道路总长度达到{text}公里。

专栏1: 主要目标\t\t\t
序号\t指标\t2020年基数\t2025年目标\t年均增长\t属性
1\t道路总长度(公里)\t60\t{table}\t_\t预期性
"""


@pytest.mark.parametrize(
    ("text", "table", "result"),
    [("90", "90", "holds"), ("90", "90.4", "holds"), ("95", "90", "contradicts")],
)
def test_the_text_and_the_table_are_compared_within_rounding(text, table, result):
    (one,) = found(BOTH.format(text=text, table=table), "text-and-table")

    assert one.result == result


NAMED = "跨越沙河大桥项目{count}个。\n\n甲路沙河大桥、乙路沙河大桥、丙路沙河大桥。\n"


@pytest.mark.parametrize(("count", "result"), [(2, "contradicts"), (3, "holds"), (4, "holds")])
def test_names_near_by_are_counted(count, result):
    (one,) = found(NAMED.format(count=count), "list-count")

    assert one.result == result


def test_names_far_off_are_left_alone():
    far = NAMED.format(count=2).replace("\n\n", "。\n\n" + "另有要事一件。" * 400 + "\n\n")

    assert found(far, "list-count") == []


def test_about_proves_nothing():
    (one,) = found("用地6667平方米（约12亩）。", "unit-conversion")

    assert one.result == "undetermined"


def test_a_sentence_broken_by_a_page_is_one_sentence():
    text = "累计总投资60亿元，其中工业投资30亿元，商业投资20\n\n亿元，其他投资10亿元。"

    assert [one.result for one in found(text, "sum-of-parts")] == ["holds"]


@given(st.integers(10, 2000), st.decimals(min_value=1, max_value=20, places=1), st.integers(0, 1))
def test_a_consistent_table_is_never_contradicted(base, rate, places):
    target = round(Decimal(base) * (1 + rate / 100) ** 5, places)

    assert all(one.result == "holds" for one in found(table(base, target, rate), "growth-identity"))


@given(st.integers(10, 2000), st.decimals(min_value=1, max_value=20, places=1))
def test_a_target_far_off_is_always_contradicted(base, rate):
    target = round(Decimal(base) * (1 + rate / 100) ** 5 * Decimal("1.5")) + 5

    (one,) = found(table(base, target, rate), "growth-identity")

    assert one.result == "contradicts"


@pytest.mark.skipif(not PLAN.exists(), reason="the real plan's text is not beside us")
def test_the_real_plan_contradicts_itself_where_it_does():
    findings = audit_text(PLAN.read_bytes().decode())
    by_rule = {(one.rule, one.result, one.stated): one for one in findings}

    gdp = by_rule["growth-identity", "contradicts", Decimal(261)]
    assert round(gdp.computed or 0, 1) == Decimal("224.1")
    assert gdp.explained_by is not None
    assert gdp.explained_by.value == Decimal("155.24")
    assert ("share-growth", "contradicts", Decimal("4.2")) in by_rule
    assert ("sum-of-parts", "holds", Decimal(690)) in by_rule
