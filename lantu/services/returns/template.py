"""The spreadsheet of a return: it goes out with what is asked, and comes back filled in."""

import io
from collections.abc import Iterator
from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.figures import english
from lantu.core.sheets.reading import Columns, read
from lantu.core.sheets.report import Outcome, Report, RowReport
from lantu.services.returns.actions import Written
from lantu.services.returns.queries import Return, Row
from lantu.services.returns.typed import figure

HEADS = {
    "zh": ("编码", "承诺", "指标", "单位", "上次数字", "本期数值", "备注"),
    "en": ("code", "promise", "indicator", "unit", "last figure", "value", "remark"),
}
WIDTHS = (18, 44, 22, 12, 18, 16, 40)
COLUMNS = Columns.beside(
    Path(__file__).with_name("columns.yaml"),
    "returns/columns.yaml",
    needed=("code", "value"),
    remedy="Keep the row of heads as it came: 编码 … 本期数值 (code … value).",
)


def workbook(found: Return, language: str) -> bytes:
    """One sheet. Only value and remark may be changed; the rest is locked against slips."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("return")
    head = book.add_format({"bold": True, "bg_color": "#e6eff8", "border": 1})
    fixed = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    open_cell = book.add_format({"border": 1, "locked": False, "bg_color": "#fffbe6"})
    sheet.write_row(0, 0, HEADS["zh" if language == "zh" else "en"], head)
    for line, row in enumerate(found.rows, 1):
        for column, text in enumerate(_fixed(row, language)):
            sheet.write_string(line, column, text, fixed)
        if row.value is None:
            sheet.write_blank(line, 5, None, open_cell)
        else:
            sheet.write_string(line, 5, row.written, open_cell)
        sheet.write_string(line, 6, row.remark, open_cell)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    sheet.protect()
    book.close()
    return out.getvalue()


def _fixed(row: Row, language: str) -> tuple[str, ...]:
    """What stands before the value, in the language of the heads; reading back needs the code."""
    if language == "zh":
        return row.code, row.title["zh"], row.indicator, row.unit, row.last
    return (
        row.code,
        row.title["en"],
        english.name(row.indicator) or row.indicator,
        english.unit_or_printed(row.unit),
        english.with_units(row.last),
    )


def filled(content: bytes, name: str, found: Return) -> tuple[dict[str, Written], Report]:
    """What a clerk wrote, and a report row by row. A refused row is not among what was written.

    Raises ContentError where the file as a whole cannot be read.
    """
    sheet = read(content, name, COLUMNS)
    report = Report(name, notes=list(sheet.notes))
    written = dict(_rows(sheet.rows, {row.code: row for row in found.rows}, report))
    missing = [row.code for row in found.rows if row.code not in written]
    if missing and not report.refused:
        report.notes.append(
            f"The sheet lacks the lines {', '.join(missing)}; they stay as they are."
        )
    return written, report


def _rows(
    rows: list[tuple[int, str, dict[str, str]]], known: dict[str, Row], report: Report
) -> Iterator[tuple[str, Written]]:
    seen: set[str] = set()
    for line, where, cells in rows:
        try:
            code = _code(cells["code"], where, known, seen)
            value = cells["value"]
            if value:
                _refuse_words(value, known[code].unit, where)
        except ContentError as error:
            report.rows.append(RowReport(line, "refused", error.where, error.what, error.remedy))
            continue
        seen.add(code)
        outcome: Outcome = "known" if value == known[code].written else "taken"
        report.rows.append(RowReport(line, outcome, where))
        yield code, Written(value=value, remark=cells.get("remark") or None)


def _code(text: str, where: str, known: dict[str, Row], seen: set[str]) -> str:
    if text not in known:
        raise ContentError(
            where, f"The code {text!r} is not asked for here.", "Use the codes of the template."
        )
    if text in seen:
        raise ContentError(where, f"The code {text!r} stands twice.", "Keep one of the rows.")
    return text


def _refuse_words(value: str, unit: str, where: str) -> None:
    try:
        figure(value, unit)
    except ValueError as error:
        raise ContentError(
            where,
            f"The value {value!r} is not a number.",
            "Write 12.5; where nothing is known leave it empty and say why in the remark.",
        ) from error
