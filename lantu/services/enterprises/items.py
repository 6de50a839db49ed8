"""Items: the yearly figures that a firm reports, and the indicators made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.figures.decimals import ARITHMETIC

Figures = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Item:
    """One yearly figure: its unit, and what it may be."""

    key: str
    unit: str
    label: dict[str, str]
    heads: tuple[str, ...]
    least: Decimal | None
    most: Decimal | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """An indicator: one figure over another."""

    key: str
    above: str
    below: str
    unit: str
    label: dict[str, str]


RATIOS = {
    one.key: one
    for one in (
        Ratio("tax_per_mu", "tax_paid", "land_used", "万元/亩",
              {"zh": "亩均税收", "en": "Tax per mu"}),
        Ratio("va_per_mu", "value_added", "land_used", "万元/亩",
              {"zh": "亩均增加值", "en": "Value added per mu"}),
        Ratio("sales_per_mu", "revenue", "land_used", "万元/亩",
              {"zh": "亩均销售", "en": "Sales per mu"}),
        Ratio("va_per_energy", "value_added", "energy", "万元/吨标准煤",
              {"zh": "单位能耗增加值", "en": "Value added per energy"}),
        Ratio("tax_per_energy", "tax_paid", "energy", "万元/吨标准煤",
              {"zh": "单位能耗税收", "en": "Tax per energy"}),
        Ratio("va_per_emission", "value_added", "emissions", "万元/吨",
              {"zh": "单位排放增加值", "en": "Value added per emission"}),
        Ratio("labour_productivity", "value_added", "employees", "万元/人",
              {"zh": "全员劳动生产率", "en": "Labour productivity"}),
        Ratio("rd_ratio", "rd_spending", "revenue", "",
              {"zh": "研发投入强度", "en": "R&D in revenue"}),
        Ratio("tax_per_kwh", "tax_paid", "electricity", "万元/万千瓦时",
              {"zh": "单位用电税收", "en": "Tax per electricity"}),
    )
}  # fmt: skip


@lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """Every item of items.yaml."""
    root = content.read(Path(__file__).with_name("items.yaml"), "enterprises/items.yaml")
    return {key: _item(key, entry) for key, entry in root.mapping().items()}


def _item(key: str, entry: content.Entry) -> Item:
    entry.only({"unit", "label", "heads", "least", "most", "whole"})
    least, most, whole = entry.get("least"), entry.get("most"), entry.get("whole")
    return Item(
        key,
        entry.need("unit").text(),
        {name: one.text() for name, one in entry.need("label").mapping().items()},
        tuple(one.text() for one in entry.need("heads").items()),
        least.number() if least else None,
        most.number() if most else None,
        whole.truth() if whole else False,
    )


def ratio(key: str, figures: Figures) -> Decimal | None:
    """An indicator of a firm. Null where either figure is unknown, or the lower one is zero."""
    one = RATIOS[key]
    above, below = figures.get(one.above), figures.get(one.below)
    if above is None or below is None or below == 0:
        return None
    with localcontext(ARITHMETIC):
        return above / below


def missing(key: str, figures: Figures) -> str:
    """Why an indicator is null: an item not reported, or zero; empty where it is not."""
    one = RATIOS[key]
    for name in (one.above, one.below):
        if figures.get(name) is None:
            return f"not reported: {name}"
    return f"zero: {one.below}" if figures[one.below] == 0 else ""


def summed(many: list[Figures]) -> dict[str, Decimal]:
    """The figures of several firms together; an item that one of them lacks is unknown."""
    if not many:
        return {}
    shared = set.intersection(*(set(one) for one in many))
    with localcontext(ARITHMETIC):
        return {key: sum((one[key] for one in many), Decimal(0)) for key in sorted(shared)}
