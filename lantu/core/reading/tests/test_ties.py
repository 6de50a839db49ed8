"""Ties: territory, departments and what belongs together, as a text says them."""

import pytest

from lantu.core.reading.portions import Teller
from lantu.core.reading.propose import proposals
from lantu.core.reading.ties import Ties, ties, told

HEAD = "“十五五”规划\n\n第一章 目标\n\n"


def of(text):
    """The ties of every proposal of a text, by its metric."""
    found = proposals(HEAD + text)
    return {one.metric: tied for one, tied in zip(found, ties(HEAD + text, found), strict=True)}


def test_a_bracket_beside_a_promise_says_its_territory():
    found = of("到2030年，工业总产值达到600亿元（不含代管镇）。税收收入达到40亿元。\n")

    assert found["工业总产值"].scope == "不含代管镇"
    assert found["税收收入"].scope == ""


def test_a_bracket_with_a_number_is_another_figure_and_no_territory():
    found = of("到2030年，工业总产值达到600亿元（含托管区域为700亿元）。\n")

    assert found["工业总产值"].scope == ""


def test_the_note_of_a_table_speaks_of_all_its_rows_and_of_no_other_sentence():
    text = (
        "表1 主要指标\n\n指标\t2025年\t2030年\t属性\n地区生产总值（亿元）\t300\t450\t预期性\n"
        "税收收入（亿元）\t20\t30\t预期性\n注：所有指标不含托管区域。\n\n第二章 民生\n\n"
        "到2030年，城镇化率达到75%。\n"
    )
    found = of(text)

    assert found["地区生产总值"].scope == found["税收收入"].scope == "不含托管区域"
    assert found["城镇化率"].scope == ""


@pytest.mark.parametrize(
    ("bracket", "lead", "support"),
    [
        ("（责任单位：发展改革局、财政局）", "发展改革局", ("财政局",)),
        ("（牵头单位：科技局；配合单位：财政局、人社局）", "科技局", ("财政局", "人社局")),
        ("（科技局牵头，财政局、人社局配合）", "科技局", ("财政局", "人社局")),
        ("（科技局牵头）", "科技局", ()),
        ("【责任单位：住建局等单位按职责分工负责】", "住建局", ()),
    ],
)
def test_who_answers_for_a_sentence_stands_in_brackets_behind_it(bracket, lead, support):
    found = of(f"研发投入年均增长6.5%。\n\n到2030年，工业总产值达到600亿元。{bracket}\n")

    assert (found["工业总产值"].lead, found["工业总产值"].support) == (lead, support)
    assert found["研发投入"].lead == ""


def test_the_columns_of_a_task_list_name_who_leads_and_who_supports():
    text = (
        "序号\t工作任务\t完成时限\t牵头单位\t配合单位\n"
        "1\t新建5座公厕\t2027年\t城管局\t财政局、住建局\n"
        "2\t新建3个社区服务中心\t2028年\t民政局\t\n"
    )
    found = proposals(HEAD + text)
    by_quote = [(one.quote, t) for one, t in zip(found, ties(HEAD + text, found), strict=True)]

    toilets = [tied for quote, tied in by_quote if "公厕" in quote]
    centres = [tied for quote, tied in by_quote if "服务中心" in quote]
    assert toilets and all(
        (one.lead, one.support) == ("城管局", ("财政局", "住建局")) for one in toilets
    )
    assert centres and all((one.lead, one.support) == ("民政局", ()) for one in centres)


def test_the_first_of_several_responsible_leads():
    assert told("责任单位：甲局、乙局；协办单位：丙局") == Ties(
        lead="甲局", support=("乙局", "丙局")
    )


def test_a_number_that_the_text_says_twice_is_linked_both_ways():
    text = "到2030年，工业总产值达到600亿元。\n\n第二章 工业\n\n到2030年，工业总产值达到600亿元。\n"
    found = proposals(HEAD + text)
    first, second = ties(HEAD + text, found)

    assert (first.links, second.links) == ((found[1].id,), (found[0].id,))


def test_two_numbers_of_one_name_and_year_are_two_things():
    text = "甲项目占地面积300亩。\n\n乙项目占地面积200亩。\n"
    found = proposals(HEAD + text)

    assert all(one.links == () for one in ties(HEAD + text, found))


def test_the_level_and_the_growth_of_one_thing_are_linked():
    text = "到2030年，工业总产值达到600亿元。\n\n工业总产值年均增长8%。\n"
    found = proposals(HEAD + text)

    assert [len(one.links) for one in ties(HEAD + text, found)] == [1, 1]


def test_the_portions_grow_and_the_last_ones_count_what_was_found():
    heard = []
    text = HEAD + "到2030年，工业总产值达到600亿元。\n\n" * 50
    found = proposals(text, teller=Teller(heard.append, every_s=0))

    assert [one.done for one in heard] == sorted(one.done for one in heard)
    assert {one.of for one in heard} == {len(text)}
    assert heard[-1].found == len(found)
    assert heard[-1].heading == "第一章 目标"


def test_portions_are_not_told_more_often_than_anybody_looks():
    heard = []
    teller = Teller(heard.append, every_s=60)
    teller.stage("text")
    for done in range(1_000):
        teller.portion("letters", done, 1_000)

    assert [one.stage for one in heard] == ["text"]


def test_the_bracket_of_one_paragraph_is_no_part_of_the_next():
    text = "工业总产值达到600亿元。（责任单位：工信局）\n\n城镇化率达到75%。（责任单位：住建局）\n"
    found = proposals(HEAD + text)

    assert [one.quote for one in found] == ["工业总产值达到600亿元", "城镇化率达到75%"]
    assert [one.lead for one in ties(HEAD + text, found)] == ["工信局", "住建局"]


def test_a_note_speaks_of_the_table_right_above_it_though_that_has_no_title():
    text = (
        "指标\t2025年\t2030年\t属性\n地区生产总值（亿元）\t300\t450\t预期性\n"
        "税收收入（亿元）\t20\t30\t预期性\n\n注：表中指标不含托管区域。\n"
    )

    assert of(text)["地区生产总值"].scope == "不含托管区域"


def test_offices_alone_in_a_bracket_behind_the_stop_answer_for_the_sentence_before():
    found = of(
        "1.固定资产投资增长7%左右。（区发展改革委，各镇〔街道〕政府）\n"
        "2.新建学校4所。（区教育局、区住建局）\n3.新建食堂6个。（详见附件）\n"
    )

    assert (found["固定资产投资"].lead, found["固定资产投资"].support) == (
        "区发展改革委",
        ("各镇政府",),
    )
    assert (found["学校"].lead, found["学校"].support) == ("区教育局", ("区住建局",))
    assert found["食堂"] == Ties()
