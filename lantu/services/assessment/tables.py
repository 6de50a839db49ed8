"""Tables: a round and a sheet as rows of a spreadsheet."""

from lantu.core.assessing.scoring import Line, Score
from lantu.core.judging.states import WORDS
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
NAMES: dict[str, tuple[str, str]] = {
    "binding": ("约束性", "binding"), "expected": ("预期性", "expected"),
    "other": ("其他", "other"),
    "task": ("任务", "task"), "lead": ("牵头", "lead"), "support": ("配合", "support"),
    "track": ("跟踪", "track"), "": ("", ""),
    **{str(key): word for key, word in WORDS.items()},
}  # fmt: skip


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
    lines = [_line_row(one, language) for one in sheet.score.lines]
    late: list[Row] = [
        ["", one.label[language], "", "", None, "", "", None, -one.points, None, one.why[language]]
        for one in sheet.score.deducted
    ]
    return [*lines, *late]


def _line_row(one: Line, language: str) -> Row:
    found, which = one.entered, 0 if language == "zh" else 1
    words = [NAMES[key][which] for key in (found.nature, found.part)]
    states = [NAMES[key][which] for key in (found.state, found.year_state)]
    return [
        found.code, found.title[language], *words, found.share, *states, one.full, one.points,
        one.bonus, one.why[language],
    ]  # fmt: skip
