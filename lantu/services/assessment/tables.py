"""Tables: a round and a sheet as rows of a spreadsheet."""

from lantu.core.assessing.scoring import Score
from lantu.services.assessment.queries import Sheet, Table

ROUND_HEADS = {
    "zh": ["部门", "等次", "总分", "得分率", "加分", "扣分", "可评分值", "应评分值",
           "不能评分项数", "说明"],
    "en": ["department", "class", "total", "rate", "bonus", "minus", "marks scored", "marks",
           "lines not scored", "why"],
}  # fmt: skip
SHEET_HEADS = {
    "zh": ["编码", "承诺", "性质", "角色", "占目标份额", "累计判定", "年度判定",
           "满分", "得分", "加分", "说明"],
    "en": ["code", "promise", "nature", "part", "share of target", "verdict to date",
           "verdict of the year", "full marks", "points", "bonus", "why"],
}  # fmt: skip
Row = list[object]


def round_rows(table: Table, language: str) -> list[Row]:
    """One row a department; what is unknown is an empty cell."""
    return [_round_row(one, language) for one in table.scores]


def _round_row(one: Score, language: str) -> Row:
    return [
        one.name[language], one.class_label.get(language, ""), one.total, one.rate, one.bonus,
        one.minus, one.scored, one.marks, one.unscored, one.why[language],
    ]  # fmt: skip


def sheet_rows(sheet: Sheet, language: str) -> list[Row]:
    """One row a line, and one for each sort of late paper."""
    lines: list[Row] = [
        [
            one.entered.code, one.entered.title[language], one.entered.nature, one.entered.part,
            one.entered.share, one.entered.state, one.entered.year_state, one.full, one.points,
            one.bonus, one.why[language],
        ]
        for one in sheet.score.lines
    ]  # fmt: skip
    late: list[Row] = [
        ["", one.label[language], "", "", None, "", "", None, -one.points, None, one.why[language]]
        for one in sheet.score.deducted
    ]
    return [*lines, *late]
