"""Forms: which promise a number makes, by its unit, its verbs and its bound."""

import re

from lantu.core.reading.bounds import Amount
from lantu.core.reading.clauses import Clause
from lantu.core.reading.words import anywhere

_BY_SIGN = {">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "range": "range"}
_LEVEL = re.compile(r"到|至|达|为|在|突破|超")
_SINCE = re.compile(r"[较比](?:“?十.五|(?:19|20)\d\d年|上年|基期|现状|目前)")
_TOTAL = re.compile(r"累计|总共|合计|五年|期间")
_EACH_YEAR = re.compile(r"每年|年均(?!浓度|气温|降水|水平)")
_YEARLY = re.compile(r"年均|增速|增幅|涨幅|递增")


def form_of(part: Clause, amount: Amount, metric: str) -> str:
    """One of the forms of VERDICTS: growth, change, reduction, per_year, floor, cumulative …"""
    left = part.left
    found = _of_rates(left, part.tail, amount)
    if found is None and _EACH_YEAR.search(left) and amount.measure != "share":
        found = "per_year"
    if found is None and amount.unit.endswith("倍"):
        found = "multiple"
    if found is None and _is_all(part):
        found = "complete"
    if found is None:
        found = _BY_SIGN.get(amount.comparator)
    if found is not None:
        return found
    if amount.measure == "share":
        return "level"
    is_flow = (part.made and not _LEVEL.search(part.tail)) or _TOTAL.search(left)
    return "cumulative" if is_flow or metric.startswith("新增") else "level"


def _of_rates(left: str, tail: str, amount: Amount) -> str | None:
    """Growth, a fall, or a change, where the verb says so and names no level that is reached."""
    is_level = re.search(r"(?:到|至|达到|达|为|在)(?:约|近)?$", left) is not None
    is_rate = amount.measure == "share"
    if amount.unit in ("个百分点", "百分点"):
        return "change"
    if is_rate and (
        (_YEARLY.search(left) and not _of_shares(left)) or (_grows(left) and not is_level)
    ):
        return "change" if _SINCE.search(left) and "年均" not in left else "growth"
    if anywhere("fall").search(left[-8:]) and not is_level:
        return "reduction" if is_rate else "change"
    if anywhere("rise").search(left[-6:]) and not is_level and not part_is_new(left):
        return "change"
    return None


def _of_shares(left: str) -> bool:
    """年均损失占比重控制在: the mean is of what is measured, and the number is a share."""
    is_told = re.search(r"增[长速幅]|涨幅|递增|提[高升]|[上下]升|[下降]降|减少", left) is not None
    return not is_told and re.search(r"占[^，。]{1,16}(?:比重|比例)|占比|率", left) is not None


def _grows(left: str) -> bool:
    return (
        re.search(r"(?:增长|增长率|上涨)(?:达|约|保持|稳定|力争|达到|保持在|稳定在)?$", left)
        is not None
    )


def part_is_new(left: str) -> bool:
    return "新增" in left[-8:]


def _is_all(part: Clause) -> bool:
    """9个行政村全部搬迁."""
    return (
        part.after.startswith("全部")
        or re.match(r"[\u4e00-\u9fff]{1,6}全部", part.after) is not None
    )
