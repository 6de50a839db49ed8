"""Two versions of a document: what was added, removed, changed; what only moved is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.reading.difference import difference
from lantu.core.reading.propose import proposals

OLD = """“十四五”规划

第一章 目标

到2025年，地区生产总值达到261亿元，年均增长11%。

城镇化率达到60%。新建学校5所。

空气质量优良天数比率达到80%以上。
"""


def acts(old: str, new: str) -> dict[str, int]:
    found = difference(proposals(old), proposals(new))
    return {
        act: sum(one.act == act for one in found)
        for act in ("added", "removed", "changed")
        if any(one.act == act for one in found)
    }


def test_a_text_beside_itself_is_unchanged():
    assert acts(OLD, OLD) == {}
    assert proposals(OLD)


def test_one_number_is_one_change_with_its_field():
    found = difference(proposals(OLD), proposals(OLD.replace("60%", "65%")))
    (change,) = [one for one in found if one.act != "kept"]

    assert (change.act, change.fields) == ("changed", ("value",))
    assert (change.old.value, change.new.value) == (60, 65)


def test_a_moved_paragraph_changes_nothing():
    moved = (
        OLD.replace("城镇化率达到60%。新建学校5所。\n\n", "") + "\n城镇化率达到60%。新建学校5所。\n"
    )

    assert acts(OLD, moved) == {}


def test_white_space_changes_nothing():
    assert acts(OLD, OLD.replace("261亿元", "261 亿\n元")) == {}


def test_a_new_promise_is_added_and_one_left_out_removed():
    new = OLD.replace("新建学校5所。", "建成养老床位3000张。")

    assert acts(OLD, new) == {"added": 1, "removed": 1}


def test_a_stricter_comparator_is_a_change():
    assert acts(OLD, OLD.replace("80%以上", "80%")) == {"changed": 1}


def test_a_later_year_is_a_change():
    new = OLD.replace("到2025年，地区", "到2026年，地区")
    found = [one for one in difference(proposals(OLD), proposals(new)) if one.act != "kept"]

    assert {one.act for one in found} == {"changed"}
    assert all("target_year" in one.fields for one in found)


def test_the_new_offsets_are_those_of_the_new_text():
    new = "前言一段。\n\n" + OLD
    for one in difference(proposals(OLD), proposals(new)):
        assert new[one.new.start : one.new.end] == one.new.quote


@pytest.mark.parametrize("copies", [2, 5])
def test_the_same_promise_said_more_often_is_told_apart(copies):
    assert acts(OLD, OLD + "\n城镇化率达到60%。\n" * (copies - 1)) == {"added": copies - 1}


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_every_record_of_both_sides_is_named_once(left, right):
    base = proposals(OLD)[0]

    def records(values):
        return [
            replace(base, value=Decimal(v), quote=f"达到{v}亿元", id=str(i))
            for i, v in enumerate(values)
        ]

    found = difference(records(left), records(right))

    assert sum(one.old is not None for one in found) == len(left)
    assert sum(one.new is not None for one in found) == len(right)
