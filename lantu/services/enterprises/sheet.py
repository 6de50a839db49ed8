"""Files of yearly figures: one row a firm (a column an item), or one row a figure.

A number without a unit is not taken: the head of a column says it in brackets, a row in its cell.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import printed
from lantu.core.figures.identifiers import is_credit_code, normalised
from lantu.core.figures.units import UnitError, convert
from lantu.core.sheets.reading import Columns, Sheet, plain_head, read
from lantu.kernel.registry.sheet import checked_code
from lantu.services.enterprises.items import Item, items

NOT_REPORTED = {"", "-", "—", "——", "–", "…", "……", "...", "N/A", "n/a", "无", "暂无", "/"}
YEARS = range(1990, 2101)
HEADS = "Put the heads 统一社会信用代码、年份 (code, year) and the items in one row."
_BRACKETS = re.compile(r"[（(]([^）)]+)[）)]")
# Things that are only ever counted need no unit in the head.
_PLAIN = {"人", "件", "是否", "年"}
_TRUTH = {"是": "1", "yes": "1", "true": "1", "否": "0", "no": "0", "false": "0"}


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure of a file, in the unit in which it is kept."""

    line: int
    where: str
    code: str
    year: int
    item: str
    value: Decimal
    printed: str  # as handed in, where the unit was another
    source: str
    vintage: str


@lru_cache(maxsize=2)
def _columns(is_long: bool) -> Columns:
    path = Path(__file__).with_name("columns.yaml")
    needed = ("code", "year", "item", "value", "unit") if is_long else ("code", "year")
    base = Columns.beside(path, "enterprises/columns.yaml", needed=needed, remedy=HEADS)
    if is_long:
        return base
    heads = {plain_head(head): one.key for one in items().values() for head in one.heads}
    known = (*base.known, *items())
    return Columns(aliases=base.aliases | heads, needed=needed, known=known, remedy=HEADS)


def opened(content: bytes, name: str) -> tuple[Sheet, bool]:
    """The sheet, and whether it has a row for each figure. Raises ContentError."""
    try:
        return read(content, name, _columns(True)), True
    except ContentError:
        return read(content, name, _columns(False)), False


def units_of(sheet: Sheet, name: str) -> dict[str, str]:
    """The unit of each item's column. Raises ContentError where a head does not say it."""
    found = {}
    for column, head in sheet.heads.items():
        item = items().get(column)
        if item is None:
            continue
        inside = _BRACKETS.search(unicodedata.normalize("NFKC", head))
        if inside is None and item.unit not in _PLAIN:
            raise ContentError(
                name,
                f"The head {head} names no unit.",
                f"Write it in brackets, such as {item.label['zh']}（{item.unit}）.",
            )
        found[column] = inside[1].strip() if inside and item.unit not in _PLAIN else item.unit
    if not found:
        raise ContentError(name, "No column holds a figure that is known.", HEADS)
    return found


def of_row(
    line: int, where: str, cells: dict[str, str], units: dict[str, str] | None
) -> Iterator[Reported]:
    """The figures of one row. Raises ContentError at the first that cannot be taken."""
    code = normalised(cells["code"])
    if not is_credit_code(code):
        code = checked_code(where, cells["code"])
    year = _year(where, cells["year"])
    known = items()
    if units is None:
        item = _item(where, cells["item"])
        _refuse_unreported(where, cells["value"])
        yield _figure(line, where, cells, code, year, item, cells["value"], cells["unit"])
        return
    found = [
        _figure(line, where, cells, code, year, known[key], cells[key], unit)
        for key, unit in units.items()
        if cells[key] not in NOT_REPORTED
    ]
    if not found:
        raise ContentError(where, "The row has no figure.", "Leave it out until one is known.")
    _check_together(where, found)
    yield from found


def _refuse_unreported(where: str, text: str) -> None:
    if text in NOT_REPORTED:
        shown = f"`{text}`" if text else "empty"
        raise ContentError(
            where,
            f"The value is {shown}: not reported. Unknown is not zero, so nothing is taken.",
            "Leave the row out until the figure is known.",
        )


def _check_together(where: str, found: list[Reported]) -> None:
    values = {one.item: one.value for one in found}
    leased, used = values.get("land_leased"), values.get("land_used")
    if leased is not None and used is not None and leased > used:
        raise ContentError(
            where,
            f"The leased land is {leased:f} mu, more than the {used:f} mu used in all.",
            "Land used includes what is leased; mend one of them.",
        )


def _year(where: str, text: str) -> int:
    digits = text.removesuffix("年")
    if not digits.isdigit() or int(digits) not in YEARS:
        raise ContentError(where, f"year: {text[:40]!r} cannot be read.", "Write it as 2024.")
    return int(digits)


def _item(where: str, text: str) -> Item:
    plain = plain_head(text)
    for one in items().values():
        if plain in {plain_head(head) for head in (*one.heads, one.key, one.label["zh"])}:
            return one
    raise ContentError(
        where,
        f"The item {text[:40]!r} is not known.",
        f"Use: {'、'.join(one.label['zh'] for one in items().values())}.",
    )


def _figure(
    line: int, where: str, cells: dict[str, str], code: str, year: int, item: Item, text: str,
    unit: str,
) -> Reported:  # fmt: skip
    try:
        given = printed(_TRUTH.get(text.lower(), text) if item.unit == "是否" else text)
    except ValueError as error:
        raise ContentError(
            where,
            f"{item.label['zh']}: {text[:40]!r} is not a number.",
            "Write digits only; leave unknown cells empty.",
        ) from error
    value = _converted(where, item, given, unit)
    _check_value(where, item, value)
    shown = "" if unit == item.unit else f"{given:f} {unit}"
    return Reported(
        line, where, code, year, item.key, value, shown, cells["source"][:200],
        cells["vintage"][:40],
    )  # fmt: skip


def _converted(where: str, item: Item, value: Decimal, unit: str) -> Decimal:
    if unit == item.unit or item.unit in _PLAIN:
        return value
    if not unit:
        raise ContentError(
            where, f"{item.label['zh']} has no unit.", f"Write {item.unit} or one that fits."
        )
    try:
        return convert(value, unit, item.unit)
    except UnitError as error:
        raise ContentError(
            where,
            f"{item.label['zh']} is given in {unit}, which is not a unit of {item.unit}.",
            f"Give it in {item.unit}.",
        ) from error


def _check_value(where: str, item: Item, value: Decimal) -> None:
    if item.least is not None and value < item.least:
        raise ContentError(
            where,
            f"{item.label['zh']} is {value:f}; it cannot be below {item.least:f}.",
            "Mend the sign, or leave the cell empty.",
        )
    if item.most is not None and value > item.most:
        raise ContentError(
            where, f"{item.label['zh']} is {value:f}; it is 1 or 0.", "Write 1 for yes, 0 for no."
        )
    if item.whole and value != value.to_integral_value():
        raise ContentError(
            where, f"{item.label['zh']} is {value:f}; it is counted whole.", "Write a whole number."
        )
