"""Pinyin of names, made in a process of its own."""

import subprocess
import sys

from lantu.core.spelling import pinyin

ANOTHER = """
import sys
from lantu.core.spelling import pinyin
assert pinyin(["重庆路"]) == [("chongqinglu", "cql")]
assert not [name for name in sys.modules if name.startswith("pypinyin")]
"""


def test_names_come_back_in_their_order_and_latin_ones_have_none():
    names = ["固定资产", "GDP", "ＧＤＰ增速", "固定资产"]

    assert pinyin(names) == [
        ("gudingzichan", "gdzc"), ("", ""), ("gdpzengsu", "gdpzs"), ("gudingzichan", "gdzc")
    ]  # fmt: skip


def test_a_letter_of_several_readings_is_read_by_its_word():
    assert pinyin(["重庆", "重要", "银行", "行动"]) == [
        ("chongqing", "cq"), ("zhongyao", "zy"), ("yinhang", "yh"), ("xingdong", "xd")
    ]  # fmt: skip


def test_nothing_to_read_starts_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)

    assert pinyin([]) == []
    assert pinyin(["GDP"]) == [("", "")]


def test_a_name_that_was_read_before_starts_no_process(monkeypatch):
    first = pinyin(["黄河路"])
    monkeypatch.setattr(subprocess, "run", None)

    assert pinyin(["黄河路"]) == first == [("huanghelu", "hhl")]


def test_who_asks_never_loads_the_table_of_readings():
    subprocess.run([sys.executable, "-c", ANOTHER], check=True)
