"""Word prints numbers that stand in no text; they are read as printed."""

import io
import zipfile

import pytest

from lantu.core.reading.documents.docx_numbers import in_form
from lantu.core.reading.propose import proposals
from lantu.core.reading.source import text_of

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# A plan's own list: chapters, sections, articles; and a list of its own for items.
LISTS = f"""<w:numbering {SPACE}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/>
  <w:suff w:val="space"/><w:lvlText w:val="第%1章"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H2"/>
  <w:suff w:val="space"/><w:lvlText w:val="第%2节"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
  <w:suff w:val="nothing"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>
  <w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""


def style(key: str, inside: str) -> str:
    return f'<w:style w:styleId="{key}">{inside}</w:style>'


IN_LIST = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
STYLES = f"""<w:styles {SPACE}>
{style("H1", f'<w:name w:val="heading 1"/>{IN_LIST}')}
{style("H2", f'<w:name w:val="heading 2"/>{IN_LIST}')}
{style("H2b", '<w:name w:val="节"/><w:basedOn w:val="H2"/>')}
</w:styles>"""


def paragraph(text: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    own = "" if number is None else (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    )  # fmt: skip
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def paper(*parts: str, lists: str = LISTS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        body = f"<w:document {SPACE}><w:body>{''.join(parts)}</w:body></w:document>"
        packed.writestr("word/document.xml", body)
        packed.writestr("word/numbering.xml", lists)
        packed.writestr("word/styles.xml", STYLES)
    return out.getvalue()


def lines(*parts: str, lists: str = LISTS) -> list[str]:
    return [line for line in text_of(paper(*parts, lists=lists), "a.docx").splitlines() if line]


def test_chapters_and_sections_are_numbered_by_their_styles():
    found = lines(
        paragraph("总体要求", "H1"), paragraph("基础", "H2"), paragraph("目标", "H2"),
        paragraph("产业", "H1"), paragraph("工业", "H2"),
    )  # fmt: skip

    assert found == ["第一章 总体要求", "第一节 基础", "第二节 目标", "第二章 产业", "第一节 工业"]


def test_a_style_is_numbered_as_the_one_it_is_based_on():
    assert lines(paragraph("总体要求", "H1"), paragraph("基础", "H2b"))[0] == "第一章 总体要求"


def test_a_level_in_digits_shows_all_its_numbers_in_digits():
    assert (
        lines(
            paragraph("总体要求", "H1"), paragraph("基础", "H2"), paragraph("路网", number=(1, 2))
        )[-1]
        == "1.1.1路网"
    )


def test_a_list_goes_on_where_it_was_left_and_another_begins_where_it_says():
    assert lines(
        paragraph("甲", number=(2, 0)), paragraph("其间"), paragraph("乙", number=(2, 0)),
        paragraph("丙", number=(3, 0)), paragraph("丁", number=(3, 0)),
    ) == ["1.甲", "其间", "2.乙", "7.丙", "8.丁"]  # fmt: skip


def test_bullets_and_lists_that_are_taken_away_print_nothing():
    taken_away = paragraph("乙", "H1", number=(0, 0))

    assert lines(paragraph("甲", number=(2, 1)), taken_away) == ["甲", "# 乙"]


def test_an_empty_paragraph_counts_and_prints_no_number():
    assert lines(
        paragraph("甲", number=(2, 0)), paragraph("", number=(2, 0)), paragraph("乙", number=(2, 0))
    ) == ["1.甲", "3.乙"]


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 11, "壹拾壹"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircleChinese", 12, "⑫"),
        ("decimalZero", 7, "07"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"),
        ("something-new", 5, "5"),
    ],
)
def test_a_count_is_printed_in_the_form_of_its_list(form, count, printed):
    assert in_form(count, form) == printed


def test_a_promise_below_a_numbered_chapter_knows_its_chapter():
    text = text_of(
        paper(
            paragraph("总体要求", "H1"), paragraph("主要目标", "H2"),
            paragraph("到2025年，地区生产总值达到300亿元。"),
        ),
        "a.docx",
    )  # fmt: skip

    [found] = [one for one in proposals(text, name="a.docx") if one.kind == "target"]
    assert (found.chapter, found.section) == ("第一章 总体要求", "第一节 主要目标")


def test_lists_that_name_each_other_or_nothing_are_no_trouble():
    broken = (
        f'<w:numbering {SPACE}><w:num w:numId="2"/>'
        '<w:abstractNum w:abstractNumId="x"/></w:numbering>'
    )

    assert lines(paragraph("甲", number=(2, 0)), lists=broken) == ["甲"]
