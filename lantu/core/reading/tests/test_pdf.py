"""A pdf says the same as its text: paragraphs, tables, heads, notes; a scan is refused."""

from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from lantu.core.errors import ContentError
from lantu.core.reading.documents.text import text_of
from lantu.core.reading.propose import proposals

FONTS = list(Path("/usr/share/fonts").rglob("Noto*CJK*"))
needs_font = pytest.mark.skipif(not FONTS, reason="no Chinese font: install fonts-noto-cjk")

ROWS = (
    "[指标],[单位],[2020年基数],[2025年目标],[属性],[青禾产值],[亿元],[100],[261],[预期性],"
    "[青禾绿地率],[%],[30],[35],[约束性],"
)
STYLE = """#set page(paper: "a5", header: [青禾区规划], numbering: "1")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
"""
SENTENCE = "到2025年，青禾区研发投入达到3.5亿元，建成绿地20万平方米，新增就业8000人。"


@cache
def _pdf(body: str) -> bytes:
    made = typst.compile((STYLE + body).encode())
    assert isinstance(made, bytes)
    return made


def _said(text: str) -> list[tuple[object, ...]]:
    return [(p.kind, p.metric, p.value, p.base_value, p.unit, p.nature) for p in proposals(text)]


@needs_font
def test_a_paragraph_that_is_broken_into_lines_is_one_again():
    text = text_of(_pdf(f"第一章 目标\n\n{SENTENCE}\n\n其他工作照常推进。"))

    assert SENTENCE in text
    assert "\n\n其他工作照常推进。" in text


@needs_font
def test_a_ruled_table_gives_the_same_promises_as_tabs():
    text = text_of(_pdf(f"#table(columns: 5, {ROWS})"))
    tabs = "\n".join(
        ["指标\t单位\t2020年基数\t2025年目标\t属性", "青禾产值\t亿元\t100\t261\t预期性",
         "青禾绿地率\t%\t30\t35\t约束性"]
    )  # fmt: skip

    assert len(_said(tabs)) == 2
    assert _said(text) == _said(tabs)


@needs_font
def test_a_cell_over_two_rows_is_named_once():
    spanned = "table.cell(rowspan: 2)[绿色], [甲], [1], [乙], [2], [总], [丙], [3]"

    text = text_of(_pdf(f"#table(columns: 3, {spanned})"))

    assert "绿色\t甲\t1\n\t乙\t2\n总\t丙\t3" in text


@needs_font
def test_heads_and_page_numbers_are_left_out_and_sentences_go_on_over_the_page():
    whole = "".join(f"第{number}，{SENTENCE}" for number in range(60))
    text = text_of(_pdf(whole))

    assert text == whole + "\n"


@needs_font
def test_the_mark_of_a_note_is_no_digit_of_the_name():
    text = text_of(_pdf("研发投入#super[1]达到3亿元，面积20m#super[2]。"))

    assert "研发投入达到3亿元，面积20m²。" in text


@needs_font
def test_a_scan_is_refused_with_what_to_do():
    with pytest.raises(ContentError, match="scan") as error:
        text_of(typst.compile(b"#rect(width: 5cm, height: 5cm)\n#pagebreak()\n#circle()"))

    assert "OCR" in error.value.remedy


def test_a_damaged_pdf_is_refused():
    with pytest.raises(ContentError, match="damaged"):
        text_of(b"%PDF-1.7\nnothing more", "a.pdf")


@needs_font
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20_000), st.binary(max_size=40))
def test_any_altered_pdf_is_read_or_refused(at, noise):
    whole = _pdf(SENTENCE)
    try:
        text_of(whole[:at] + noise + whole[at + len(noise) :], "a.pdf")
    except ContentError as error:
        assert error.remedy


TWO_COLUMNS = STYLE.replace('paper: "a5"', 'paper: "a4", columns: 2')


def _streets(count):
    return [
        f"到2025年，青禾区第{at}街道研发投入达到{at}.5亿元，建成绿地{at}0万平方米，新增就业{at}000人。"
        for at in range(1, count + 1)
    ]


@needs_font
def test_two_columns_are_read_one_after_the_other():
    said = _streets(24)
    title = '#place(top + center, scope: "parent", float: true)[#text(size: 18pt)[青禾区规划纲要]]'
    made = typst.compile((TWO_COLUMNS + title + "\n\n" + "\n\n".join(said)).encode())

    text = text_of(made)

    places = [text.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)
    assert text.index("青禾区规划纲要") < places[0]


@needs_font
def test_a_ruled_table_in_a_column_stays_between_its_paragraphs():
    before, after = _streets(12), _streets(24)[12:]
    table = f"#table(columns: (auto, auto, auto, auto, auto), {ROWS})"
    body = "#set text(size: 9pt)\n" + "\n\n".join([*before, table, *after])
    text = text_of(typst.compile((TWO_COLUMNS + body).encode()))

    assert text.find(before[-1]) < text.find("青禾绿地率") < text.find(after[0])
    assert [one for one in _said(text) if one[1] == "青禾绿地率"] == [
        ("target", "青禾绿地率", 35, 30, "%", "binding")
    ]


@needs_font
def test_a_table_without_rules_is_no_text_in_columns():
    cells = "".join(f"[青禾指标{at}], [{at}0], [{at}5]," for at in range(1, 12))
    text = text_of(_pdf(f"#grid(columns: 3, column-gutter: 5em, row-gutter: 8pt, {cells})"))

    assert "青禾指标1 10 15" in text
