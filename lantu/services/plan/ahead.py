"""The outlook of a promise in words: how likely, what is still needed, and what that rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from lantu.core.figures.decimals import shown
from lantu.core.judging.forecast.outlook import Ahead, Outlook

Language = Literal["zh", "en"]
Words = Mapping[str, str]

BANDS: Final[Mapping[str, Words]] = {
    "likely": {"zh": "可能完成", "en": "likely to be met"},
    "uncertain": {"zh": "能否完成不确定", "en": "uncertain"},
    "unlikely": {"zh": "不太可能完成", "en": "unlikely to be met"},
}
WAYS: Final[Mapping[str, Words]] = {
    "last": {"zh": "保持最近一年的数字", "en": "the last figure goes on"},
    "mean": {"zh": "按平均增减延续", "en": "the mean step goes on"},
    "damped": {"zh": "按逐年减弱的趋势延续", "en": "a trend that weakens year by year"},
}
REFUSALS: Final[Mapping[str, Words]] = {
    "too-few": {
        "zh": "数据不足，不作预测：至少需要两个年度的数字。",
        "en": "Too little data, so nothing is foretold: two yearly figures are needed.",
    },
    "no-scatter": {
        "zh": "数据不足，不作预测：这类指标没有可参照的误差，自身的年度数字也太少。",
        "en": "Too little data, so nothing is foretold: this kind of figure has no reference for "
        "its errors, and too few yearly figures of its own.",
    },
    "no-target": {
        "zh": "数据不足，不作预测：缺少基数或目标。",
        "en": "Too little data, so nothing is foretold: a base or a target is missing.",
    },
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """The outlook as the page shows it; `refusal` says why there is none."""

    refusal: str
    band: str
    word: str
    percent: str
    way: str
    years: tuple[Ahead, ...]
    needed: Decimal | None
    best: Decimal | None
    unit: str  # of both; per cent where a rate is foretold
    reached: bool | None
    source: str  # of the scatter, where it is not the series' own


def prospect(found: Outlook, unit: str, language: Language) -> Prospect | None:
    """None where a forecast has no meaning: events, ranks, open targets, years that are known."""
    if found.refusal in ("no-form", "over"):
        return None
    return Prospect(
        refusal=REFUSALS[found.refusal][language] if found.refusal else "",
        band=found.band or "",
        word=BANDS[found.band][language] if found.band else "",
        percent="" if found.probability is None else shown(found.probability * 100, 0),
        way=WAYS[found.way][language] if found.way else "",
        years=found.years,
        needed=found.needed,
        best=found.best,
        unit="%" if found.is_rate else unit,
        reached=found.was_reached_before,
        source=found.scatter_source[language] if found.scatter_source else "",
    )
