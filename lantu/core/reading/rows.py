"""Rows: one line of an indicator table, and what its cells look like."""

import re
from dataclasses import dataclass

from lantu.core.reading.grids import NATURE, Cell

NOTHING = frozenset({"", "_", "—", "-", "–", "——", "--", "/", "…", "－", "*", "无"})


_VALUE = re.compile(
    r"(?:约|预计|累计|年均(?:增长|增速)?|增长|下降|降低|>|<|≥|≤|＞|＜|达到|达|降至|降到|提升至|提升到|提高到|提高至|增至|增加到|稳定在|保持在|不低于|不少于|超过|高于|低于|小于|大于|控制在)?\s*"
    r"[\[［〔【(（]?\s*[<>≥≤＜＞±+\-－–—]?=?\s*(?:约|累计)?\d[\d,，.\s]*(?:[-—–~～至:∶：/]\s*\d[\d,.]*)?\s*[%‰﹪％]?"
    r"(?:\s*[-—–~～至]\s*\d[\d,.]*\s*[%％]?)?"
    r"[^\s\d\u3000]{0,10}(?:以上|以下|以内|左右)?\s*[\]］〕】)）]?(?:.{0,12}|[（(][^()（）]{1,24}[)）])"
)


WORDS = re.compile(
    r".{0,12}(?:完成|达到|控制|下达|同步|高于|不低于|持续|保持|逐步|进一步|零发生|市定|省定|国家).{0,16}"
    r"|(?:明显|显著|大幅|稳步|基本|有效)(?:增长|增加|提高|提升|改善|下降|降低|减少|消除|好转|遏制)"
)


_CHANGE = re.compile(
    r"(?:(?:较|比|在)?(?:(?:19|20)\d\d\s*年|[“\"]?十.五[”\"]?)(?:末|底|期末|基础上|的基础上)?)?"
    r"(?:上升|下降|降低|减少|提高|增长|增加|翻)了?\s*[\d.一二两三四五六七八九十]{1,6}[^，。；]{0,8}"
)  # 比2020年降低10%
_EACH = re.compile(
    r"每[个所座县镇村区市户乡街][^\d，。；]{0,16}\d{1,4}[^\d，。；]{1,6}"
)  # 每个县至少1所
ENDS_IN_UNIT = re.compile(r"[(（][^()（）]{1,14}[)）]$")


_YEAR_CELL = re.compile(r"(?:19|20)\d\d\s*年.{0,12}")


INDEX = re.compile(
    r"[（(]?\d{1,3}[)）]?\s*[.．、]?|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、.]?"
)


NAMED = re.compile(r"[\u4e00-\u9fff]{2}|GDP")


NUMBERED = re.compile(r"[（(]?\d{1,3}[)）.、．]\s*[^\d\s]")


GROUP = re.compile(
    r"[一二三四五六七八九十]{1,3}、.{2,14}|.{2,12}[（(][\d一二三四五六七八九十]{1,2}\s*[个项][)）]"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number of a row under its head."""

    cell: Cell
    is_growth: bool
    is_goal: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with heads: its cells by role."""

    start: int
    end: int
    cells: dict[str, Cell]
    base_year: int | None
    target_year: int | None
    plain: tuple[Cell, ...] = ()  # all cells, whatever their role
    is_mixed: bool = False  # a column that holds growth or totals
    is_guessed: bool = False  # the columns were told from the order of the numbers
    later: tuple[tuple[Cell, int], ...] = ()  # goals beyond the plan
    group: str = ""  # the row of a whole above this part
    units: tuple[str, ...] = ()  # that stand above the table
    shown: tuple["Shown", ...] = ()  # its numbers with what their heads say, where these are sure


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of lines that is a table though it looks like text."""

    start: int
    end: int


def is_value(text: str) -> bool:
    plain = text.strip()
    if re.match(r"[（(]?\d{1,3}[)）.、．]\s*[\u4e00-\u9fff“《\"]", plain):
        return False  # a numbered name
    if re.match(r"[2-6]G(?![Bb]|瓦)", plain):
        return False  # 5G基站数
    if _CHANGE.fullmatch(plain) or _EACH.fullmatch(plain):
        return True
    return not _YEAR_CELL.fullmatch(plain) and _VALUE.fullmatch(plain) is not None


def is_words(text: str) -> bool:
    """Whether a cell says in words what a number would; a name with a unit does not."""
    plain = text.strip()
    return WORDS.fullmatch(plain) is not None and ENDS_IN_UNIT.search(plain) is None


def is_name(text: str) -> bool:
    plain = text.strip()
    return (
        NAMED.search(plain) is not None
        and not is_value(plain)
        and not NATURE.fullmatch(plain)
        and not INDEX.fullmatch(plain)
    )
