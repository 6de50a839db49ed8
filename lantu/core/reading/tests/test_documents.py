"""The same words say the same in every kind of file; what cannot be read is told."""

from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.errors import ContentError
from lantu.core.reading.documents.text import text_of
from lantu.core.reading.propose import proposals

HEADS = ["指标", "单位", "2020年基数", "2025年目标", "属性"]
ROWS = [["青禾产值", "亿元", "100", "261", "预期性"], ["青禾绿地率", "%", "30", "35", "约束性"]]
LINES = ["第一章 青禾区的目标", "“十四五”时期，到2025年，青禾区研发投入达到3.5亿元。"]
TEXT = "\n\n".join([*LINES, "\n".join("\t".join(row) for row in [HEADS, *ROWS])])


def _html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in [HEADS, *ROWS])
    lines = "".join(f"<p class=MsoNormal>{line}<o:p>&nbsp;</o:p></p>" for line in LINES)
    page = f"<html><head><meta charset=gb2312><style>p{{}}</style></head><body>{lines}"
    return f"{page}<!--[if gte mso 9]>秘<![endif]--><table>{rows}</table></body></html>".encode(
        "gbk"
    )


def _docx() -> bytes:
    made = docx.Document()
    for line in LINES:
        made.add_paragraph(line)
    table = made.add_table(len(ROWS) + 1, len(HEADS))
    for at, row in enumerate([HEADS, *ROWS]):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _said(text: str) -> list[tuple[object, ...]]:
    return [(p.kind, p.metric, p.value, p.base_value, p.unit, p.nature) for p in proposals(text)]


@pytest.mark.parametrize("content", [_html(), _docx()], ids=["html", "docx"])
def test_every_kind_makes_the_same_promises_as_its_text(content):
    text = text_of(content)

    assert len(_said(TEXT)) >= 3
    assert _said(text) == _said(TEXT)
    assert all(text[p.start : p.end] == p.quote for p in proposals(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_every_usual_encoding(encoding):
    assert text_of(TEXT.encode(encoding), "a.txt") == TEXT


def test_a_text_in_big5_is_read():
    words = "到2025年，我們的產值達到三百億元，研發投入不斷提高。"

    assert text_of(words.encode("big5"), "a.txt") == words


def test_a_cell_that_spans_keeps_the_columns_in_line():
    page = (
        "<html><body><table><tr><th rowspan=2>指标<th rowspan=2>单位<th colspan=2>2025年</tr>"
        "<tr><td>目标<td>增速</tr><tr><td>产<br>值<td>亿元<td>20<td>8</tr></table>"
    )

    assert "指标\t单位\t2025年目标\t2025年增速\n产值\t亿元\t20\t8" in text_of(page.encode())


def test_a_picture_of_units_is_kept_and_the_marker_of_a_note_is_not():
    page = "<html><body><p>面积20km<sup>2</sup>，产值<sup>1</sup>9亿元。<script>x</script></p>"

    assert text_of(page.encode()) == "面积20km²，产值9亿元。\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1 }", "RTF"),
        (_docx()[:900], "damaged"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(content, message):
    with pytest.raises(ContentError, match=message) as told:
        text_of(content, "a.docx")

    assert told.value.remedy


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.docx"]))
def test_random_bytes_are_read_or_refused(content, name):
    try:
        assert text_of(content, name).strip()
    except ContentError as told:
        assert told.remedy


@given(st.data())
def test_a_broken_document_is_read_or_refused(data):
    whole = data.draw(st.sampled_from([_DOCX, _html()]))
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    content = whole[:at] if cut else whole[:at] + b"\xff" + whole[at + 1 :]

    try:
        assert text_of(content, "a.docx").strip()
    except ContentError as told:
        assert told.remedy


_DOCX = _docx()


def test_a_table_of_figures_is_sent_where_figures_go():
    with pytest.raises(ContentError, match="table of figures") as told:
        text_of("指标,数值\n产值,600\n".encode(), "月报.CSV")

    assert "page of data" in told.value.remedy
