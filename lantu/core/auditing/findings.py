"""What is stated, and what arithmetic finds in it. INTERFACES, "A finding"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from lantu.core.reading.prose import Stated

Result = Literal["holds", "contradicts", "undetermined"]
Severity = Literal["high", "medium", "low"]

RULES: Final[dict[str, tuple[str, str]]] = {
    "growth-identity": ("增长恒等式", "growth identity"),
    "share-growth": ("占比与增速", "share and growth"),
    "share": ("占比", "share"),
    "sum-of-parts": ("分项之和", "sum of parts"),
    "product": ("单位数量", "number times size"),
    "list-count": ("个数与清单", "count and list"),
    "unit-conversion": ("单位换算", "unit conversion"),
    "text-and-table": ("正文与表", "text and table"),
    "yearly-total": ("年度与累计", "yearly and total"),
    "total-growth": ("增幅", "total growth"),
    "difference": ("差额", "difference"),
    "multiple": ("倍数", "multiple"),
    "ratio": ("单位指标", "per unit"),
    "structure": ("结构合计", "structure"),
    "goal-reached": ("目标与完成", "goal and what was reached"),
    "dates": ("年份", "years"),
    "text-and-text": ("前后文", "text and text"),
    "annual-path": ("年度目标与进度", "annual target and path"),
    "nested-target": ("上下级目标", "target of the upper plan"),
    "nested-binding": ("约束性指标放宽", "binding target eased"),
    "nested-base": ("上下级基数", "base of the upper plan"),
    "nested-sum": ("下级规划合计", "sum of lower plans"),
}


RESULTS: Final[dict[Result, tuple[str, str]]] = {
    "contradicts": ("矛盾", "contradicts"),
    "undetermined": ("不能判定", "cannot tell"),
    "holds": ("成立", "holds"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that came to a result. A contradiction is a question to the planner."""

    rule: str
    result: Result
    severity: Severity
    message: Mapping[str, str]  # zh and en
    numbers: tuple[Stated, ...]
    stated: Decimal | None = None
    computed: Decimal | None = None
    tolerance: Decimal | None = None
    explained_by: Stated | None = None
    id: str = ""
    about: str = ""  # the name of the other plan, where two are held against each other

    def unless(self, *, is_open: bool) -> "Finding":
        """Itself; a contradiction that words leave open cannot be told."""
        if is_open and self.result == "contradicts":
            return replace(self, result="undetermined", severity="low")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """The records that it touches."""
        found = [number.code for number in self.numbers if number.code]
        return tuple(dict.fromkeys(found))
