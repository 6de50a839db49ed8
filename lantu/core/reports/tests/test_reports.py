"""A report says what the verdicts say, and every number it prints is in its snapshot."""

import io
from datetime import date

import pytest

from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.standing import Judged, Question
from lantu.core.reports.document import Heading, Paragraph, Table
from lantu.core.reports.draft import draft
from lantu.core.reports.numbers import numbers_in, unmatched
from lantu.core.reports.writing import as_docx, as_html, as_pdf, texts_of_docx

PLANS = {name: read_folder(find(name)) for name in ("xinxiang-2021-2025", "qinghe-2021-2025")}
ROUNDS = [("monitoring", 2022), ("midterm", 2023), ("final", 2025)]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "year"), ROUNDS)
def test_every_number_of_a_finished_docx_is_in_the_snapshot(name, language, kind, year):
    found = draft(PLANS[name], kind, year, language)

    assert unmatched(texts_of_docx(as_docx(found)), found.numbers) == []


def test_a_number_that_somebody_changed_is_caught():
    from docx import Document as read

    found = draft(PLANS["qinghe-2021-2025"], "midterm", 2023, "zh")
    paper = read(io.BytesIO(as_docx(found)))
    paper.paragraphs[3].add_run("实际完成98765.4亿元。")
    out = io.BytesIO()
    paper.save(out)

    (wrong,) = unmatched(texts_of_docx(out.getvalue()), found.numbers)
    assert wrong.startswith("98765.4: ")


def test_the_official_outline_is_kept():
    found = draft(PLANS["qinghe-2021-2025"], "midterm", 2023, "zh")

    assert [block.text for block in found.blocks if isinstance(block, Heading)] == [
        "一、总体判断", "二、主要指标进展", "三、分章进展", "四、重点项目", "五、趋势研判",
        "六、实施机制", "七、主要问题及原因", "八、下一步建议", "附件　数据来源与缺口",
    ]  # fmt: skip


def test_an_english_report_numbers_chapters_in_english_and_says_that_it_is_invented():
    found = draft(PLANS["qinghe-2021-2025"], "midterm", 2023, "en")

    texts = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("Chapter 1: ") for text in texts)
    assert "2023-12-31. Invented sample" in found.subtitle


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_annex_gives_each_figure_with_its_unit(language):
    found = draft(PLANS["qinghe-2021-2025"], "final", 2025, language)

    annex = [block for block in found.blocks if isinstance(block, Table)][-1]
    titles = {"zh": "生产总值达到200亿元", "en": "GDP reaches CNY 20 bn"}
    amounts = {"zh": "204.3 亿元", "en": "204.3 × CNY 100 m"}
    assert ("2025", amounts[language]) in [
        row[1:3] for row in annex.rows if row[0] == titles[language]
    ]


def test_the_counts_are_those_of_the_verdicts():
    plan = PLANS["qinghe-2021-2025"]
    standings = list(Judged(plan).commitments(Question(date(2023, 12, 31))))
    numeric = [one for one in standings if one.record.form != "task"]

    text = next(
        b.text for b in draft(plan, "midterm", 2023, "zh").blocks if isinstance(b, Paragraph)
    )

    assert f"有数字的承诺{len(numeric)}项" in text


def test_what_is_late_stands_with_its_reason():
    found = draft(PLANS["qinghe-2021-2025"], "monitoring", 2023, "zh")
    late = [b.text for b in found.blocks if isinstance(b, Paragraph) and "滞后预期" in b.text]

    assert any("进度" in text or "年均" in text for text in late)


def test_without_figures_the_report_says_so_and_judges_nothing():
    plan = PLANS["xinxiang-2021-2025"]
    found = draft(plan, "monitoring", 2021, "zh")
    table = next(block for block in found.blocks if isinstance(block, Table))

    assert {row[4] for row in table.rows} >= {"无数据"}
    assert "虚构" not in found.subtitle


def test_an_invented_plan_says_that_it_is_invented():
    assert "虚构示例" in draft(PLANS["qinghe-2021-2025"], "final", 2025, "zh").subtitle


def test_a_pdf_is_archival_and_a_page_stands_alone():
    found = draft(PLANS["qinghe-2021-2025"], "midterm", 2023, "zh")
    pdf, html = as_pdf(found), as_html(found).decode()

    assert pdf.startswith(b"%PDF-")
    assert b"pdfaid" in pdf
    assert "<script" not in html
    assert "一、总体判断" in html


def test_the_same_plan_gives_the_same_report():
    plan = PLANS["qinghe-2021-2025"]

    assert draft(plan, "midterm", 2023, "zh") == draft(plan, "midterm", 2023, "zh")


def test_numbers_are_read_without_their_commas():
    assert list(numbers_in("共1,234.5亿元，占12%")) == ["1234.5", "12"]
