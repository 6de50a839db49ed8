"""Indicators: a table's row as a proposed commitment."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.reading.amounts import comparator
from lantu.core.reading.confidence import confidence
from lantu.core.reading.grids import Cell
from lantu.core.reading.outline import Under
from lantu.core.reading.prose import WIDTH
from lantu.core.reading.records import Proposal
from lantu.core.reading.rows import Row

_NOTHING = {"", "_", "—", "-", "–", "——", "/", "…"}
_LEAD = re.compile(
    r"^\s*(?:[（(]\s*\d{1,3}\s*[)）]|\d{1,3}\s*(?:[.．、)）]|(?=\s[^\d岁年日月小时个分钟次万千]))|[①-⑳])\s*"
)
_UNIT = re.compile(r"[(（]([^()（）]{1,14}(?=[)）])|[%‰](?=\s*$))[)）]?\s*$")
_INNER_UNIT = re.compile(r"[(（]([%‰])[)）]")
_NUMBER = re.compile(
    r"(?P<open>[\[［〔【]?)\s*(?P<mark>[<>≥≤＜＞]=?)?\s*(?<![\d,])(?P<low>\d[\d,]{0,19}(?:\.\s?\d{1,10})?)(?!\d)"
    r"(?:%?\s*[-—–~～]\s*(?P<high>\d[\d,]{0,19}(?:\.\d{1,10})?)(?!\d))?\s*(?P<unit>[%‰]|[^\s\d\]］〕】,，。;；()（）]{0,8})"
)
_ABOVE = re.compile(r"定目标|国家|省|市|上级|下达|确保完成|完成.{0,4}目标")
_PACE = re.compile(r"同步|高于|不低于|快于")
_FALLS = re.compile(r"降低|下降|降幅|减少|压减")
_RISES = re.compile(r"提高|增加|新增|提升")
_RATE = re.compile(r"增长$|增速$|增长率$|年均增")


_NONE = re.compile(r"零发生|零新增|零死亡|不发生|杜绝")
_RATIO = re.compile(r"\d\s*([:∶：]\s*1(?:00)?)(?!\d)")


_SINCE = re.compile(r"[较比](?:(?:19|20)\d\d年|[“\"]?十.五[”\"]?)(?:末|底|期末)?")


class _Number:
    """A cell's number: value or range, its sign, its brackets and unit."""

    def __init__(self, cell: Cell | None) -> None:
        text = _SINCE.sub("", (cell.text if cell else "").translate(WIDTH))
        text = re.sub(r"(?<=\d)。(?=\d)", ".", text)  # 76。7: a point typed as a stop
        match = None if text.strip() in _NOTHING else _NUMBER.search(text)
        self.text = text.strip()
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.value: Decimal | None = None
        self.unit, self.comparator, self.is_total, self.is_yearly = "", "", False, False
        if match is None:
            if _NONE.search(text):
                self.value, self.comparator = Decimal(0), "="
            return
        self.is_total = bool(match["open"]) or "累计" in text
        self.is_yearly = "年均" in text
        number = printed(re.sub(r"[\s,]", "", match["low"]))
        number = -number if re.match(r"\s*[-−]\s*\d", text) else number
        ratio = _RATIO.search(text)
        self.unit = (
            ratio[1] if ratio else re.sub(r"(?:左右|以上|以下|以内)$", "", match["unit"].strip())
        )
        if match["high"]:
            self.low, self.high = number, printed(match["high"])
            self.comparator = "range"
            return
        self.value = number
        after = text[match.end("low") :].lstrip(" %‰")
        words = next((w for w in ("以上", "以内", "以下", "左右") if w in after), "")
        before = text[: match.start("low")][-3:]
        self.comparator = comparator(match["mark"] or "", before, words)

    @property
    def is_given(self) -> bool:
        return self.value is not None or self.low is not None


def indicators(
    row: Row, under: Under, text: str, last_year: int | None, subject: str = ""
) -> Iterator[Proposal]:
    """The promise of a row, and those of columns beyond the plan's last year."""
    if _is_of_results(row, under, last_year):
        yield from _results(row, under, text)
        return
    found = indicator(row, under, text, last_year)
    if found is None:
        return
    found = replace(found, subject=subject)
    yield found
    for cell, year in row.later:
        number = _Number(cell)
        if number.is_given and found.kind == "target":
            yield replace(
                found, value=number.value, low=number.low, high=number.high, target_year=year,
                comparator=number.comparator or None, growth_pct=None,
            )  # fmt: skip


def _is_of_results(row: Row, under: Under, last_year: int | None) -> bool:
    """A table of what a former plan reached: by its title, its chapter, or its years."""
    titled = re.search(r"完成情况|执行情况|实现情况|实施情况", under.table_title)
    due = row.target_year
    is_over = due is not None and last_year is not None and due <= last_year - 5
    return bool(titled) or under.is_past or is_over


def indicator(row: Row, under: Under, text: str, last_year: int | None) -> Proposal | None:
    """The promise of a row; a row of results is a fact of the past."""
    name = _LEAD.sub("", row.cells["name"].text)
    unit = _UNIT.search(name) or _INNER_UNIT.search(name)
    target, growth = _Number(row.cells.get("target")), _Number(row.cells.get("growth"))
    base = _Number(row.cells.get("base"))
    metric = (name[: unit.start()] + name[unit.end() :] if unit else name).strip()
    if not metric or metric in ("指标", "名称"):
        return None
    number = target if target.is_given else growth
    shown_unit = (
        _unit_of_change(number)
        or (unit[1] if unit else "")
        or _own_unit(row, number)
        or _group_unit(row)
    )
    if not shown_unit and number.value == 0 and re.search(r"事故|事件|案件", metric):
        shown_unit = "起"
    form = _form(metric, target, growth, row)
    is_rate = form == "growth"
    printed_words = target.text if target.text not in _NOTHING else growth.text
    if not number.is_given and (form not in ("delegated", "relative") or not printed_words):
        return None
    rate = growth if growth.is_given and (is_rate or target.is_given) else None
    rate = number if is_rate and rate is None else rate
    return Proposal(
        kind="target",
        form=form,
        metric=metric,
        comparator=number.comparator or None,
        value=None if is_rate else number.value,
        low=number.low,
        high=number.high,
        unit=shown_unit.strip() or ("%" if is_rate else ""),
        base_value=base.value,
        base_year=_base_year(row, base, text) if base.is_given else None,
        target_year=row.target_year or last_year,
        growth_pct=rate.value if rate is not None and not rate.is_total else None,
        nature=_nature(row.cells.get("nature")),
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=row.start,
        end=row.end,
        quote=text[row.start : row.end],
        confidence=confidence(_signs(row, shown_unit, is_given=number.is_given)),
    )


def _results(row: Row, under: Under, text: str) -> Iterator[Proposal]:
    """A row that sets a past goal beside its result: both are facts, and no promise."""
    name = _LEAD.sub("", row.cells["name"].text)
    unit = _UNIT.search(name)
    metric = (name[: unit.start()] if unit else name).strip()
    shown = (unit[1] if unit else "").strip()
    nature = _nature(row.plain[-1] if row.plain[-1].text else _last(row))
    for cell in row.plain:
        number = _Number(cell)
        if cell is row.cells["name"] or number.value is None or not cell.text.strip():
            continue
        yield Proposal(
            kind="fact", tense="past", metric=metric, comparator=number.comparator or None,
            value=number.value, unit=shown, nature=nature,
            target_year=row.target_year or row.base_year, chapter=under.chapter,
            section=under.section, table=under.table or None, start=row.start, end=row.end,
            quote=text[row.start : row.end], confidence=confidence({"table", "unsaid"}),
        )  # fmt: skip


_NOTE = r"[^。；;\n|*①-⑳]{0,30}?((?:19|20)\d\d)\s*年"
NOTE_WITHIN = 4000  # letters below a row


def _base_year(row: Row, base: _Number, text: str) -> int | None:
    """The base's year from its head, or from the note that its mark points to."""
    mark = re.search(r"[*＊※①-⑤]", base.text + row.cells["name"].text)
    if mark:
        below = text[row.end : row.end + NOTE_WITHIN]
        if note := re.search(re.escape(mark.group()) + _NOTE, below):
            return int(note[1])
    return row.base_year


def _signs(row: Row, unit: str, *, is_given: bool) -> set[str]:
    signs = {
        "table": True, "table_words": not is_given, "table_guessed": row.is_guessed,
        "no_unit": is_given and not unit,
    }  # fmt: skip
    return {name for name, holds in signs.items() if holds}


def _last(row: Row) -> Cell | None:
    return next((cell for cell in reversed(row.plain) if cell.text), None)


def _group_unit(row: Row) -> str:
    """The unit of the whole above a part: 主要污染物排放减少（%）."""
    unit = _UNIT.search(row.group)
    return unit[1] if unit else ""


def _unit_of_change(number: _Number) -> str:
    """The unit of a cell that prints a change: 下降10%."""
    is_change = re.search(r"下降|降低|增长|提高|减少", number.text) is not None
    return number.unit if is_change and number.unit in ("%", "‰") else ""


def _own_unit(row: Row, number: _Number) -> str:
    cell = row.cells.get("unit")
    return cell.text if cell and cell.text else number.unit


_BY_SIGN = {">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "range": "range"}


def _form(metric: str, target: _Number, growth: _Number, row: Row) -> str:
    words = " ".join(cell.text for role, cell in row.cells.items() if role in ("target", "growth"))
    number = target if target.is_given else growth
    if not number.is_given:
        return "delegated" if _ABOVE.search(words) and not _PACE.search(words) else "relative"
    if _is_growth(metric, target, growth, row):
        return "growth"
    if number.is_total:
        return _total(metric)
    if _FALLS.search(metric):
        return "reduction"
    return _BY_SIGN.get(number.comparator, "level")


def _is_growth(metric: str, target: _Number, growth: _Number, row: Row) -> bool:
    is_rate = _RATE.search(metric) is not None
    if target.is_given:
        return target.is_yearly or (is_rate and "亿" not in row.cells["name"].text)
    if growth.is_total:
        return False
    # A column for growth or totals holds plain shares too; only a rate's name makes it growth.
    return is_rate or growth.is_yearly or not row.is_mixed


def _total(metric: str) -> str:
    if _FALLS.search(metric):
        return "reduction"
    is_rise = _RISES.search(metric) or re.search(r"预期寿命|比重|占比|率$", metric)
    return "change" if is_rise and "新增" not in metric else "cumulative"


def _nature(cell: Cell | None) -> str | None:
    text = cell.text if cell else ""
    if "约" in text:
        return "binding"
    return "expected" if "预期" in text else None
