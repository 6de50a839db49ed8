"""Headings of a plan, as a reader of English meets them."""

import pytest

from lantu.core.plans.headings import in_english


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("第三章", ("Chapter 3", "")),
        ("第十二章 绿色发展", ("Chapter 12", "绿色发展")),
        ("第二十节　保障", ("Section 20", "保障")),
        ("第一篇总则", ("Part 1", "总则")),
        ("第一百零五条", ("", "第一百零五条")),
        ("第一百零五章", ("Chapter 105", "")),
        ("第7章", ("Chapter 7", "")),
        ("前言", ("", "前言")),
        ("", ("", "")),
    ],
)
def test_the_number_is_said_in_english_and_the_name_stays_as_printed(printed, told):
    assert in_english(printed) == told
