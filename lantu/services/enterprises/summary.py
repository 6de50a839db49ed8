"""The summary table of a round as offices print it: title, one row a firm, a line of sums."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lantu.core.figures.decimals import rounded
from lantu.core.rules.methods import Method
from lantu.kernel.facts.export import safe_cell
from lantu.services.enterprises.items import RATIOS, items
from lantu.services.enterprises.models import Round
from lantu.services.enterprises.queries.rounds import ResultLine
from lantu.services.enterprises.scoring import MULTIPLE, known_methods

GROUPS = {"above": "规上", "below": "规下", "combined": "合并评价", "": "不定等级"}
FIGURES = ("land_used", "land_leased", "tax_paid", "value_added", "revenue", "energy", "employees")
STATES = {"draft": "（草案）", "publicity": "（公示稿）", "final": "", "withdrawn": "（已撤回）"}


def heads(methods: Sequence[Method], *, is_member: bool) -> list[str]:
    """The columns; the public's table has the class and no figure."""
    found = ["序号", "统一社会信用代码", "企业名称", "组别"]
    if is_member:
        found += [f"{items()[key].label['zh']}\n（{items()[key].unit}）" for key in FIGURES]
        for key in _columns(methods):
            one = RATIOS[key.removesuffix(MULTIPLE)]
            unit = "倍" if key.endswith(MULTIPLE) else one.unit or "%"
            found += [f"{one.label['zh']}\n（{unit}）", f"{one.label['zh']}\n得分"]
        found += ["加减分", "综合得分", "排名", "初评等级"]
    return [*found, "调档后等级" if is_member else "等级", "备注"]


def _columns(methods: Sequence[Method]) -> list[str]:
    found: dict[str, None] = {}
    for method in methods:
        assert method.score is not None
        found |= {item.column: None for item in method.score.items}
    return list(found)


def rows(
    lines: Sequence[ResultLine], methods: Sequence[Method], *, is_member: bool
) -> list[list[object]]:
    """One row a firm; an unknown figure is an empty cell."""
    found = []
    for number, one in enumerate(lines, 1):
        row: list[object] = [number, one.code, one.name, GROUPS[one.cohort]]
        if is_member:
            row += [one.figures.get(key) for key in FIGURES]
            for key in _columns(methods):
                value = one.values.get(key)
                row += [
                    _short(value * 100 if key == "rd_ratio" and value is not None else value, 4)
                ]
                row += [_short(one.points.get(key), 2)]
            row += [one.bonus, _short(one.score, 2), one.rank, one.computed_class]
        found.append([*row, one.final_class, one.note if is_member else ""])
    return found


def _short(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else rounded(value, places)


def methods_of(found: Round) -> list[Method]:
    """The methods of a round's cohorts, each once."""
    known = known_methods()
    return [known[name] for name in dict.fromkeys(found.methods.values())]


def as_summary(found: Round, lines: Sequence[ResultLine], *, is_member: bool) -> bytes:
    """The workbook. Text is written as text, so that no cell can start a formula."""
    import xlsxwriter

    methods = methods_of(found)
    columns = heads(methods, is_member=is_member)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("汇总表")
    last = len(columns) - 1
    title = f"{found.zone.zh}{found.year}年度亩均效益综合评价结果汇总表{STATES[found.state]}"
    centred = {"align": "center", "valign": "vcenter"}
    sheet.merge_range(
        0, 0, 0, last, title, book.add_format({**centred, "bold": True, "font_size": 16})
    )
    note = "虚构示例数据，不对应任何真实企业" if found.zone.invented else "数据以各部门年报为准"
    sheet.merge_range(1, 0, 1, last, note, book.add_format({"font_color": "#4d5b69"}))
    head = book.add_format({**centred, "bold": True, "border": 1, "text_wrap": True})
    sheet.write_row(2, 0, columns, head)
    sheet.set_row(2, 48)
    plain = book.add_format({"border": 1})
    table = rows(lines, methods, is_member=is_member)
    for line, row in enumerate(table, 3):
        _write(sheet, line, row, plain)
    if is_member:
        _write(sheet, 3 + len(table), _sums(lines, len(columns)), head)
    sheet.set_column(1, 1, 21)
    sheet.set_column(2, 2, 26)
    sheet.freeze_panes(3, 3)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, row: Sequence[object], style: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, (Decimal, int)) and not isinstance(cell, bool):
            sheet.write_number(line, column, cell, style)
        elif cell is None or cell == "":
            sheet.write_blank(line, column, None, style)
        else:
            sheet.write_string(line, column, safe_cell(cell), style)


def _sums(lines: Sequence[ResultLine], width: int) -> list[object]:
    """The sums of the figures that are known; combined firms are in their parts already."""
    single = [one for one in lines if one.cohort != "combined"]
    sums: list[object] = [
        sum((one.figures[key] for one in single if key in one.figures), Decimal(0))
        for key in FIGURES
    ]
    row: list[object] = ["合计", "", f"{len(single)}家", "", *sums]
    return row + [""] * (width - len(row))
