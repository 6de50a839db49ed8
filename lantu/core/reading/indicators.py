"""Indicators: a table's row as a proposed commitment."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lantu.core.reading.broken import once
from lantu.core.reading.celled import MULTIPLE, NOTHING, Number
from lantu.core.reading.confidence import confidence
from lantu.core.reading.outline import Under
from lantu.core.reading.prose import WIDTH
from lantu.core.reading.records import Proposal
from lantu.core.reading.results import nature_of, results
from lantu.core.reading.rows import Row

_LEAD = re.compile(
    r"^\s*(?:[（(]\s*\d{1,3}\s*[)）]|\d{1,3}\s*(?:[.．、)）]|(?=\s[^\d岁年日月小时个分钟次万千]))|[①-⑳])\s*"
)
_POINTER = re.compile(r"[①-⑳]|(?<![A-Za-z\d])[¹²³⁴-⁹]|[*＊※]+$|[*＊※]+(?=[（(])")  # to a note
_UNIT = re.compile(r"[(（]([^()（）]{1,14}(?=[)）])|[%‰](?=\s*$))[)）]?\s*$")
_INNER_UNIT = re.compile(r"[(（]([%‰])[)）]")
_ABOVE = re.compile(r"定目标|国家|省|市|上级|下达|确保完成|完成.{0,4}目标")
_PACE = re.compile(r"同步|高于|不低于|快于")
_FALLS = re.compile(r"降低|下降|降幅|减少|压减")
_SAYS_FALL = re.compile(
    r"(?:[较比](?:(?:19|20)\d\d年|[“\"]?十.五[”\"]?)(?:末|底|期末)?)?(?:降低|下降|减少|压减)了?\d"
)
_RISES = re.compile(r"提高|增加|新增|提升")
_RATE = re.compile(r"增长$|增速$|增长率$|年均增")


def indicators(
    row: Row, under: Under, text: str, last_year: int | None, subject: str = ""
) -> Iterator[Proposal]:
    """The promise of a row, and those of columns beyond the plan's last year."""
    if _is_of_results(row, under, last_year):
        yield from results(row, under, text, _named(row))
        return
    found = indicator(row, under, text, last_year)
    if found is None:
        return
    found = replace(found, subject=subject)
    yield found
    for cell, year in row.later:
        number = Number(cell)
        if number.is_given and found.kind == "target":
            yield replace(
                found, value=number.value, low=number.low, high=number.high, target_year=year,
                comparator=number.comparator or None, growth_pct=None,
                form=_BY_SIGN.get(number.comparator, "level")
                if found.form in _PLAIN else found.form,
            )  # fmt: skip


def _named(row: Row) -> tuple[str, str]:
    """The metric of a row and the unit that its name carries, or none."""
    name = once(_POINTER.sub("", _LEAD.sub("", row.cells["name"].text)))
    unit = _UNIT.search(name) or _INNER_UNIT.search(name)
    metric = (name[: unit.start()] + name[unit.end() :] if unit else name).strip()
    return metric, (unit[1] or "").strip() if unit else ""


def _is_of_results(row: Row, under: Under, last_year: int | None) -> bool:
    """A table of what a former plan reached: by its title, its chapter, or its years."""
    titled = re.search(r"完成情况|执行情况|实现情况|实施情况", under.table_title)
    due = row.target_year
    is_over = due is not None and last_year is not None and due <= last_year - 5
    return bool(titled) or under.is_past or is_over


def indicator(row: Row, under: Under, text: str, last_year: int | None) -> Proposal | None:
    """The promise of a row; a row of results is a fact of the past."""
    metric, own = _named(row)
    target, growth = Number(row.cells.get("target")), Number(row.cells.get("growth"))
    base = Number(row.cells.get("base"))
    if not metric or metric in ("指标", "名称"):
        return None
    number = target if target.is_given else growth
    shown_unit = (
        _unit_of_change(number)
        or own
        or _own_unit(row, number)
        or _group_unit(row)
        or _caption_unit(row, metric)
    ).translate(WIDTH)
    if not shown_unit and number.value == 0 and re.search(r"事故|事件|案件", metric):
        shown_unit = "起"
    form = _form(_of_whole(row) + metric, target, growth, row)
    is_rate = form == "growth"
    printed_words = target.text if target.text not in NOTHING else growth.text
    if not number.is_given and (form not in ("delegated", "relative") or not printed_words):
        return None
    rate = growth if growth.is_given and (is_rate or target.is_given) else None
    rate = number if is_rate and rate is None else rate
    if rate is growth and _is_difference(growth, target, base, shown_unit):
        rate = None
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
        nature=nature_of(row.cells.get("nature")),
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=row.start,
        end=row.end,
        quote=text[row.start : row.end],
        confidence=confidence(_signs(row, shown_unit, is_given=number.is_given)),
    )


_NOTE = r"[^。；;\n|*①-⑳]{0,30}?((?:19|20)\d\d)\s*年"
NOTE_WITHIN = 4000  # letters below a row


def _base_year(row: Row, base: Number, text: str) -> int | None:
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


def _group_unit(row: Row) -> str:
    """The unit of the whole above a part: 主要污染物排放减少（%）."""
    unit = _UNIT.search(row.group)
    return unit[1] if unit else ""


def _is_difference(growth: Number, target: Number, base: Number, unit: str) -> bool:
    """Whether a column of increases prints the increase itself: 344 公里, which is no rate."""
    if growth.value is None or target.value is None or base.value is None:
        return False
    is_share = unit in ("%", "‰") or growth.unit.startswith(("%", "百分点", "个百分点"))
    return not is_share and growth.value == target.value - base.value


def _of_whole(row: Row) -> str:
    """The name of the whole above a part, where it says what the part's number does."""
    return (
        row.group
        if _UNIT.search(row.group) and _UNIT.search(row.cells["name"].text) is None
        else ""
    )


def _caption_unit(row: Row, metric: str) -> str:
    """The unit above the table: 单位：亿元、% says both, a share takes the sign."""
    signs = [one for one in row.units if one in ("%", "‰")]
    others = [one for one in row.units if one not in signs]
    of_share = _SHARE.search(metric) is not None
    chosen = (signs or others) if of_share else (others or signs)
    return chosen[0] if len(chosen) == 1 or (chosen and of_share) else ""


_SHARE = re.compile(r"(?:率|比重|占比|比例|程度|强度|增速|增长|度)$")


def _unit_of_change(number: Number) -> str:
    """The unit of a cell that prints a change: 下降10%."""
    is_change = re.search(r"下降|降低|增长|提高|减少|翻", number.text) is not None
    return number.unit if is_change and number.unit in ("%", "‰", "倍") else ""


def _own_unit(row: Row, number: Number) -> str:
    cell = row.cells.get("unit")
    return cell.text if cell and cell.text else number.unit


_PLAIN = ("level", "floor", "ceiling", "range")
_BY_SIGN = {">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "range": "range"}


def _form(metric: str, target: Number, growth: Number, row: Row) -> str:
    words = " ".join(cell.text for role, cell in row.cells.items() if role in ("target", "growth"))
    number = target if target.is_given else growth
    if not number.is_given:
        return "delegated" if _ABOVE.search(words) and not _PACE.search(words) else "relative"
    if number.unit == "倍" and MULTIPLE.search(number.text):
        return "multiple"
    if _is_growth(metric, target, growth, row):
        return "growth"
    if number.is_total:
        return _total(metric)
    if _FALLS.search(metric) or _SAYS_FALL.match(number.text):
        return "reduction"
    return _BY_SIGN.get(number.comparator, "level")


def _is_growth(metric: str, target: Number, growth: Number, row: Row) -> bool:
    is_rate = _RATE.search(metric) is not None and not metric.endswith("自然增长率")
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
