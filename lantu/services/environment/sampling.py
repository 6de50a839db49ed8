"""Files of water samples: a row for each section and month, a column for each item.

A number without a unit is not taken: the head of its column says it in brackets. Values stay as
they were printed; only another size of unit is converted, exactly.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import printed, shown
from lantu.core.sheets.reading import Columns, Sheet, read

HEADS = "Put the heads 断面、月份 (section, month) and the items in one row."
NOT_MEASURED = {"", "-", "—", "——", "–", "/", "…", "N/A", "n/a", "无", "未监测"}
IDENTITY = ("section", "month", "source")
# Of these alone no class follows: they tell how rich in nutrients a lake is.
WITHOUT_CLASS = {"TN", "chla", "SD"}
_BRACKETS = re.compile(r"[（(]([^）)]+)[）)]")
_MONTH = re.compile(r"^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})(?:月|[-/.]\d{1,2})?$|^(\d{4})(\d{2})$")
_WEIGHTS = {"mg/l": Decimal(1), "μg/l": Decimal("0.001"), "ug/l": Decimal("0.001")}
# How large 1 of each unit is in the unit in which the item is kept.
_UNITS = {
    "pH": {"": Decimal(1), "无量纲": Decimal(1)},
    "SD": {"m": Decimal(1), "米": Decimal(1), "cm": Decimal("0.01")},
    "chla": {"mg/m3": Decimal(1), "μg/l": Decimal(1), "ug/l": Decimal(1), "mg/l": Decimal(1000)},
    "FC": {"个/l": Decimal(1), "mpn/l": Decimal(1)},
}
# The unit in which an item is kept, as it is printed beside its value.
KEPT_IN = {"pH": "", "SD": "m", "chla": "mg/m³", "FC": "MPN/L"}
KEPT_BY_WEIGHT = "mg/L"
_MOST = {"pH": Decimal(14), "DO": Decimal(25)}


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a row says: a section's values of a month."""

    section: str
    month: date  # its first day
    values: dict[str, str]  # item -> figure
    source: str


@cache
def _columns() -> Columns:
    return Columns.beside(
        Path(__file__).with_name("sampling.yaml"),
        "environment/sampling.yaml",
        needed=("section", "month"),
        remedy=HEADS,
        months=frozenset({"month"}),
        days=frozenset({"month"}),
    )


def opened(content: bytes, name: str) -> tuple[Sheet, dict[str, Decimal]]:
    """The sheet, and by how much each item's numbers are multiplied. Raises ContentError."""
    sheet = read(content, name, _columns())
    sizes = {
        item: _size(item, head, name) for item, head in sheet.heads.items() if item not in IDENTITY
    }
    if not sizes:
        raise ContentError(name, "No column holds an item of water that is known.", HEADS)
    return sheet, sizes


def _size(item: str, head: str, name: str) -> Decimal:
    known = _UNITS.get(item, _WEIGHTS)
    inside = _BRACKETS.search(head)
    unit = unicodedata.normalize("NFKC", inside[1]).strip().lower() if inside else ""
    found = known.get(unit.replace("µ", "μ"))
    if found is None:
        usual = next(one for one in known if one)
        what = (
            f"The head {head} names no unit." if not unit else f"{head}: {unit} is no unit of it."
        )
        raise ContentError(name, what, f"Write it in brackets, such as {item}({usual}).")
    return found


def sampled(where: str, cells: dict[str, str], sizes: dict[str, Decimal]) -> Sampled:
    """One row. Raises ContentError at the first cell that cannot be taken."""
    section = cells["section"].strip()
    if not section:
        raise ContentError(where, "The section is empty.", "Name the section, or its code.")
    values = {
        item: _value(where, item, cells[item], size)
        for item, size in sizes.items()
        if cells[item].strip() not in NOT_MEASURED
    }
    if not set(values) - WITHOUT_CLASS:
        raise ContentError(
            where, "The row has no item from which a class follows.",
            "Leave it out until one is measured.",
        )  # fmt: skip
    return Sampled(section, _month(where, cells["month"]), values, cells["source"].strip())


def _value(where: str, item: str, text: str, size: Decimal) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain[:1] in "<＜" or plain[-1:] in "Ll" or plain in ("ND", "未检出"):
        raise ContentError(
            where,
            f"{item} is below detection: {text}. It is no number, and not zero.",
            "Write the number that the rule in force puts in its place.",
        )
    try:
        value = printed(plain)
    except ValueError as error:
        raise ContentError(
            where, f"{item}: {text!r} is not a number.", "Write a number, or leave the cell empty."
        ) from error
    if value < 0 or value > _MOST.get(item, value):
        raise ContentError(
            where, f"{item} cannot be {text}.", "Mend the number, or the unit in the head."
        )
    return shown(value) if size == 1 else shown(value * size)


def _month(where: str, text: str) -> date:
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _MONTH.match(plain)
    year, month = (found[1] or found[3], found[2] or found[4]) if found else ("", "")
    if not found or not 1 <= int(month) <= 12 or not 1980 <= int(year) <= 2100:
        raise ContentError(where, f"{text!r} is not a month.", "Write it as 2025-03.")
    return date(int(year), int(month), 1)
