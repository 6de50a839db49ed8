"""What the reader proposes from small documents, and from the real plan."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantu.core.errors import ContentError
from lantu.core.reading.propose import proposals
from lantu.core.reading.source import read_source

PLAN = Path(__file__).parents[5] / "shared" / "seed" / "xinxiang-etdz-14fyp.txt"
HEAD = "“十五五”规划\n\n第一章 目标\n\n"


def one(sentence: str, kind: str = "target"):
    (found,) = [p for p in proposals(HEAD + sentence) if p.kind == kind]
    return found


@pytest.mark.parametrize(
    ("sentence", "form", "metric", "number", "unit"),
    [
        ("到2030年，工业总产值达到600亿元。", "level", "工业总产值", "600", "亿元"),
        ("生产总值年均增长6.5%。", "growth", "生产总值", "6.5", "%"),
        ("城镇化率保持在70%以上。", "floor", "城镇化率", "70", "%"),
        ("调查失业率控制在5.5%以内。", "ceiling", "调查失业率", "5.5", "%"),
        ("单位能耗下降13.5%。", "reduction", "单位能耗", "13.5", "%"),
        ("研发强度提高0.5个百分点。", "change", "研发强度", "0.5", "个百分点"),
        ("新建5座公厕，方便群众。", "cumulative", "公厕", "5", "座"),
        ("每年举办创业大赛3场。", "per_year", "创业大赛", "3", "场"),
        ("进出口总额翻两番。", "multiple", "进出口总额", "4", "倍"),
    ],
)
def test_a_sentence_becomes_a_promise_of_its_form(sentence, form, metric, number, unit):
    found = one(sentence)

    assert (found.form, found.metric, found.unit) == (form, metric, unit)
    assert (found.growth_pct if form == "growth" else found.value) == Decimal(number)


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("达到30家以上", ">="), ("突破30家", ">"), ("不超过30家", "<="), ("达到30家左右", "~"),
        ("低于30家", "<"), ("达到30家", "="),
    ],
)  # fmt: skip
def test_the_words_around_a_number_give_its_sign(words, sign):
    assert one(f"企业数量{words}。").comparator == sign


def test_a_range_has_two_ends_and_no_value():
    found = one("引进机构10-20家。")

    assert (found.low, found.high, found.value, found.form) == (10, 20, None, "range")


def test_the_printed_magnitude_and_digits_are_kept():
    found = one("经济总量达到2800.0万亿元。")

    assert (str(found.value), found.unit) == ("2800.0", "万亿元")


def test_what_follows_without_a_name_speaks_of_the_same_thing():
    first, second = [p for p in proposals(HEAD + "服务业收入达到110亿元，年均增长25%。")]

    assert (first.metric, second.metric) == ("服务业收入", "服务业收入")


def test_the_year_named_before_a_number_is_its_year():
    assert one("到2035年，人口达到100万人。").target_year == 2035


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年，全区实现生产总值133亿元。",
        "截至目前，建成道路30公里。",
        "占比由2010年的14.82%增加到2015年的22.45%。",
    ],
)
def test_what_was_is_a_fact_and_no_promise(sentence):
    found = proposals(HEAD + sentence)

    assert {p.kind for p in found} == {"fact"}
    assert {p.tense for p in found} == {"past"}


@pytest.mark.parametrize(
    "sentence", ["发放3岁以下婴幼儿补贴。", "建设G107国道连接线。", "落实第3条规定。"]
)
def test_a_number_that_promises_nothing_is_left_alone(sentence):
    assert not [p for p in proposals(HEAD + sentence) if p.kind == "target"]


def test_work_without_a_number_is_a_task():
    text = "“十五五”规划\n\n第二章 产业\n\n加快推进园区循环化改造，促进资源节约。"

    (found,) = [p for p in proposals(text) if p.kind == "task"]

    assert found.metric == "加快推进园区循环化改造"


MARKDOWN = """
专栏1 主要指标

| 指标 | 2025年 | 2030年目标 | 年均 | 属性 |
| --- | --- | --- | --- | --- |
| 城镇化率(%) | 67.9 | 71 | — | 预期性 |
| 能耗降低(%) | — | 〔13.5〕 | — | 约束性 |
| 道路密度(km/km²) | 6.1 | >7.0 | — | 预期性 |
| 研发经费增长(%) | — | — | 7 | 预期性 |
| 用水下降(%) | — | 完成省定目标 | — | 约束性 |
"""


def test_the_rows_of_a_table_become_promises():
    found = proposals(HEAD + MARKDOWN)

    assert [p.form for p in found] == ["level", "reduction", "floor", "growth", "delegated"]
    first = found[0]
    assert (first.base_value, first.base_year, first.target_year) == (Decimal("67.9"), 2025, 2030)
    assert (first.nature, found[1].nature, first.unit) == ("expected", "binding", "%")


HTML = """
<table><tr><td><b>指标</b></td><td>2025年</td><td>2030年</td><td>属性</td></tr>
<tr><td><p>城镇化率（%）</p></td><td>67.9</td><td>&gt;71</td><td>预期性</td></tr></table>
"""


def test_a_table_left_in_a_pages_source_is_read():
    (found,) = proposals(HEAD + HTML)

    assert (found.metric, found.form, found.value, found.comparator) == (
        "城镇化率", "floor", 71, ">",
    )  # fmt: skip


def test_a_years_growth_under_a_heading_with_a_year_is_that_years():
    (found,) = proposals("“十五五”\n\n# 2026年主要目标\n\n地区生产总值增长5%左右。")

    assert (found.form, found.growth_pct, found.target_year, found.comparator) == (
        "growth", 5, 2026, "~",
    )  # fmt: skip


def test_a_flattened_table_keeps_its_columns_where_cells_are_empty():
    heads = "序号\t指标\t2020年基数\t2025年目标\t年均增长\t属性\n"

    (found,) = proposals(f"十四五\n表1: 目标\t\t\n{heads}1\t税收(亿元)\t\t15\t\t预期性\n")

    assert (found.base_value, found.value, found.unit) == (None, 15, "亿元")


def test_a_box_of_projects_gives_one_record_each():
    box = "专栏 2-1: 重点项目\n\n纺织园。总投资 12000 万元，占地 300 亩，2028 年建成。"
    text = f"{HEAD}{box}\n\n物流港。建设仓库。\n"

    first, second = [p for p in proposals(text) if p.kind == "project"]

    assert (first.project, first.investment, first.area, first.finish_year) == (
        "纺织园", Decimal("1.2"), "300亩", 2028,
    )  # fmt: skip
    assert second.project == "物流港"


def test_a_sentence_broken_by_a_line_is_read_whole_and_quoted_as_it_stands():
    text = HEAD + "全区工业总产\n值达到600亿元以上。"

    (found,) = [p for p in proposals(text) if p.kind == "target"]

    assert found.metric == "工业总产值"
    assert text[found.start : found.end] == found.quote


@settings(max_examples=60)
@given(
    st.text(alphabet="到2030年增长6.5%亿元，。、|\t\n达以上第一章专栏（）〔〕约-翻番", max_size=120)
)
def test_any_text_is_read_and_every_quote_is_its_slice(text):
    for found in proposals(text):
        assert text[found.start : found.end] == found.quote


LONG = 60_000


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1,", "到2030年增长6.5%", "（", "（1）", "“", "1\t", "|", "<tr>", "<td rowspan=99>",
        "</p><", "预期性\n", "实现", "全区生产总值达到600亿元、", "第一章 目标\n", "**", "一二三",
        " ", "\n", "一、", "分别", "甲乙\t1\t2\n", "1 工业 120 180 预期性\n", "300米",
        "从1到2提高到", "分别提高3、4个百分点、",
    ],
)  # fmt: skip
def test_no_text_takes_longer_than_its_length(piece):
    text = f"“十五五”规划\n指标\t2025年\t2030年\n{piece * (LONG // len(piece))}"
    begun = time.process_time()

    proposals(text)

    assert time.process_time() - begun < 20


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            "指标 单位 2025年 2030年 属性 目标 预期性 约束性 能耗（%） 12.5 〔3〕 >7 — "
            "完成市定目标 到2030年 达到 提高 分别 年均增长 亿元 个 “ ” （ ） 、 ， 。 | "
            "其中 每年 全覆盖 翻一番".split()
        ),
        max_size=40,
    ),
    st.sampled_from(["\t", "\n", " ", "", "|"]),
)
def test_any_words_of_plans_in_any_layout_are_read(words, joint):
    text = joint.join(words)

    for found in proposals(text):
        assert text[found.start : found.end] == found.quote
        assert 0 <= found.confidence <= 1


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_any_letters_are_read(text):
    for found in proposals(text):
        assert text[found.start : found.end] == found.quote


def test_a_text_too_long_for_a_plan_is_refused():
    with pytest.raises(ContentError, match="5,000,000 is the most"):
        proposals("一" * 5_000_001)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.txt", b"\xff\xfe\x01", "not a document or a text"),
        ("missing.txt", None, "There is no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(ContentError, match=message):
        read_source(tmp_path / name)


@pytest.mark.skipif(not PLAN.exists(), reason="the real plan's text is not beside us")
def test_the_real_plan_is_proposed_whole():
    text = PLAN.read_bytes().decode()

    found = proposals(text)

    assert all(text[p.start : p.end] == p.quote for p in found)
    assert len({p.id for p in found}) == len(found)
    box = [p for p in found if p.table == "1-2" and p.kind == "target"]
    assert len(box) == 27
    assert [p.nature for p in box].count("binding") == 6
    assert len([p for p in found if p.kind == "project"]) == 81
    assert len([p for p in found if p.kind == "target"]) >= 130


def test_a_former_plan_named_in_a_sentence_does_not_date_its_promises():
    text = (
        "# 青禾区“十五五”规划\n\n“十五五”时期，青禾区继续发展。“十五五”末见成效。\n\n"
        "巩固“十四五”建成的产业体系，冰雪经济产业规模达到1000亿元。\n"
    )

    found = [one for one in proposals(text) if one.kind == "target"]

    assert [(one.value, one.target_year) for one in found] == [(Decimal(1000), 2030)]


@pytest.mark.parametrize(
    ("words", "value", "unit", "sign"),
    [
        ("装备产业规模超万亿元", 1, "万亿元", ">"),
        ("装备产业规模突破千亿元", 1000, "亿元", ">"),
        ("路面硬化率达到百分之九十五以上", 95, "%", ">="),
        ("路面硬化率达到百分之百", 100, "%", "="),
        ("孕产妇死亡率下降到12/10万以下", 12, "/10万", "<="),
    ],
)
def test_a_number_in_words_is_a_number(words, value, unit, sign):
    found = [one for one in proposals(f"到2025年，青禾区{words}。") if one.kind == "target"]

    assert [(one.value, one.unit, one.comparator) for one in found] == [(value, unit, sign)]


def test_a_level_that_only_names_a_cluster_is_no_amount():
    found = [one for one in proposals("到2025年，培育千亿级产业集群。") if one.kind == "target"]

    assert found == []


@pytest.mark.parametrize(
    ("text", "chapter", "section"),
    [
        ("# 二〇三五年纲要\n\n## 民生\n\n### 教育\n\n城镇化率达到75%。\n", "民生", "教育"),
        ("# 民生\n\n## 教育\n\n城镇化率达到75%。\n\n# 附则\n", "民生", "教育"),
        ("## 民生\n\n城镇化率达到75%。\n", "民生", ""),
        (
            "# 纲要\n\n## 第二章 民生\n\n### 一、教育\n\n城镇化率达到75%。\n",
            "第二章 民生",
            "一、教育",
        ),
    ],
)
def test_in_markdown_the_title_of_the_document_is_no_chapter(text, chapter, section):
    (found,) = proposals(text)

    assert (found.chapter, found.section) == (chapter, section)
